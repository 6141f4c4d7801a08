//! `ipv6`.

use serde_json::{Value, json};
use std::net::Ipv6Addr;

use super::Format;

pub(super) struct Ipv6;

impl Format for Ipv6 {
    fn name(&self) -> &'static str {
        "ipv6"
    }

    fn phrase(&self) -> &'static str {
        "an IPv6 address"
    }

    fn holds(&self, text: &str) -> bool {
        text.parse::<Ipv6Addr>().is_ok()
    }

    fn sample(&self) -> Value {
        json!("2001:db8::1")
    }

    fn good(&self) -> Vec<Value> {
        ["2001:db8::1", "::", "::ffff:192.0.2.1"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["192.0.2.1", "2001:db8::1%eth0", ":", "1::2::3"].map(Value::from).into()
    }
}
