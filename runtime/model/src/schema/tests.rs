//! The serialized form of schemas.

use serde_json::{Value, json};

use super::Schema;

fn read(value: &Value) -> Result<Schema, serde_json::Error> {
    serde_json::from_value(value.clone())
}

#[test]
fn what_is_written_is_read_again() {
    for value in [
        json!({}),
        json!({"type": "string", "format": "date-time", "nullable": true}),
        json!({"type": "integer", "format": "uint64", "minimum": 1, "maximum": u64::MAX}),
        json!({"type": "string", "enum": ["a", "b"], "openEnum": true}),
        json!({"enum": [1, 2], "enumDetails": [{"title": "One"}, {}], "type": "integer"}),
        json!({"type": "array", "uniqueItems": true, "items": {"$ref": "User"}}),
        json!({"type": "array"}),
        json!({"type": "object"}),
        json!({"type": "object", "additionalProperties": false}),
        json!({"type": "object", "additionalProperties": {"type": "file"}}),
        json!({"type": "object", "properties": {"z": {"required": true}, "a": {"type": "boolean"}}}),
        json!({"type": "object", "propertyNames": {"pattern": "^[a-z]$"}}),
        json!({
            "oneOf": [{"title": "Cat", "$ref": "Cat"}, {"title": "string", "type": "string", "default": null}],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": 0, "kitten": 0, "text": 1}},
        }),
    ] {
        let schema = read(&value).expect("the example is a schema");
        assert_eq!(serde_json::to_value(&schema).ok().as_ref(), Some(&value));
    }
}

#[test]
fn what_is_not_known_is_an_error() {
    for (value, wanted) in [
        (json!({"maxLen": 3}), "maxLen"),
        (json!({"type": "text"}), "text"),
        (json!({"title": "x"}), "title"),
        (json!({"properties": {"a": {}}}), "properties"),
        (json!({"type": "array", "items": {"minlength": 1}}), "minlength"),
        (json!({"type": "object", "additionalProperties": {"kind": "string"}}), "kind"),
        (json!({"type": "string", "pattern": 7}), "pattern"),
        (json!({"type": "array", "minItems": -1}), "minItems"),
        (json!({"enum": [1, 2], "enumDetails": [{}]}), "enumDetails"),
    ] {
        let error = read(&value).map_or_else(|error| error.to_string(), |_| String::new());
        assert!(error.contains(wanted), "{value}: {error}");
    }
}
