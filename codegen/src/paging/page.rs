//! Pagination by page number.

use actionspec_model::paging::Page;
use serde_json::Value;

use super::import::{Look, NUMBERS};
use super::{Kind, field, page_size};
use crate::markdown::code;

/// Names of the parameter in vendors' documents.
const PAGES: &[&str] = &[
    "page",
    "page_number",
    "pagenumber",
    "page_num",
    "pagenum",
    "page[number]",
    "page_no",
    "pageno",
    "currentpage",
    "current_page",
];
/// Where answers give the number of pages.
const COUNTS: &[&str] = &[
    "/total_pages",
    "/totalPages",
    "/page_count",
    "/pageCount",
    "/pages",
    "/meta/total_pages",
    "/meta/totalPages",
    "/pagination/total_pages",
    "/pagination/totalPages",
    "/page/totalPages",
    "/result_info/total_pages",
];
/// Where answers say that a page is the last one.
const LAST: &[&str] = &["/lastPage", "/last_page", "/isLastPage", "/is_last_page"];

impl Kind for Page {
    fn facts(&self) -> Vec<(&str, &'static str)> {
        [
            (self.pages.as_ref(), "The number of pages."),
            (self.more.as_ref(), "Whether more pages follow."),
            (self.last.as_ref(), "Whether this page is the last one."),
        ]
        .into_iter()
        .filter_map(|(at, meaning)| Some((at?.as_str(), meaning)))
        .collect()
    }

    fn header(&self) -> Option<(&str, String)> {
        None
    }

    fn in_items(&self) -> Option<&str> {
        None
    }

    fn sentence(&self, _: &dyn Fn(&str) -> String) -> String {
        let last = self.last.as_ref().map_or_else(String::new, |last| {
            format!(" {} is `true` on the last page.", field(last))
        });
        format!(
            "{} sets the page number, starting at {}.{}{last}",
            code(&self.page),
            self.first,
            page_size(self.limit.as_ref())
        )
    }

    fn recognise(look: &Look<'_>, items: &str) -> Option<Self> {
        let page = look.parameter(PAGES, NUMBERS)?;
        let first = look
            .parameters
            .get(&page)
            .and_then(|page| page.schema.vendor_default.as_ref().or(page.schema.example.as_ref()));
        let first = u32::from(first.and_then(Value::as_u64) != Some(0));
        Some(Self {
            items: items.to_owned(),
            page,
            limit: look.limit(),
            first,
            pages: look.first(COUNTS, NUMBERS),
            more: look.more(),
            last: look.first(LAST, &["boolean"]),
        })
    }
}
