//! Pagination by a value of the last item.

use actionspec_model::paging::LastItem;

use super::import::Look;
use super::{Kind, also_passed, field, page_size};
use crate::markdown::code;

impl Kind for LastItem {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        let meaning = "To be given back with the next request.";
        self.also.values().map(|at| (at.as_str(), meaning)).collect()
    }

    fn header(&self) -> Option<(&str, String)> {
        None
    }

    fn in_items(&self) -> Option<&str> {
        Some(&self.value)
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        format!(
            "For the next page, pass {} of the last result as {}{}.{}",
            field(&self.value),
            code(&self.cursor),
            also_passed(&self.also),
            page_size(self.limit.as_ref())
        )
    }

    /// A document does not distinguish such a parameter from a filter.
    fn recognise(_: &Look<'_>, _: &str) -> Option<Self> {
        None
    }
}
