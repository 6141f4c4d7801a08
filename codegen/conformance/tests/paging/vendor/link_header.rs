//! Pagination by the `Link` header (RFC 8288).

use actionspec_runtime::descriptor::paging::LinkHeader;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, HOST, Kind, Vendor, number, query};

impl Kind for LinkHeader {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        number(query(request, "turn")).unwrap_or(0) * vendor.size
    }

    fn tell(&self, _: &Vendor, answer: &mut Answer) {
        if answer.more {
            let links = format!(
                "<{HOST}/list?turn=0>; rel=\"first\", <{HOST}/list?turn={}>; rel=\"next\"",
                answer.turn
            );
            answer.headers.push(("link".to_owned(), links));
        }
    }

    fn begin(&self, _: &mut Map<String, Value>, _: u64) {}

    fn ends_empty(&self) -> bool {
        false
    }
}
