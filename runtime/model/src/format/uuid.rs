//! `uuid`.

use serde_json::{Value, json};

use super::Format;

pub(super) struct Uuid;

impl Format for Uuid {
    fn name(&self) -> &'static str {
        "uuid"
    }

    fn phrase(&self) -> &'static str {
        "a UUID"
    }

    fn holds(&self, text: &str) -> bool {
        let groups: Vec<&str> = text.split('-').collect();
        groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
            && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    fn sample(&self) -> Value {
        json!("123e4567-e89b-12d3-a456-426614174000")
    }

    fn good(&self) -> Vec<Value> {
        ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"]
            .map(Value::from)
            .into()
    }

    fn bad(&self) -> Vec<Value> {
        ["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"]
            .map(Value::from)
            .into()
    }
}
