//! Pagination by a value of the last item.

use actionspec_runtime::descriptor::paging::LastItem;
use actionspec_runtime::{Bytes, http};
use serde_json::{Map, Value};

use super::{Answer, Kind, Vendor, number, put};

impl Kind for LastItem {
    fn skipped(&self, vendor: &Vendor, request: &http::Request<Bytes>) -> u64 {
        let after = number(vendor.given(request, &self.cursor));
        // What is carried comes back with every request but the first.
        for key in self.also.keys().filter(|_| after.is_some()) {
            let given = vendor.given(request, key);
            assert_eq!(given.as_deref(), Some("carried"), "{}", vendor.action.name());
        }
        after.map_or(0, |after| after + 1)
    }

    fn tell(&self, vendor: &Vendor, answer: &mut Answer) {
        let items = answer.body.pointer_mut(&self.items).and_then(Value::as_array_mut).unwrap();
        for (number, item) in (answer.skipped..).zip(items) {
            put(item, &self.value, vendor.token(&self.cursor, number.into()));
        }
        for pointer in self.also.values() {
            put(&mut answer.body, pointer, "carried".into());
        }
    }

    fn begin(&self, arguments: &mut Map<String, Value>, _: u64) {
        arguments.remove(&self.cursor);
    }

    fn ends_empty(&self) -> bool {
        false
    }
}
