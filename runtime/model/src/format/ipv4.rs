//! `ipv4`.

use serde_json::{Value, json};
use std::net::Ipv4Addr;

use super::Format;

pub(super) struct Ipv4;

impl Format for Ipv4 {
    fn name(&self) -> &'static str {
        "ipv4"
    }

    fn phrase(&self) -> &'static str {
        "an IPv4 address"
    }

    fn holds(&self, text: &str) -> bool {
        text.parse::<Ipv4Addr>().is_ok()
    }

    fn sample(&self) -> Value {
        json!("192.0.2.1")
    }

    fn good(&self) -> Vec<Value> {
        ["192.0.2.1", "0.0.0.0"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["::1", "192.0.02.1", "192.0.2.256", "192.0.2"].map(Value::from).into()
    }
}
