//! A cursor in a response header.

use actionspec_model::paging::HeaderCursor;

use super::{Asked, Kind, Page};

impl Kind for HeaderCursor {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        asked.is_empty(&self.cursor)
    }

    fn lead(&self, _: &Asked<'_>, page: &mut Page) {
        page.headers.push((self.header.clone(), "2".to_owned()));
    }

    fn end(&self, _: &Asked<'_>, _: &mut Page) {}
}
