//! Pagination by a range of items in the `Range` header (RFC 9110, section 14).

use actionspec_model::paging::RangeHeader;

use super::Kind;
use super::import::Look;
use crate::markdown::code;

impl Kind for RangeHeader {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        Vec::new()
    }

    fn header(&self) -> Option<(&str, String)> {
        let meaning =
            format!("The range that the page holds, in `{}`, and the number of all.", self.unit);
        Some(("Content-Range", meaning))
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        let range = |from: u64, to: u64| code(&format!("{}={from}-{to}", self.unit));
        format!(
            "{} sets the range of results, as {}; for the next page, pass {}. The response header `Content-Range` contains the range and \
            the total number of results.",
            code(&self.range),
            range(0, 49),
            range(50, 99)
        )
    }

    /// Documents declare `Range` for parts of files too.
    fn recognise(_: &Look<'_>, _: &str) -> Option<Self> {
        None
    }
}
