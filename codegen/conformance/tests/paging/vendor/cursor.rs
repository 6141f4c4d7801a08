//! Pagination by a cursor in the response body.

use actionspec_runtime::descriptor::paging::Cursor;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, Kind, Vendor, given, number, put};

impl Kind for Cursor {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        if let Some(action) = &self.action {
            let other = vendor.action.integration.action(action).unwrap();
            return vendor.remembered(given(other, request, &self.cursor).as_deref());
        }
        if self.stateful {
            return vendor.remembered(vendor.given(request, &self.cursor).as_deref());
        }
        // Each of the tokens must have come.
        let all = std::iter::once(&self.cursor).chain(self.also.keys());
        let numbers: Vec<u64> =
            all.map(|key| number(vendor.given(request, key)).unwrap_or(0)).collect();
        let agree = numbers.iter().all(|number| *number == numbers[0]);
        assert!(agree, "{}: {numbers:?}", vendor.action.name());
        numbers[0] * vendor.size
    }

    fn tell(&self, vendor: &Vendor, answer: &mut Answer) {
        answer.put_more(self.more.as_ref());
        if self.ends_empty() {
            // One token for all pages, also on the last one.
            put(&mut answer.body, &self.next, "page-1".into());
        } else if answer.more {
            let own = std::iter::once((&self.cursor, &self.next));
            for (key, next) in own.chain(&self.also) {
                let token = vendor.token(key, format!("page-{}", answer.turn).into());
                put(&mut answer.body, next, token);
            }
        }
    }

    fn begin(&self, arguments: &mut Map<String, Value>, _: u64) {
        // A list that is gone on with is named from the first page on.
        if !self.ends_empty() {
            arguments.remove(&self.cursor);
        }
    }

    fn ends_empty(&self) -> bool {
        self.stateful || self.action.is_some()
    }
}
