//! Nested values as flat pairs, for styles that number items and join names with dots.

use serde_json::Value;

use crate::spec::Style;

/// The pairs of a value in one of the styles `numbered` and `members`: name and text.
pub(super) fn pairs(name: &str, value: &Value, style: Style) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    add(name.to_owned(), value, style, &mut pairs);
    pairs
}

fn add(name: String, value: &Value, style: Style, pairs: &mut Vec<(String, String)>) {
    let between = if style == Style::Members { "member." } else { "" };
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add(format!("{name}.{between}{}", index + 1), item, style, pairs);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                add(format!("{name}.{key}"), field, style, pairs);
            }
        }
        Value::String(text) => pairs.push((name, text.clone())),
        other => pairs.push((name, other.to_string())),
    }
}
