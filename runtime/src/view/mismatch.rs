//! What is said when a field is of another type than declared.

use serde_json::Value;

/// A field of another type than declared.
#[derive(Clone, Debug, thiserror::Error)]
#[error("expected {} at `{}`, found {}", .0.expected, .0.path, .0.found)]
pub struct Mismatch(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl Mismatch {
    /// Finds out where `node` is within `root`: views carry no path, so that reading what is right costs nothing.
    pub(crate) fn new(root: &Value, node: &Value, expected: &'static str) -> Self {
        let mut path = String::from("$");
        find(root, node, &mut path);
        Self(Box::new(Details { path, expected, found: kind(node) }))
    }

    /// That nothing is at a JSON pointer.
    pub(crate) fn missing(pointer: &str, expected: &'static str) -> Self {
        let mut path = String::from("$");
        for token in crate::literal::pointer_tokens(pointer) {
            push_key(&mut path, &token);
        }
        Self(Box::new(Details { path, expected, found: "nothing" }))
    }

    /// The place, as a JSON path: `$.personalSpace.name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What the spec declares.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.0.expected
    }

    /// What is there.
    #[must_use]
    pub fn found(&self) -> &'static str {
        self.0.found
    }
}

fn kind(node: &Value) -> &'static str {
    match node {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Extends `path` to where `wanted` is beneath `node`, by identity: equal values stand in many places, but each has its own address.
fn find(node: &Value, wanted: &Value, path: &mut String) -> bool {
    if std::ptr::eq(node, wanted) {
        return true;
    }
    let length = path.len();
    match node {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.extend(["[", &index.to_string(), "]"]);
                if find(item, wanted, path) {
                    return true;
                }
                path.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                push_key(path, key);
                if find(value, wanted, path) {
                    return true;
                }
                path.truncate(length);
            }
        }
        _ => {}
    }
    false
}

fn push_key(path: &mut String, key: &str) {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !key.starts_with(|c: char| c.is_ascii_digit());
    if plain && !key.is_empty() {
        path.extend([".", key]);
    } else {
        path.extend(["[", &format!("{key:?}"), "]"]);
    }
}
