//! What arguments are refused for.

use std::sync::LazyLock;

use actionspec_model::schema::{Alternative, Union};
use actionspec_model::{Action, Rule};
use actionspec_runtime::descriptor::{
    Integration, Location, Parameter, Schema, StatedRule, Style, Type,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use actionspec_test_support::fixture::{
    base_action, base_facts, declare, declare_action, declare_action_of, get_user, in_body,
    parameter, schema,
};

fn codes(
    action: &actionspec_runtime::descriptor::Action,
    arguments: &Value,
) -> Vec<(String, &'static str)> {
    let violations =
        action.validate(arguments).err().map_or_else(Vec::new, |violations| violations.0);
    violations.into_iter().map(|violation| (violation.parameter, violation.code)).collect()
}

/// The codes of what is wrong with a value of a type, which is written as an author writes it.
fn of_schema(written: Value, value: &Value) -> Vec<&'static str> {
    let action = Action { parameters: vec![in_body("a", schema(written))], ..base_action() };
    codes(declare_action(action), &json!({"a": value})).into_iter().map(|(_, code)| code).collect()
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let arguments = json!({"expand": ["groups", "mangaer", 3], "limit": 0, "lmit": 1});
    let violations = get_user().validate(&arguments).unwrap_err();
    let found: Vec<_> = violations
        .0
        .iter()
        .map(|violation| (violation.parameter.as_str(), violation.code))
        .collect();
    let expected = [
        ("id", "required"),
        ("expand/1", "enum"),
        ("expand/2", "type"),
        ("limit", "minimum"),
        ("lmit", "unknown_parameter"),
    ];
    assert_eq!(found, expected);
    let text = violations.to_string();
    assert!(
        text.contains("`expand/1` must be one of `groups`, `manager`; did you mean `manager`?"),
        "{text}"
    );
    assert!(
        text.contains("`lmit` is not a parameter of this action; did you mean `limit`?"),
        "{text}"
    );
}

#[test]
fn right_arguments_are_accepted() {
    assert_eq!(codes(get_user(), &json!({"id": "1", "expand": ["groups"], "limit": 50})), []);
    assert_eq!(codes(get_user(), &json!([]))[0].1, "type");
}

#[test]
fn every_constraint_has_its_code() {
    let text = |written| of_schema(written, &json!("héllo"));
    assert_eq!(text(json!({"type": "string", "minLength": 6})), ["min_length"]);
    assert_eq!(text(json!({"type": "string", "maxLength": 4})), ["max_length"]);
    assert_eq!(text(json!({"type": "string", "minLength": 5, "maxLength": 5})), [""; 0]);
    assert_eq!(text(json!({"type": "string", "pattern": "^[a-z]+$"})), ["pattern"]);
    assert_eq!(text(json!({"type": "string", "pattern": "l+"})), [""; 0]);
    assert_eq!(text(json!({"type": "string", "format": "uuid"})), ["format"]);
    let number = |written| of_schema(written, &json!(0.3));
    assert_eq!(number(json!({"type": "integer"})), ["type"]);
    assert_eq!(number(json!({"type": "number", "multipleOf": 0.1})), [""; 0]);
    assert_eq!(number(json!({"type": "number", "multipleOf": 0.2})), ["multiple_of"]);
    assert_eq!(
        number(json!({"type": "number", "exclusiveMinimum": 0.3, "exclusiveMaximum": 0.3})),
        ["exclusive_minimum", "exclusive_maximum"]
    );
    let list = |written| of_schema(written, &json!([1, 2, 1]));
    assert_eq!(list(json!({"type": "array", "minItems": 4})), ["min_items"]);
    assert_eq!(
        list(json!({"type": "array", "maxItems": 2, "uniqueItems": true})),
        ["max_items", "unique_items"]
    );
    assert_eq!(of_schema(json!({"type": "string"}), &Value::Null), ["type"]);
    assert_eq!(of_schema(json!({"type": "string", "nullable": true}), &Value::Null), [""; 0]);
    assert_eq!(of_schema(json!({"type": "integer"}), &json!(u64::MAX)), ["type"]);
    assert_eq!(
        of_schema(json!({"type": "integer", "format": "uint64"}), &json!(u64::MAX)),
        [""; 0]
    );
    let names = json!({"type": "object", "propertyNames": {"maxLength": 2}});
    assert_eq!(of_schema(names, &json!({"ab": 1, "abc": 2})), ["property_names"]);
}

