//! What is said when a field is of another type than declared.

use super::View;
use crate::document::{Json, Step};

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
    /// Finds out where a place is.
    pub(crate) fn new(place: View<'_>, expected: &'static str) -> Self {
        let mut path = String::from("$");
        for step in place.path() {
            match step {
                Step::Item(index) => path.extend(["[", &index.to_string(), "]"]),
                Step::Field(key) => push_key(&mut path, key),
            }
        }
        Self(Box::new(Details { path, expected, found: kind(place) }))
    }

    /// That nothing is at a JSON pointer.
    pub(crate) fn missing(pointer: &str, expected: &'static str) -> Self {
        let mut path = String::from("$");
        for token in crate::pointer::pointer_tokens(pointer) {
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

fn kind(place: View<'_>) -> &'static str {
    match place.what() {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::Text(_) => "a string",
        Json::Array => "an array",
        Json::Object => "an object",
        Json::Broken => "what cannot be read",
    }
}

fn push_key(path: &mut String, key: &str) {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !key.starts_with(|c: char| c.is_ascii_digit());
    if plain && !key.is_empty() {
        path.extend([".", key]);
    } else {
        path.extend(["[", &format!("{key:?}"), "]"]);
    }
}
