//! A range of items in the `Range` header.

use actionspec_model::paging::RangeHeader;

use super::{Asked, Kind, Page};

impl Kind for RangeHeader {
    fn is_first(&self, asked: &Asked<'_>) -> bool {
        start(self, asked) == 0
    }

    fn lead(&self, _: &Asked<'_>, page: &mut Page) {
        let count = page.count(&self.items);
        say(self, page, 0, 2 * count);
    }

    fn end(&self, asked: &Asked<'_>, page: &mut Page) {
        let start = start(self, asked);
        say(self, page, start, start);
    }
}

/// The first item that a request asks for.
fn start(kind: &RangeHeader, asked: &Asked<'_>) -> u64 {
    let range = asked.text(&kind.range).unwrap_or_default();
    let first = range.trim_start_matches(&kind.unit).trim_start_matches('=');
    first.split('-').next().and_then(|first| first.parse().ok()).unwrap_or(0)
}

/// Says which items of how many the page has.
fn say(kind: &RangeHeader, page: &mut Page, start: u64, total: u64) {
    let last = (start + page.count(&kind.items)).saturating_sub(1);
    let range = format!("{} {start}-{last}/{total}", kind.unit);
    page.headers.push(("content-range".to_owned(), range));
}
