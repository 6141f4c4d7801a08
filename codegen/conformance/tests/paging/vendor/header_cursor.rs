//! Pagination by a cursor in a response header.

use actionspec_runtime::descriptor::paging::HeaderCursor;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, Kind, Vendor, number};

impl Kind for HeaderCursor {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        number(vendor.given(request, &self.cursor)).unwrap_or(0) * vendor.size
    }

    fn tell(&self, _: &Vendor, answer: &mut Answer) {
        if answer.more {
            answer.headers.push((self.header.clone(), format!("page-{}", answer.turn)));
        }
    }

    fn begin(&self, arguments: &mut Map<String, Value>, _: u64) {
        arguments.remove(&self.cursor);
    }

    fn ends_empty(&self) -> bool {
        false
    }
}
