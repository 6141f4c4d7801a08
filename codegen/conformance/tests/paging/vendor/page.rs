//! Pagination by page number.

use actionspec_runtime::descriptor::paging::Page;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, Kind, Vendor, number, put};

impl Kind for Page {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        let first = u64::from(self.first);
        (number(vendor.given(request, &self.page)).unwrap_or(first) - first) * vendor.size
    }

    fn tell(&self, vendor: &Vendor, answer: &mut Answer) {
        answer.put_more(self.more.as_ref());
        if let Some(pages) = &self.pages {
            put(&mut answer.body, pages, vendor.items.div_ceil(vendor.size).into());
        }
        if let Some(last) = &self.last {
            put(&mut answer.body, last, (!answer.more).into());
        }
    }

    fn begin(&self, arguments: &mut Map<String, Value>, _: u64) {
        arguments.remove(&self.page);
    }

    fn ends_empty(&self) -> bool {
        false
    }
}
