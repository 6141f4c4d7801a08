//! Pagination by offset.

use actionspec_model::paging::Offset;

use super::import::{Look, NUMBERS};
use super::{Kind, field, page_size};
use crate::markdown::code;

/// Names of the parameter in vendors' documents.
const OFFSETS: &[&str] = &[
    "offset",
    "skip",
    "start",
    "startat",
    "start_at",
    "$skip",
    "page[offset]",
    "from",
    "startindex",
    "start_index",
];
/// Where answers give the number of all items.
const TOTALS: &[&str] = &[
    "/total",
    "/total_count",
    "/totalCount",
    "/total_results",
    "/totalResults",
    "/meta/total",
    "/meta/total_count",
    "/pagination/total",
    "/paging/total",
    "/page/totalElements",
    "/totalElements",
    "/@odata.count",
];

impl Kind for Offset {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        let total = self.total.iter().map(|at| (at.as_str(), "The number of all items."));
        total
            .chain(self.more.iter().map(|at| (at.as_str(), "Whether more pages follow.")))
            .collect()
    }

    fn header(&self) -> Option<(&str, String)> {
        None
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        let total = self.total.as_ref().map_or_else(String::new, |total| {
            format!(" {} is the total number of results.", field(total))
        });
        format!(
            "{} sets the number of results to skip.{}{total}",
            code(&self.offset),
            page_size(self.limit.as_ref())
        )
    }

    fn recognise(look: &Look<'_>, items: &str) -> Option<Self> {
        let limit = Some(look.limit()?);
        Some(Self {
            items: items.to_owned(),
            offset: look.parameter(OFFSETS, NUMBERS)?,
            limit,
            total: look.first(TOTALS, NUMBERS),
            more: look.more(),
        })
    }
}
