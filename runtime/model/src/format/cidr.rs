//! `cidr`.

use serde_json::{Value, json};
use std::net::IpAddr;

use super::Format;

pub(super) struct Cidr;

impl Format for Cidr {
    fn name(&self) -> &'static str {
        "cidr"
    }

    fn phrase(&self) -> &'static str {
        "an IP network, such as 192.0.2.0/24"
    }

    fn holds(&self, text: &str) -> bool {
        let Some((address, prefix)) = text.split_once('/') else { return false };
        let most = match address.parse() {
            Ok(IpAddr::V4(_)) => 32,
            Ok(IpAddr::V6(_)) => 128,
            Err(_) => return false,
        };
        // `parse` alone would also take a plus.
        prefix.bytes().all(|byte| byte.is_ascii_digit())
            && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= most)
    }

    fn sample(&self) -> Value {
        json!("192.0.2.0/24")
    }

    fn good(&self) -> Vec<Value> {
        ["192.0.2.0/24", "2001:db8::/32", "0.0.0.0/0"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["192.0.2.0", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/+4", "x/1", "::/129"]
            .map(Value::from)
            .into()
    }
}
