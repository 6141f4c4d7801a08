//! The validator as a whole; keywords and formats have tests of their own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Mode, check};
use crate::schema::Schema;

fn schema(value: Value) -> Schema {
    serde_json::from_value(value).expect("the example is well-formed")
}

fn found(value: &Value, schema: &Schema, mode: Mode) -> Vec<String> {
    check(value, schema, &(), mode).iter().map(ToString::to_string).collect()
}

fn user() -> Schema {
    schema(json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "age": { "type": "integer", "minimum": 50, "required": true },
            "born": { "type": "string", "format": "date" },
        },
    }))
}

#[test]
fn strict_reports_every_fault_at_its_place() {
    let value = json!({"age": 42, "born": "2023-02-29", "a/b": 1});
    assert_eq!(
        found(&value, &user(), Mode::Strict),
        [
            "`age` must be at least 50",
            "`born` must be a date, such as 2026-01-31",
            "`a~1b` is not a property of this object",
        ]
    );
    assert_eq!(found(&json!({}), &user(), Mode::Strict), ["`age` is required"]);
}

#[test]
fn lenient_reports_wrong_types_and_unknown_properties_only() {
    assert_eq!(found(&json!({"born": "date", "age": null}), &user(), Mode::Lenient), [""; 0]);
    assert_eq!(
        found(&json!({"age": "x", "size": 1}), &user(), Mode::Lenient),
        ["`age` must be an integer of 64 bits", "`size` is not a property of this object"]
    );
}

#[test]
fn unions_report_what_is_wrong_with_the_alternative_that_was_meant() {
    let alternatives = json!([
        { "title": "string", "type": "string", "pattern": "^.{0,3}$" },
        { "title": "user", "type": "object", "additionalProperties": false,
          "properties": { "age": { "type": "integer", "minimum": 50, "required": true } } },
    ]);
    let union = schema(json!({ "oneOf": alternatives }));
    assert_eq!(found(&json!("abc"), &union, Mode::Strict), [""; 0]);
    assert_eq!(found(&json!("abcd"), &union, Mode::Strict), ["must match the pattern `^.{0,3}$`"]);
    assert_eq!(found(&json!({"age": 1}), &union, Mode::Strict), ["`age` must be at least 50"]);
    assert_eq!(
        found(&json!(true), &union, Mode::Strict),
        ["is of none of its types: `string` (must be a string), `user` (must be an object)"]
    );
    let tagged = schema(json!({
        "oneOf": alternatives,
        "discriminator": { "propertyName": "kind", "mapping": { "u": 1 } },
    }));
    assert_eq!(
        found(&json!({"kind": "v"}), &tagged, Mode::Strict),
        ["`kind` must be one of `u`; did you mean `u`?"]
    );
    assert_eq!(found(&json!({"kind": "v"}), &tagged, Mode::Lenient), [""; 0]);
}

#[test]
fn alternatives_within_alternatives_are_tried_once() {
    let child = |name: &str| {
        json!({ "title": name, "type": "object", "properties": {
            "child": { "$ref": "Tree", "required": true },
            name: { "type": "boolean", "required": true },
        }})
    };
    let tree = schema(json!({ "anyOf": [child("a"), child("b")] }));
    let types = BTreeMap::from([("Tree".to_owned(), tree)]);
    let deep =
        (0..60).fold(json!("no tree"), |child, _| json!({"child": child, "a": true, "b": true}));
    assert_eq!(check(&deep, &types["Tree"], &types, Mode::Strict).len(), 1);
}

#[test]
fn a_type_that_is_defined_as_itself_is_reported() {
    let types = BTreeMap::from([
        ("A".to_owned(), Schema::named("B")),
        ("B".to_owned(), Schema::named("A")),
    ]);
    let found = check(&json!(1), &Schema::named("A"), &types, Mode::Strict);
    assert!(found[0].message.contains("defined as itself"), "{found:?}");
    let missing = check(&json!(1), &Schema::named("C"), &types, Mode::Strict);
    assert!(missing[0].message.contains("`C`, which does not exist"), "{missing:?}");
}

#[test]
fn integers_have_64_bits_and_numbers_are_compared_by_value() {
    let integer = schema(json!({ "type": "integer" }));
    for good in [json!(1), json!(1.0), json!(i64::MIN)] {
        assert_eq!(found(&good, &integer, Mode::Strict), [""; 0]);
    }
    for bad in [json!(1.5), json!(u64::MAX), json!("1"), json!(1e18)] {
        assert_eq!(found(&bad, &integer, Mode::Strict), ["must be an integer of 64 bits"]);
    }
    let closed = schema(json!({ "type": "number", "enum": [1] }));
    assert_eq!(found(&json!(1.0), &closed, Mode::Strict), [""; 0]);
    assert_eq!(found(&json!(2), &closed, Mode::Strict), ["must be one of `1`"]);
}
