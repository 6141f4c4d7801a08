//! Pagination by a range of items in the `Range` header (RFC 9110, section 14).

use actionspec_model::paging::RangeHeader;
use http::header::CONTENT_RANGE;

use super::Kind;
use super::next::{Fetched, parameter};
use crate::error::Error;
use crate::untyped::Untyped;

impl Kind for RangeHeader {
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error> {
        let asked = asked(self, page);
        let told = page.raw.headers.get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
        let told = told.and_then(|text| content_range(text, &self.unit));
        if page.count == 0 {
            let from = asked.map_or(0, |(from, _)| from);
            let total = told.and_then(|told| told.total);
            if total.is_some_and(|total| total > from) {
                return Err(page.error("the page is empty, although the response announces more"));
            }
            return Ok(None);
        }
        let size = asked.map_or(page.count, |(from, to)| (to - from).saturating_add(1));
        // A server that names no range has sent the requested one.
        let from = asked.map_or(0, |(from, _)| from).saturating_add(page.count);
        let last = told.and_then(|told| told.last);
        let from = last.map_or(from, |last| last.saturating_add(1));
        let total = told.and_then(|told| told.total);
        let done = total.map_or(page.count < size, |total| from >= total);
        let range = format!("{}={from}-{}", self.unit, from.saturating_add(size - 1));
        Ok((!done).then(|| page.with(&self.range, range.into())))
    }

    fn remembers(&self) -> bool {
        false
    }

    fn continues(&self) -> Option<&str> {
        None
    }
}

/// The requested range: its first and last item.
fn asked(range: &RangeHeader, page: &Fetched<'_>) -> Option<(u64, u64)> {
    let value = page.call.arguments.value(parameter(page.call, &range.range)?)?;
    let (unit, asked) = value.as_str()?.split_once('=')?;
    if unit.trim() == range.unit { ends(asked) } else { None }
}

/// What a `Content-Range` says: `items 0-49/120`, `items 0-49/*` if the total is not known, or `items */120` if there are no such items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    last: Option<u64>,
    total: Option<u64>,
}

fn content_range(text: &str, unit: &str) -> Option<Told> {
    let (range, total) = text.trim().strip_prefix(unit)?.split_once('/')?;
    // A range and a total in unit `items`, not in one that begins with the word.
    let range = range.strip_prefix(' ')?;
    let last = if range.trim() == "*" { None } else { Some(ends(range)?.1) };
    Some(Told { last, total: total.trim().parse().ok() })
}

/// `0-49`: the first and the last item.
fn ends(text: &str) -> Option<(u64, u64)> {
    let (first, last) = text.trim().split_once('-')?;
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::{Told, content_range, ends};

    #[test]
    fn a_content_range_is_read_in_its_own_unit() {
        let told = |text| content_range(text, "items");
        assert_eq!(told("items 0-49/120"), Some(Told { last: Some(49), total: Some(120) }));
        assert_eq!(told("items 50-99/*"), Some(Told { last: Some(99), total: None }));
        assert_eq!(told("items */120"), Some(Told { last: None, total: Some(120) }));
        for wrong in ["bytes 0-49/120", "items=0-49/120", "items 9-3/120", "items"] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_range_has_two_ends_in_order() {
        assert_eq!(ends("0-49"), Some((0, 49)));
        assert_eq!(ends("50-"), None);
        assert_eq!(ends("-5"), None);
    }
}