#[test]
fn objects_are_checked_inside() {
    let written = |additional: Value| {
        json!({
            "type": "object",
            "properties": {
                "name": {"type": "string", "required": true},
                "age": {"type": "integer"},
            },
            "additionalProperties": additional,
        })
    };
    assert_eq!(
        of_schema(written(json!(false)), &json!({"age": "x", "nmae": 1})),
        ["required", "type", "unknown_property"]
    );
    let typed = written(json!({"type": "boolean"}));
    assert_eq!(of_schema(typed, &json!({"name": "", "more": 1, "yes": true})), ["type"]);
}

#[test]
fn rules_hold_across_parameters() {
    let broken = |rule: Value, arguments: Value| {
        let mode = parameter("mode", schema(json!({"default": "b"})));
        let parameters = vec![parameter("x", Schema::ANY), parameter("y", Schema::ANY), mode];
        let rule: Rule = serde_json::from_value(rule).unwrap();
        let rules = vec![StatedRule { rule, sentence: "So it is.".to_owned() }];
        let action = declare_action(Action { parameters, rules, ..base_action() });
        codes(action, &arguments).into_iter().map(|(parameter, _)| parameter).collect::<String>()
    };
    assert_eq!(broken(json!({"exactlyOneOf": ["x", "y"]}), json!({})), "x");
    assert_eq!(broken(json!({"exactlyOneOf": ["x", "y"]}), json!({"x": 1, "y": 1})), "x");
    assert_eq!(broken(json!({"exactlyOneOf": ["x", "y"]}), json!({"y": 1})), "");
    assert_eq!(broken(json!({"atLeastOneOf": ["x", "y"]}), json!({})), "x");
    assert_eq!(broken(json!({"atMostOneOf": ["x", "y"]}), json!({"x": 1, "y": 1})), "x");
    assert_eq!(broken(json!({"allOrNone": ["x", "y"]}), json!({"x": 1})), "y");
    assert_eq!(broken(json!({"requires": {"x": ["y"]}}), json!({"x": 1})), "y");
    assert_eq!(broken(json!({"requires": {"x": ["y"]}}), json!({})), "");
    assert_eq!(broken(json!({"conflicts": {"x": ["y"]}}), json!({"x": 1, "y": 1})), "x");
    let when_b = |kind: &str| json!({kind: {"parameters": ["x", "y"], "when": {"mode": "b"}}});
    assert_eq!(broken(when_b("requiredIf"), json!({"x": 1})), "y");
    assert_eq!(broken(when_b("requiredIf"), json!({"mode": "a"})), "");
    assert_eq!(broken(when_b("allowedIf"), json!({"y": 1, "mode": "a"})), "y");
}

#[test]
fn places_on_the_wire_refuse_what_would_change_their_meaning() {
    let at = |location, style, value: &Value| {
        let parameter = Parameter { location, style, ..parameter("a", Schema::ANY) };
        let action = Action { parameters: vec![parameter], ..base_action() };
        codes(declare_action(action), &json!({"a": value})).pop().map(|(_, code)| code)
    };
    for value in ["", ".", ".."] {
        assert_eq!(at(Location::Path, Style::Comma, &json!(value)), Some("path"));
    }
    assert_eq!(at(Location::Header, Style::Comma, &json!("a\r\nb")), Some("header"));
    assert_eq!(at(Location::Header, Style::Comma, &json!(["a,b"])), Some("separator"));
    assert_eq!(at(Location::Query, Style::Pipe, &json!(["a|b"])), Some("separator"));
    assert_eq!(at(Location::Query, Style::Space, &json!(["a b"])), Some("separator"));
    assert_eq!(at(Location::Query, Style::Comma, &json!(["a,b"])), None);
}

#[test]
fn files_have_a_form_and_a_size() {
    let parameter = Parameter { max_bytes: Some(2), ..in_body("a", Schema::of(Type::File)) };
    let action = declare_action(Action { parameters: vec![parameter], ..base_action() });
    let code = |value: Value| codes(action, &json!({"a": value})).pop().map(|(_, code)| code);
    assert_eq!(code(json!({"content": "YWI="})), None);
    assert_eq!(code(json!({"content": "YWJj"})), Some("max_bytes"));
    assert_eq!(code(json!("ab")), None);
    assert_eq!(code(json!({"content": "no base64"})), Some("type"));
    assert_eq!(code(json!(3)), Some("type"));
}

