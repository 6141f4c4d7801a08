//! Pagination by the URL of the next page in the response body.

use actionspec_runtime::descriptor::paging::NextUrl;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, HOST, Kind, Vendor, number, put, query};

impl Kind for NextUrl {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        let turn = match &self.take {
            Some(take) => vendor.given(request, &take.parameter),
            None => query(request, "turn"),
        };
        number(turn).unwrap_or(0) * vendor.size
    }

    fn tell(&self, _: &Vendor, answer: &mut Answer) {
        let Answer { turn, more: true, .. } = *answer else { return };
        let address = match &self.take {
            Some(take) => format!("https://elsewhere.example/x?a=1&{}=page-{turn}", take.query),
            None => format!("{HOST}/list?turn={turn}"),
        };
        put(&mut answer.body, &self.next, address.into());
    }

    fn begin(&self, arguments: &mut Map<String, Value>, _: u64) {
        if let Some(take) = &self.take {
            arguments.remove(&take.parameter);
        }
    }

    fn ends_empty(&self) -> bool {
        false
    }
}
