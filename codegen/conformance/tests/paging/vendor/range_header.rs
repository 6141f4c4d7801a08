//! Pagination by a range of items in the `Range` header (RFC 9110, section 14).

use actionspec_runtime::descriptor::paging::RangeHeader;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, Kind, Vendor, number};

impl Kind for RangeHeader {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        let asked = request.headers().get("range").and_then(|value| value.to_str().ok()).unwrap();
        let first = number(Some(asked.to_owned())).unwrap();
        let wanted = format!("{}={first}-{}", self.unit, first + vendor.size - 1);
        assert_eq!(asked, wanted, "{}", vendor.action.name());
        first
    }

    fn tell(&self, vendor: &Vendor, answer: &mut Answer) {
        // A page without items has no range.
        let range = match answer.last.checked_sub(1) {
            Some(last) if last >= answer.skipped => format!("{}-{last}", answer.skipped),
            _ => "*".to_owned(),
        };
        let told = format!("{} {range}/{}", self.unit, vendor.items);
        answer.headers.push(("content-range".to_owned(), told));
    }

    fn begin(&self, arguments: &mut Map<String, Value>, size: u64) {
        let range = format!("{}=0-{}", self.unit, size - 1);
        arguments.insert(self.range.clone(), range.into());
    }

    fn ends_empty(&self) -> bool {
        false
    }
}
