//! `ip`.

use serde_json::{Value, json};
use std::net::IpAddr;

use super::Format;

pub(super) struct Ip;

impl Format for Ip {
    fn name(&self) -> &'static str {
        "ip"
    }

    fn phrase(&self) -> &'static str {
        "an IP address"
    }

    fn holds(&self, text: &str) -> bool {
        text.parse::<IpAddr>().is_ok()
    }

    fn sample(&self) -> Value {
        json!("192.0.2.1")
    }

    fn good(&self) -> Vec<Value> {
        ["192.0.2.1", "::1"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["192.0.2.256", "1.2.3", ""].map(Value::from).into()
    }
}
