//! Literals of descriptors as JSON, and JSON pointers (RFC 6901) that are written, not only read.

use serde_json::{Map, Number, Value};

use crate::descriptor::Literal;
use crate::document::{Document, Json};

impl Literal {
    /// The literal as JSON. JSON text that does not parse, which generated code never holds, is `null`.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(value) => Value::from(value),
            Self::Float(value) => Value::from(value),
            Self::Str(value) => Value::from(value),
            Self::Json(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        }
    }

    /// Whether a JSON value is this one. Numbers are compared by value: `1` is `1.0`.
    #[must_use]
    pub fn matches(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Str(text), Value::String(other)) => text == other,
            (Self::Int(_) | Self::Float(_), Value::Number(other)) => self.is_number(other),
            (Self::Json(_), Value::Array(_) | Value::Object(_)) => self.to_value() == *value,
            (Self::Null, Value::Null) => true,
            (Self::Bool(flag), Value::Bool(other)) => flag == *other,
            _ => false,
        }
    }

    fn is_number(self, other: &Number) -> bool {
        match self {
            Self::Int(number) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a float that equals the nearest float is as equal as JSON can say"
                )]
                let same = other.as_f64() == Some(number as f64);
                other.as_i64().map_or(same && other.is_f64(), |other| other == number)
            }
            Self::Float(number) => other.as_f64() == Some(number),
            _ => false,
        }
    }

    /// Whether the value at a pointer is this one; where nothing is, only `null` matches.
    pub(crate) fn matches_at(self, json: &Document, pointer: &str) -> bool {
        let Some(place) = json.pointer(pointer) else { return self == Self::Null };
        match (self, place.what()) {
            (Self::Str(text), Json::Text(other)) => text == other,
            (Self::Int(_) | Self::Float(_), Json::Number(other)) => self.is_number(other),
            (Self::Json(_), Json::Array | Json::Object) => self.to_value() == place.to_value(),
            (Self::Null, Json::Null) => true,
            (Self::Bool(flag), Json::Bool(other)) => flag == other,
            _ => false,
        }
    }
}

/// Whether the value at a pointer is the expected one, numbers compared by value; where nothing is, only `null` is.
pub(crate) fn is_at(expected: &Value, json: &Document, pointer: &str) -> bool {
    let Some(place) = json.pointer(pointer) else { return expected.is_null() };
    match (expected, place.what()) {
        (Value::String(text), Json::Text(other)) => text == other,
        (Value::Number(number), Json::Number(other)) => is_number(number, other),
        (Value::Array(_), Json::Array) | (Value::Object(_), Json::Object) => {
            *expected == place.to_value()
        }
        (Value::Null, Json::Null) => true,
        (Value::Bool(flag), Json::Bool(other)) => *flag == other,
        _ => false,
    }
}

/// Whether two numbers are one: `1` is `1.0`.
fn is_number(number: &Number, other: &Number) -> bool {
    match (number.as_i64(), other.as_i64()) {
        (Some(number), Some(other)) => number == other,
        _ => number == other || number.as_f64() == other.as_f64(),
    }
}

/// The unescaped tokens of a JSON pointer.
pub(crate) fn pointer_tokens(pointer: &str) -> impl Iterator<Item = String> {
    actionspec_model::pointer::segments(pointer)
}

/// Puts a value at a pointer, making the objects on the way. A number makes or extends an array where it is the next index; what is in
/// the way gives way.
pub(crate) fn insert_at(root: &mut Value, pointer: &str, value: Value) {
    let mut node = root;
    for token in pointer_tokens(pointer) {
        node = enter(node, token);
    }
    match (node, value) {
        (Value::Object(present), Value::Object(more)) => merge(present, more),
        (node, value) => *node = value,
    }
}

fn enter(node: &mut Value, token: String) -> &mut Value {
    let index = token.parse::<usize>().ok();
    let appends = match (&*node, index) {
        (Value::Null, Some(0)) => true,
        (Value::Array(items), Some(index)) => index <= items.len(),
        _ => false,
    };
    if let (true, Some(index)) = (appends, index) {
        if !node.is_array() {
            *node = Value::Array(Vec::new());
        }
        if let Value::Array(items) = node {
            if index == items.len() {
                items.push(Value::Null);
            }
            return &mut items[index];
        }
    } else if !node.is_object() {
        *node = Value::Object(Map::new());
    }
    // Indexing an object by a key inserts it.
    &mut node[token]
}

fn merge(present: &mut Map<String, Value>, more: Map<String, Value>) {
    for (key, value) in more {
        match (present.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => merge(inner, value),
            (_, value) => {
                present.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::insert_at;
    use crate::descriptor::Literal;
    use crate::document::Document;

    #[test]
    fn pointers_build_nested_objects_and_arrays() {
        let mut body = Value::Null;
        insert_at(&mut body, "/fields/project/key", json!("OPS"));
        insert_at(&mut body, "/fields/labels/0", json!("a"));
        insert_at(&mut body, "/fields/labels/1", json!("b"));
        insert_at(&mut body, "/a~1b/2", json!(true));
        assert_eq!(
            body,
            json!({"fields": {"project": {"key": "OPS"}, "labels": ["a", "b"]}, "a/b": {"2": true}})
        );
    }

    #[test]
    fn objects_at_one_place_are_joined() {
        let mut body = json!({"a": {"b": 1}});
        insert_at(&mut body, "", json!({"a": {"c": 2}, "d": 3}));
        assert_eq!(body, json!({"a": {"b": 1, "c": 2}, "d": 3}));
    }

    #[test]
    fn literals_compare_by_value() {
        assert!(Literal::Int(1).matches(&json!(1.0)));
        assert!(!Literal::Int(1).matches(&json!(1.5)));
        assert!(Literal::Float(1.0).matches(&json!(1)));
        let document = Document::from(json!({"list": [1, {"a": 2}], "n": 1.0}));
        assert!(Literal::Null.matches_at(&document, "/a"));
        assert!(!Literal::Bool(true).matches_at(&document, "/ok"));
        assert!(Literal::Int(1).matches_at(&document, "/n"));
        assert!(Literal::Json(r#"[1, {"a": 2}]"#).matches_at(&document, "/list"));
        assert!(super::is_at(&json!([1, {"a": 2}]), &document, "/list"));
        assert!(
            super::is_at(&json!(1), &document, "/n") && !super::is_at(&json!(1.5), &document, "/n")
        );
        assert!(super::is_at(&json!(null), &document, "/a"));
        assert!(Literal::Json("[1, 2]").matches(&json!([1, 2])));
    }
}
