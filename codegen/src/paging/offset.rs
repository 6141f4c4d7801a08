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
/// Those that may as well begin a range of time.
const STARTS: &[&str] = &["start", "startat", "start_at", "from"];
/// What ends such a range.
const ENDS: &[&str] = &["end", "endat", "end_at", "stop", "to", "until"];
/// Words that descriptions of times have, and of no number of items.
const TIME_WORDS: &[&str] = &["date", "epoch", "second", "time", "timestamp", "unix"];
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
        let offset = look.parameter(OFFSETS, NUMBERS)?;
        if is_time(look, &offset) || counts_from_one(look, &offset) {
            return None;
        }
        Some(Self {
            items: items.to_owned(),
            offset,
            limit,
            total: look.first(TOTALS, NUMBERS),
            more: look.more(),
        })
    }
}

/// Whether a parameter begins a range of time. An offset of such values would give the same items for ever.
fn is_time(look: &Look<'_>, key: &str) -> bool {
    let parameter = &look.parameters[key];
    let name = parameter.wire_name.as_deref().unwrap_or(key);
    if !STARTS.iter().any(|start| start.eq_ignore_ascii_case(name)) {
        return false;
    }
    let schema = &parameter.schema;
    let says_time = |text: &str| {
        let text = text.to_ascii_lowercase();
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| TIME_WORDS.contains(&word.strip_suffix('s').unwrap_or(word)))
    };
    look.parameter(ENDS, &["integer", "number", "string"]).is_some()
        || schema.format.as_deref().is_some_and(says_time)
        || schema.description.as_deref().is_some_and(says_time)
}

/// Whether the first item has the number 1, as SCIM's `startIndex` counts: an offset would give the last item of each page twice.
fn counts_from_one(look: &Look<'_>, key: &str) -> bool {
    let schema = &look.parameters[key].schema;
    let least = schema.constraints.get("minimum").map(actionspec_model::keyword::Operand::to_value);
    let values = [schema.default.as_ref(), schema.vendor_default.as_ref(), least.as_ref()];
    values.into_iter().flatten().any(|value| value.as_f64() == Some(1.0))
}
