//! Descriptors as they are read from their texts.

use actionspec_model::paging::Cursor;
use actionspec_model::schema::underlying;
use actionspec_model::{self as model, Rule};
use actionspec_runtime::descriptor::{
    Action, Integration, Location, Pagination, Retry, Schema, Style, Type,
};
use serde_json::{Value, json};

use actionspec_test_support::fixture::base_facts;

/// The least that an action says.
fn least() -> Value {
    json!({
        "id": "do_it",
        "title": "Do It",
        "documentation": "https://docs.example.com/do",
        "effect": "read",
        "retry": "safe",
        "steps": [{"request": {"http": {"method": "GET", "path": "/it"}}}],
        "output": {"kind": "json"},
        "timeoutSeconds": 1.0,
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut action = least();
    action[key] = value;
    action
}

/// An integration of this action, and of another one whose text cannot be read.
fn integration(text: String) -> &'static Integration {
    let types = json!({
        "Tree": {
            "type": "object",
            "properties": {"children": {"type": "array", "items": {"$ref": "Tree"}}},
            "additionalProperties": false,
        },
        "Shrub": {"type": "object", "nullable": true},
        "Wood": {"$ref": "Tree"},
    });
    let types = serde_json::value::to_raw_value(&types).unwrap();
    let facts = json!(model::Integration { types: Some(types), ..base_facts() }).to_string();
    let actions = [("do_it", text), ("more", "{}".to_owned())];
    Box::leak(Box::new(Integration::from_json(&facts, actions).unwrap()))
}

fn read(action: &Value) -> &'static Action {
    let file = json!({"action": action, "example": [1]});
    integration(file.to_string()).action("do_it").unwrap()
}

/// Whether the text of the action, and not the other one, is an error.
fn is_refused(text: String) -> bool {
    integration(text).check().unwrap_err().starts_with("desk.do_it: ")
}

#[test]
fn what_is_not_said_is_the_default() {
    let action = read(&least());
    assert_eq!(
        (action.title.as_str(), action.parameters.len(), action.steps[0].path()),
        ("Do It", 0, "/it")
    );
    assert_eq!(json!(action.timeout_seconds), json!(1.0));
    assert!(
        action.paging.is_none()
            && action.deprecated.is_none()
            && action.steps[0].body().is_none()
            && action.output.schema == Schema::ANY
    );
    assert_eq!(
        (&action.parameters_schema()["type"], action.example()),
        (&json!("object"), Some(json!([1])))
    );
}

#[test]
fn what_is_said_is_read() {
    let parameter = json!({
        "key": "n", "wireName": "N", "title": "N", "in": "header", "style": "pipe", "step": 1, "maxBytes": 7,
        "schema": {
            "type": "integer", "required": true, "secret": true, "default": {"a": 1}, "deprecated": {"reason": "Old."},
            "enum": [1, 2.5, "x", null, true], "minimum": -1, "multipleOf": 0.5, "pattern": "a\"b",
        },
    });
    let mut full = with("parameters", json!([parameter]));
    full["rules"] = json!([
        {"rule": {"requires": {"a": ["b"]}}, "sentence": "a needs b"},
        {"rule": {"requiredIf": {"parameters": ["a"], "when": {"b": 1}}}, "sentence": "then"},
    ]);
    full["retry"] = json!({"idempotencyKey": "Key"});
    full["paging"] = json!({"kind": "linkHeader", "items": "/items"});
    let action = read(&full);
    let parameter = &action.parameters[0];
    assert_eq!(
        (parameter.location, parameter.style, parameter.step, parameter.max_bytes),
        (Location::Header, Style::Pipe, 1, Some(7))
    );
    let schema = &parameter.schema;
    assert!(schema.required && schema.secret && schema.deprecated.is_some());
    assert_eq!((&schema.ty, &schema.default), (&Type::Integer, &Some(json!({"a": 1}))));
    assert_eq!(json!(schema.constraints)["pattern"], "a\"b");
    let values: Vec<Value> = schema.values.iter().map(|one| one.value.clone()).collect();
    assert_eq!(json!(values), json!([1, 2.5, "x", null, true]));
    let requires = Rule::Requires([("a".to_owned(), vec!["b".to_owned()])].into());
    assert_eq!(action.rules[0].rule, requires);
    assert_eq!(action.retry, Retry::IdempotencyKey("Key".to_owned()));
    assert_eq!(action.paging.as_ref().unwrap().items(), "/items");
}

