//! `hostname`.

use serde_json::{Value, json};

use super::Format;

pub(super) struct Hostname;

impl Format for Hostname {
    fn name(&self) -> &'static str {
        "hostname"
    }

    fn phrase(&self) -> &'static str {
        "a host name"
    }

    fn holds(&self, text: &str) -> bool {
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        text.len() <= 253 && text.split('.').all(label)
    }

    fn sample(&self) -> Value {
        json!("example.com")
    }

    fn good(&self) -> Vec<Value> {
        ["a", "api.example.com", "1.example"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["", "-a.com", "a..b", "a_b", "a.", "ä.com", "a-.b"].map(Value::from).into()
    }
}
