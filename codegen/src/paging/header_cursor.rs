//! Pagination by a cursor in a response header.

use actionspec_model::paging::HeaderCursor;

use super::import::Look;
use super::{Kind, page_size};
use crate::markdown::code;

impl Kind for HeaderCursor {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        Vec::new()
    }

    fn header(&self) -> Option<(&str, String)> {
        let meaning = format!(
            "The token of the next page, for `{}`; there is none on the last page.",
            self.cursor
        );
        Some((&self.header, meaning))
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        format!(
            "For the next page, pass the response header {} as {}.{}",
            code(&self.header),
            code(&self.cursor),
            page_size(self.limit.as_ref())
        )
    }

    /// Vendors agree on no name of such a header.
    fn recognise(_: &Look<'_>, _: &str) -> Option<Self> {
        None
    }
}
