//! JSON pointers (RFC 6901): their segments, and putting values where they point.

use serde_json::{Map, Value};

/// How far beyond its end an array grows for one value: pointers of specs name the first few items.
const MOST_ITEMS: usize = 16;

/// A key as a segment of a pointer (RFC 6901, section 3).
#[must_use]
pub fn escape(key: &str) -> String {
    if key.contains(['~', '/']) {
        key.replace('~', "~0").replace('/', "~1")
    } else {
        key.to_owned()
    }
}

/// The key of a segment of a pointer (RFC 6901, section 4).
#[must_use]
pub fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// The segments of a pointer, unescaped.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(unescape)
}

/// Puts a value at a pointer and creates the objects and arrays on the way: a segment `0` where
/// nothing is creates an array.
pub fn put(body: &mut Value, pointer: &str, value: Value) {
    let mut place = body;
    for segment in segments(pointer) {
        let index = segment.parse::<usize>().ok();
        if let (Value::Null, Some(0)) = (&*place, index) {
            *place = Value::Array(Vec::new());
        } else if !(place.is_object() || place.is_array() && index.is_some()) {
            *place = Value::Object(Map::new());
        }
        place = match place {
            Value::Array(items) => {
                let index = index.unwrap_or(0).min(MOST_ITEMS);
                if items.len() <= index {
                    items.resize(index + 1, Value::Null);
                }
                &mut items[index]
            }
            Value::Object(fields) => fields.entry(segment).or_insert(Value::Null),
            _ => return,
        };
    }
    *place = value;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_put_where_pointers_point() {
        let mut body = json!({});
        put(&mut body, "/errors/0/title", json!("x"));
        put(&mut body, "/errors/1/title", json!("y"));
        put(&mut body, "/a~1b/state", json!("done"));
        put(&mut body, "/by/7", json!(true));
        assert_eq!(
            body,
            json!({"errors": [{"title": "x"}, {"title": "y"}], "a/b": {"state": "done"}, "by": {"7": true}})
        );
        put(&mut body, "", json!(1));
        assert_eq!(body, json!(1));
    }

    #[test]
    fn escaping_and_unescaping_are_inverse() {
        for key in ["a", "a/b", "~", "~1", "~0/", ""] {
            assert_eq!(unescape(&escape(key)), key);
        }
    }
}
