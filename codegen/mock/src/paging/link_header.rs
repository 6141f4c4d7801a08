//! The `Link` header.

use actionspec_model::paging::LinkHeader;

use super::{Asked, Kind, Page};

impl Kind for LinkHeader {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        !asked.is_second_url()
    }

    fn lead(&self, asked: &Asked<'_>, page: &mut Page) {
        page.headers.push(("link".to_owned(), format!("<{}>; rel=\"next\"", asked.second_url())));
    }

    fn end(&self, _: &Asked<'_>, _: &mut Page) {}
}