#[test]
fn named_types_are_found_and_may_lead_back_to_themselves() {
    let parameters = json!([
        {"key": "a", "schema": {"$ref": "Wood"}},
        {"key": "b", "schema": {"$ref": "Shrub"}},
        {"key": "c", "schema": {"type": "array", "items": {"$ref": "Tree"}}},
    ]);
    let action = read(&with("parameters", parameters));
    let of = |schema| underlying(schema, action.integration).unwrap();
    let object = |schema| match &of(schema).ty {
        Type::Object(object) => object,
        other => unreachable!("{other:?}"),
    };
    let tree = object(&action.parameters[0].schema);
    assert!(tree.additional.is_none());
    let Type::Array(child) = &tree.properties[0].schema.ty else { unreachable!("{tree:?}") };
    assert_eq!(object(child).properties[0].name, "children");
    assert!(of(&action.parameters[1].schema).nullable);
    let Type::Array(items) = &action.parameters[2].schema.ty else { unreachable!("{action:?}") };
    assert_eq!(object(items), tree);
    assert!(
        format!("{:?}", **action).contains("Tree"),
        "a type that leads back to itself is shown by name"
    );
}

#[test]
fn an_action_that_others_go_on_with_is_found_without_being_read() {
    let paging =
        json!({"kind": "cursor", "items": "", "cursor": "id", "next": "/id", "action": "more"});
    let action = read(&with("paging", paging));
    assert!(matches!(
        &action.paging,
        Some(Pagination::Cursor(Cursor { action: Some(id), .. })) if id == "more"
    ));
}

#[test]
fn nothing_is_half_understood() {
    let request = |more: Value| {
        let mut http = json!({"method": "GET", "path": "/it"});
        http.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([{"request": {"http": http}}])
    };
    let of_schema = |schema: Value| json!([{"key": "a", "schema": schema}]);
    let mut step = request(json!({}));
    step[0]["newer"] = json!(1);
    for (key, value) in [
        ("newer", json!(1)),
        ("id", json!("do_that")),
        ("title", json!(1)),
        ("effect", json!("reed")),
        ("retry", json!({"idempotency": "x"})),
        ("steps", step),
        ("steps", request(json!({"newer": 1}))),
        ("steps", request(json!({"body": "jsn"}))),
        ("output", json!({"kind": "jsn"})),
        ("paging", json!({"kind": "crsor", "items": ""})),
        (
            "paging",
            json!({"kind": "cursor", "items": "", "cursor": "id", "next": "/id", "action": "none"}),
        ),
        ("parameters", json!([{"schema": {"type": "string"}}])),
        ("parameters", of_schema(json!({"type": "strng"}))),
        ("parameters", of_schema(json!({"type": "object", "properties": {"b": null}}))),
        ("rules", json!([{"rule": {"oneOf": ["a"]}, "sentence": "x"}])),
        ("errors", json!({"404": {"meaning": "x"}})),
    ] {
        let file = json!({"action": with(key, value.clone())});
        assert!(is_refused(file.to_string()), "{key}: {value}");
    }
    assert!(is_refused("{".to_owned()));
    assert!(is_refused("{}".to_owned()));
}

#[test]
fn an_error_with_an_unknown_field_is_not_half_understood() {
    let errors = json!({"404": {"description": "x", "newer": 1}});
    assert!(is_refused(json!({"action": with("errors", errors)}).to_string()));
}
