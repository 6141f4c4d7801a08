use std::sync::LazyLock;

use actionspec_model::paging::Cursor;
use serde_json::{Value, json};

use super::action;
use crate::descriptor::{
    Action, Additional, Body, Integration, Kind, Literal, Location, Pagination, Retry, RuleKind,
    Style,
};

const TYPES: &str = r#"{
    "Tree": {"kind": "object", "properties": [{"name": "children", "schema": {"kind": "array", "items": "Tree"}}], "additional": false},
    "Tree?": {"kind": "object", "nullable": true},
    "Wood": "Tree"
}"#;

static DESK: LazyLock<Integration> = LazyLock::new(|| {
    let text = format!(
        r#"{{"id": "desk", "title": "Desk", "vendor": "Example", "summary": "A made-up help desk.", "documentation": "https://docs.example.com", "servers": [], "schemas": {TYPES}}}"#
    );
    Integration::from_json(&text, [("more", "{}")]).expect("readable")
});

/// The least that an action says.
fn least() -> Value {
    json!({"title": "Do It", "effect": "read", "retry": "safe", "steps": [{"method": "GET", "path": "/it"}], "output": {"kind": "json", "accept": "*/*"}, "timeout_ms": 1000})
}

fn with(key: &str, value: Value) -> Value {
    let mut action = least();
    action[key] = value;
    action
}

fn read(descriptor: &Value) -> Result<Action, String> {
    let text =
        json!({"action": descriptor, "parameters": {"type": "object"}, "example": [1]}).to_string();
    action(&DESK, "do_it", text.leak()).map_err(|damage| damage.to_string())
}

#[test]
fn what_is_not_said_is_the_default() {
    let action = read(&least()).expect("readable");
    assert_eq!(
        (action.title, action.timeout_ms, action.parameters.len(), action.steps[0].path),
        ("Do It", 1000, 0, "/it")
    );
    assert!(
        action.paging.is_none()
            && action.deprecated.is_none()
            && action.steps[0].body == Body::None
    );
    assert_eq!(
        (action.parameters_schema, action.output_schema, action.example),
        (r#"{"type":"object"}"#, "", "[1]")
    );
}

#[test]
fn what_is_said_is_read() {
    let parameter = json!({
        "key": "n", "wire_name": "N", "title": "N", "location": "header", "style": "pipe", "step": 1, "required": true, "secret": true,
        "default": {"a": 1}, "max_bytes": 7, "deprecated": "Old.",
        "schema": {"kind": "integer", "values": [1, 2.5, "x", null, true], "minimum": -1, "multiple_of": 0.5, "pattern": "a\"b"},
    });
    let rules = json!([
        {"kind": "requires", "key": "a", "keys": ["b"], "sentence": "a needs b"},
        {"kind": "required_if", "keys": ["a"], "when": [{"parameter": "b", "values": [1]}], "sentence": "then"},
    ]);
    let mut full = with("parameters", json!([parameter]));
    full["rules"] = rules;
    full["retry"] = json!({"idempotency_key": "Key"});
    full["paging"] = json!({"kind": "linkHeader", "items": "/items"});
    let action = read(&full).expect("readable");
    let parameter = &action.parameters[0];
    assert_eq!(
        (parameter.location, parameter.style, parameter.step),
        (Location::Header, Style::Pipe, 1)
    );
    assert_eq!(parameter.default, Some(Literal::Json(r#"{"a":1}"#)));
    assert_eq!((parameter.schema.kind, parameter.schema.pattern), (Kind::Integer, Some("a\"b")));
    let values = [
        Literal::Int(1),
        Literal::Float(2.5),
        Literal::Str("x"),
        Literal::Null,
        Literal::Bool(true),
    ];
    assert_eq!(parameter.schema.values, values);
    assert!(matches!(action.rules[0].kind, RuleKind::Requires("a", ["b"])));
    assert_eq!(action.retry, Retry::IdempotencyKey("Key"));
    assert_eq!(action.paging.expect("paged").items(), "/items");
}

#[test]
fn named_types_are_found_and_may_lead_back_to_themselves() {
    let parameters = json!([{"key": "a", "schema": "Wood"}, {"key": "b", "schema": "Tree?"}, {"key": "c", "schema": {"kind": "array", "items": "Tree"}}]);
    let action = read(&with("parameters", parameters)).expect("readable");
    let tree = &action.parameters[0].schema;
    assert!(matches!(tree.additional, Additional::None));
    let child = &tree.properties[0].schema.items.expect("items");
    assert_eq!(child.properties[0].name, "children");
    assert!(action.parameters[1].schema.nullable);
    assert!(
        format!("{action:?}").contains("Tree"),
        "a type that leads back to itself is shown by name"
    );
}

#[test]
fn an_action_that_others_go_on_with_is_found_without_being_read() {
    let paging =
        json!({"kind": "cursor", "items": "", "cursor": "id", "next": "/id", "action": "more"});
    let action = read(&with("paging", paging)).expect("readable");
    assert!(matches!(
        action.paging.expect("paged"),
        Pagination::Cursor(Cursor { action: Some(id), .. }) if id == "more"
    ));
}

#[test]
fn nothing_is_half_understood() {
    for (key, value) in [
        ("newer", json!(1)),
        ("title", json!(1)),
        ("effect", json!("reed")),
        ("retry", json!({"idempotency": "x"})),
        ("steps", json!([{"method": "GET", "newer": 1}])),
        ("steps", json!([{"method": "GET", "body": "jsn"}])),
        ("output", json!({"kind": "jsn"})),
        ("paging", json!({"kind": "crsor", "items": ""})),
        (
            "paging",
            json!({"kind": "cursor", "items": "", "cursor": "id", "next": "/id", "action": "none"}),
        ),
        ("parameters", json!([{"key": "a"}])),
        ("parameters", json!([{"key": "a", "schema": {"kind": "strng"}}])),
        (
            "parameters",
            json!([{"key": "a", "schema": {"kind": "object", "properties": [{"name": "b"}]}}]),
        ),
        ("rules", json!([{"kind": "one_of", "keys": ["a"], "sentence": "x"}])),
        ("errors", json!([{"on": "404", "meaning": "x", "newer": 1}])),
    ] {
        assert!(read(&with(key, value.clone())).is_err(), "{key}: {value}");
    }
    assert!(action(&DESK, "do_it", "{").is_err());
    assert!(action(&DESK, "do_it", "{}").is_err());
}
