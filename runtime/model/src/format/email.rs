//! `email`.

use serde_json::{Value, json};

use super::Format;

pub(super) struct Email;

impl Format for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn phrase(&self) -> &'static str {
        "an email address"
    }

    fn holds(&self, text: &str) -> bool {
        let mut parts = text.split('@');
        let (Some(user), Some(host), None) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        !user.is_empty()
            && !host.is_empty()
            && text.len() <= 254
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    }

    fn sample(&self) -> Value {
        json!("ada@example.com")
    }

    fn good(&self) -> Vec<Value> {
        ["ada@example.com", "a+b@localhost"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["ada", "@example.com", "ada@", "a@b@c", "a b@example.com"].map(Value::from).into()
    }
}