#[test]
fn a_secret_value_is_in_no_message() {
    let pin = schema(json!({"type": "string", "enum": ["alpha"], "pattern": "^x", "secret": true}));
    let action = declare_action(Action { parameters: vec![in_body("a", pin)], ..base_action() });
    assert!(
        !action.validate(&json!({"a": "alhpa-secret"})).unwrap_err().to_string().contains("secret")
    );
}

proptest! {
    #[test]
    fn lengths_count_characters(text in "\\PC{0,12}") {
        let length = text.chars().count() as u64;
        let exact = json!({"type": "string", "minLength": length, "maxLength": length});
        prop_assert_eq!(of_schema(exact, &json!(text)), [""; 0]);
        let longer = json!({"type": "string", "minLength": length + 1});
        prop_assert_eq!(of_schema(longer, &json!(text)), ["min_length"]);
    }

    #[test]
    fn limits_agree_with_arithmetic(number in any::<i32>(), limit in any::<i32>()) {
        let found = of_schema(json!({"type": "integer", "minimum": limit}), &json!(number));
        prop_assert_eq!(found.is_empty(), number >= limit);
        let found = of_schema(json!({"type": "integer", "exclusiveMaximum": limit}), &json!(number));
        prop_assert_eq!(found.is_empty(), number < limit);
    }
}

/// An integration with the type `Tree`: an object with a `child` that is a tree, in two forms that hardly differ.
static WOOD: LazyLock<&Integration> = LazyLock::new(|| {
    let kind = |name: &str| {
        json!({"type": "object", "properties": {
            "child": {"$ref": "Tree"},
            name: {"type": "boolean", "required": true},
        }})
    };
    let alternative = |title: &str, name: &str| {
        let mut written = kind(name);
        written["title"] = json!(title);
        written
    };
    let tree = json!({"oneOf": [alternative("Oak", "oak"), alternative("Elm", "elm")]});
    let types = serde_json::value::to_raw_value(&json!({"Tree": tree})).unwrap();
    declare(actionspec_model::Integration { types: Some(types), ..base_facts() })
});

/// What is said of a value of a type of that integration.
fn violations(schema: Schema, value: &Value) -> Vec<(String, &'static str)> {
    let action = Action { parameters: vec![in_body("a", schema)], ..base_action() };
    let found = declare_action_of(*WOOD, action).validate(&json!({"a": value})).err();
    found.map_or_else(Vec::new, |found| {
        found.iter().map(|violation| (violation.to_string(), violation.code)).collect()
    })
}

fn messages(schema: Schema, value: &Value) -> Vec<String> {
    violations(schema, value).into_iter().map(|(message, _)| message).collect()
}

fn of_tree(value: &Value) -> Vec<&'static str> {
    violations(Schema::named("Tree"), value).into_iter().map(|(_, code)| code).collect()
}

#[test]
fn a_value_is_of_one_of_several_types() {
    let tree = || Schema::named("Tree");
    assert_eq!(messages(tree(), &json!({"oak": true, "child": {"elm": true}})), [""; 0]);
    assert_eq!(
        messages(tree(), &json!({"oak": true, "elm": true})),
        ["`a` must be of exactly one of its types, but is of `Oak`, `Elm`"]
    );
    assert_eq!(
        messages(tree(), &json!({})),
        ["`a` is of none of its types: `Oak` (`oak` is required), `Elm` (`elm` is required)"]
    );
    assert_eq!(
        messages(tree(), &json!({"oak": true, "child": {"elm": 1}})),
        [
            "`a` is of none of its types: `Oak` (`child` must be of one of its types), `Elm` (`child` must be of one of its types)"
        ]
    );
    assert_eq!(of_tree(&json!(1)), ["one_of"]);
}

#[test]
fn many_types_are_told_in_few_words() {
    let closed = Alternative {
        title: "Closed".to_owned(),
        tags: Vec::new(),
        schema: schema(json!({"type": "object"})),
    };
    let union = Union {
        exactly_one: false,
        discriminator: None,
        alternatives: std::iter::repeat_n(closed, 40).collect(),
    };
    let said = messages(Schema::of(Type::Union(union)), &json!("x")).concat();
    assert!(said.ends_with("and 34 more") && said.len() < 400, "{said}");
}

#[test]
fn deep_values_of_like_types_are_checked_in_no_time() {
    let deep = (0..100).fold(json!({"ash": true}), |child, _| json!({"oak": true, "child": child}));
    assert_eq!(of_tree(&deep), ["one_of"]);
}
