//! JSON pointers (RFC 6901) that are compared and written, not only read.

use serde_json::{Map, Number, Value};

use crate::document::{Document, Json};

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
    fn values_in_place_compare_by_value() {
        let document = Document::from(json!({"list": [1, {"a": 2}], "n": 1.0, "ok": true}));
        let is = |expected: serde_json::Value, pointer: &str| {
            super::is_at(&expected, &document, pointer)
        };
        assert!(is(json!(null), "/a") && !is(json!(true), "/a"));
        assert!(is(json!(true), "/ok") && !is(json!(false), "/ok"));
        assert!(is(json!(1), "/n") && !is(json!(1.5), "/n"));
        assert!(is(json!([1, {"a": 2}]), "/list"));
        assert!(is(json!(2.0), "/list/1/a"), "a number is a number");
    }
}
