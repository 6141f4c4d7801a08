//! A value of the last item.

use actionspec_model::paging::LastItem;

use super::{Asked, Kind, Page};

impl Kind for LastItem {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        asked.is_empty(&self.cursor)
    }

    fn lead(&self, _: &Asked<'_>, _: &mut Page) {}

    fn end(&self, _: &Asked<'_>, _: &mut Page) {}
}
