//! Pagination by offset.

use actionspec_runtime::descriptor::paging::Offset;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, Kind, Vendor, number, put};

impl Kind for Offset {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        number(vendor.given(request, &self.offset)).unwrap_or(0)
    }

    fn tell(&self, vendor: &Vendor, answer: &mut Answer) {
        answer.put_more(self.more.as_ref());
        if let Some(total) = &self.total {
            put(&mut answer.body, total, vendor.items.into());
        }
    }

    fn begin(&self, arguments: &mut Map<String, Value>, _: u64) {
        arguments.remove(&self.offset);
    }

    fn ends_empty(&self) -> bool {
        false
    }
}
