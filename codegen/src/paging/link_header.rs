//! Pagination by the `Link` header (RFC 8288).

use actionspec_model::paging::LinkHeader;

use super::import::Look;
use super::{Kind, page_size};

impl Kind for LinkHeader {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        Vec::new()
    }

    fn header(&self) -> Option<(&str, String)> {
        Some(("Link", "Its relation `next` is the next page (RFC 8288).".to_owned()))
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        format!(
            "The response header `Link` contains the URL of the next page.{}",
            page_size(self.limit.as_ref())
        )
    }

    fn recognise(look: &Look<'_>, items: &str) -> Option<Self> {
        look.has_link_header.then(|| Self { items: items.to_owned(), limit: look.limit() })
    }
}
