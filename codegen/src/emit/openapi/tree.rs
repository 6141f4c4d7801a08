//! Schemas at JSON pointers: what stands at which place of a body.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::pointer::segments;

/// How far beyond its end an array grows for one place, as in a request.
const MOST_ITEMS: usize = 16;

/// A body, and what is known of its places.
#[derive(Debug, Default)]
pub(super) struct Tree {
    required: bool,
    kind: Kind,
}

#[derive(Debug, Default)]
enum Kind {
    #[default]
    Open,
    Leaf(Value),
    Object(IndexMap<String, Tree>),
    Array(Vec<Tree>),
}

impl Tree {
    /// Puts a schema at a pointer. A segment `0` where nothing is makes an array, as it does when a request is built.
    pub(super) fn put(&mut self, pointer: &str, schema: Value, required: bool) {
        let mut place = self;
        place.required |= required;
        for segment in segments(pointer) {
            let index = segment.parse::<usize>().ok();
            if let (Kind::Open, Some(0)) = (&place.kind, index) {
                place.kind = Kind::Array(Vec::new());
            } else if !(matches!(place.kind, Kind::Object(_))
                || matches!(place.kind, Kind::Array(_)) && index.is_some())
            {
                place.kind = Kind::Object(IndexMap::new());
            }
            place = match &mut place.kind {
                Kind::Array(items) => {
                    let index = index.unwrap_or(0).min(MOST_ITEMS);
                    if items.len() <= index {
                        items.resize_with(index + 1, Self::default);
                    }
                    &mut items[index]
                }
                Kind::Object(fields) => fields.entry(segment).or_default(),
                Kind::Open | Kind::Leaf(_) => return,
            };
            place.required |= required;
        }
        place.kind = Kind::Leaf(schema);
    }

    /// Whether a value that must be there is in it.
    pub(super) fn is_required(&self) -> bool {
        self.required
    }

    /// The schema of the whole.
    pub(super) fn into_schema(self) -> Value {
        match self.kind {
            Kind::Open => json!({}),
            Kind::Leaf(schema) => schema,
            Kind::Object(fields) => {
                let required: Vec<&str> = fields
                    .iter()
                    .filter(|(_, field)| field.required)
                    .map(|(name, _)| name.as_str())
                    .collect();
                let required = super::some(required);
                let properties: Map<String, Value> =
                    fields.into_iter().map(|(name, field)| (name, field.into_schema())).collect();
                Value::Object(
                    fields! { "type": "object", "properties": properties, "required": required },
                )
            }
            Kind::Array(items) => {
                let least = items.iter().rposition(|item| item.required).map(|last| last + 1);
                let items: Vec<Value> = items.into_iter().map(Self::into_schema).collect();
                Value::Object(fields! { "type": "array", "prefixItems": items, "minItems": least })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_required_value_is_required() {
        let mut tree = Tree::default();
        tree.put("/a/b", json!({"const": 1}), true);
        tree.put("/a/c", json!({}), false);
        tree.put("/d/e", json!({}), false);
        assert!(tree.is_required());
        let expected = json!({
            "type": "object",
            "properties": {
                "a": {"type": "object", "properties": {"b": {"const": 1}, "c": {}}, "required": ["b"]},
                "d": {"type": "object", "properties": {"e": {}}},
            },
            "required": ["a"],
        });
        assert_eq!(tree.into_schema(), expected);
    }

    #[test]
    fn arrays_are_made_where_requests_make_them() {
        let mut tree = Tree::default();
        tree.put("/list/0/x", json!({}), false);
        tree.put("/list/1/x", json!({}), true);
        tree.put("/by/7", json!({}), false);
        let list = json!([{"type": "object", "properties": {"x": {}}}, {"type": "object", "properties": {"x": {}}, "required": ["x"]}]);
        let by = json!({"type": "object", "properties": {"7": {}}});
        let list = json!({"type": "array", "prefixItems": list, "minItems": 2});
        assert_eq!(
            tree.into_schema(),
            json!({"type": "object", "properties": {"list": list, "by": by}, "required": ["list"]})
        );
    }
}
