//! What arguments are refused for.

use actionspec_runtime::descriptor::*;
use proptest::prelude::*;
use serde_json::{Value, json};

use actionspec_test_support::fixture::{base_action, get_user, leak};

fn codes(action: &Action, arguments: &Value) -> Vec<(String, &'static str)> {
    let violations =
        action.validate(arguments).err().map_or_else(Vec::new, |violations| violations.0);
    violations.into_iter().map(|violation| (violation.parameter, violation.code)).collect()
}

#[expect(clippy::large_types_passed_by_value, reason = "schemas are written where they are tried")]
fn of_schema(schema: Schema, value: &Value) -> Vec<&'static str> {
    let parameter = Parameter { key: "a", location: Location::Body, schema, ..Parameter::DEFAULT };
    let action = Action { parameters: leak(vec![parameter]), ..base_action() };
    codes(&action, &json!({"a": value})).into_iter().map(|(_, code)| code).collect()
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
    let text = |schema| of_schema(schema, &json!("héllo"));
    assert_eq!(text(Schema { min_length: Some(6), ..Schema::STRING }), ["min_length"]);
    assert_eq!(text(Schema { max_length: Some(4), ..Schema::STRING }), ["max_length"]);
    assert_eq!(
        text(Schema { min_length: Some(5), max_length: Some(5), ..Schema::STRING }),
        [""; 0]
    );
    assert_eq!(text(Schema { pattern: Some("^[a-z]+$"), ..Schema::STRING }), ["pattern"]);
    assert_eq!(text(Schema { pattern: Some("l+"), ..Schema::STRING }), [""; 0]);
    assert_eq!(text(Schema { format: Some(Format::Uuid), ..Schema::STRING }), ["format"]);
    let number = |schema| of_schema(schema, &json!(0.3));
    assert_eq!(number(Schema::INTEGER), ["type"]);
    assert_eq!(number(Schema { multiple_of: Some(0.1), ..Schema::NUMBER }), [""; 0]);
    assert_eq!(number(Schema { multiple_of: Some(0.2), ..Schema::NUMBER }), ["multiple_of"]);
    assert_eq!(
        number(Schema {
            exclusive_minimum: Some(0.3),
            exclusive_maximum: Some(0.3),
            ..Schema::NUMBER
        }),
        ["exclusive_minimum", "exclusive_maximum"]
    );
    let list = |schema| of_schema(schema, &json!([1, 2, 1]));
    assert_eq!(list(Schema { min_items: Some(4), ..Schema::ARRAY }), ["min_items"]);
    assert_eq!(
        list(Schema { max_items: Some(2), unique_items: true, ..Schema::ARRAY }),
        ["max_items", "unique_items"]
    );
    assert_eq!(of_schema(Schema::STRING, &Value::Null), ["type"]);
    assert_eq!(of_schema(Schema { nullable: true, ..Schema::STRING }, &Value::Null), [""; 0]);
    assert_eq!(of_schema(Schema::INTEGER, &json!(u64::MAX)), ["type"]);
}

#[test]
fn objects_are_checked_inside() {
    static PROPERTIES: [Property; 2] = [
        Property { name: "name", required: true, schema: SchemaRef::new(&Schema::STRING) },
        Property { name: "age", required: false, schema: SchemaRef::new(&Schema::INTEGER) },
    ];
    let closed =
        || Schema { properties: &PROPERTIES, additional: Additional::None, ..Schema::OBJECT };
    assert_eq!(
        of_schema(closed(), &json!({"age": "x", "nmae": 1})),
        ["required", "type", "unknown_property"]
    );
    let typed = Schema {
        properties: &PROPERTIES,
        additional: Additional::Typed(SchemaRef::new(&Schema::BOOLEAN)),
        ..Schema::OBJECT
    };
    assert_eq!(of_schema(typed, &json!({"name": "", "more": 1, "yes": true})), ["type"]);
}

#[test]
fn rules_hold_across_parameters() {
    const fn parameter(key: &'static str) -> Parameter {
        Parameter { key, wire_name: key, ..Parameter::DEFAULT }
    }
    static MODE_B: [Condition; 1] = [Condition { parameter: "mode", values: &[Literal::Str("b")] }];
    let broken = |kind: RuleKind, arguments: Value| {
        let mode = Parameter { default: Some(Literal::Str("b")), ..parameter("mode") };
        let parameters = leak(vec![parameter("x"), parameter("y"), mode]);
        let action = Action {
            parameters,
            rules: leak(vec![Rule { kind, sentence: "So it is." }]),
            ..base_action()
        };
        codes(&action, &arguments).into_iter().map(|(parameter, _)| parameter).collect::<String>()
    };
    let keys: &[&str] = &["x", "y"];
    assert_eq!(broken(RuleKind::ExactlyOneOf(keys), json!({})), "x");
    assert_eq!(broken(RuleKind::ExactlyOneOf(keys), json!({"x": 1, "y": 1})), "x");
    assert_eq!(broken(RuleKind::ExactlyOneOf(keys), json!({"y": 1})), "");
    assert_eq!(broken(RuleKind::AtLeastOneOf(keys), json!({})), "x");
    assert_eq!(broken(RuleKind::AtMostOneOf(keys), json!({"x": 1, "y": 1})), "x");
    assert_eq!(broken(RuleKind::AllOrNone(keys), json!({"x": 1})), "y");
    assert_eq!(broken(RuleKind::Requires("x", &["y"]), json!({"x": 1})), "y");
    assert_eq!(broken(RuleKind::Requires("x", &["y"]), json!({})), "");
    assert_eq!(broken(RuleKind::Conflicts("x", &["y"]), json!({"x": 1, "y": 1})), "x");
    assert_eq!(broken(RuleKind::RequiredIf(keys, &MODE_B), json!({"x": 1})), "y");
    assert_eq!(broken(RuleKind::RequiredIf(keys, &MODE_B), json!({"mode": "a"})), "");
    assert_eq!(broken(RuleKind::AllowedIf(keys, &MODE_B), json!({"y": 1, "mode": "a"})), "y");
}

#[test]
fn places_on_the_wire_refuse_what_would_change_their_meaning() {
    let at = |location, style, value: &Value| {
        let parameter =
            Parameter { key: "a", wire_name: "a", location, style, ..Parameter::DEFAULT };
        codes(&Action { parameters: leak(vec![parameter]), ..base_action() }, &json!({"a": value}))
            .pop()
            .map(|(_, code)| code)
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
    let parameter = Parameter {
        key: "a",
        location: Location::Body,
        max_bytes: Some(2),
        schema: Schema::FILE,
        ..Parameter::DEFAULT
    };
    let action = Action { parameters: leak(vec![parameter]), ..base_action() };
    let code = |value: Value| codes(&action, &json!({"a": value})).pop().map(|(_, code)| code);
    assert_eq!(code(json!({"content": "YWI="})), None);
    assert_eq!(code(json!({"content": "YWJj"})), Some("max_bytes"));
    assert_eq!(code(json!("ab")), None);
    assert_eq!(code(json!({"content": "no base64"})), Some("type"));
    assert_eq!(code(json!(3)), Some("type"));
}

#[test]
fn a_secret_value_is_in_no_message() {
    let schema = Schema { values: &[Literal::Str("alpha")], pattern: Some("^x"), ..Schema::STRING };
    let parameter = Parameter {
        key: "a",
        location: Location::Body,
        secret: true,
        schema,
        ..Parameter::DEFAULT
    };
    let action = Action { parameters: leak(vec![parameter]), ..base_action() };
    assert!(
        !action.validate(&json!({"a": "alhpa-secret"})).unwrap_err().to_string().contains("secret")
    );
}

proptest! {
    #[test]
    fn lengths_count_characters(text in "\\PC{0,12}") {
        let length = text.chars().count() as u64;
        let exact = Schema { min_length: Some(length), max_length: Some(length), ..Schema::STRING };
        prop_assert_eq!(of_schema(exact, &json!(text)), [""; 0]);
        let longer = Schema { min_length: Some(length + 1), ..Schema::STRING };
        prop_assert_eq!(of_schema(longer, &json!(text)), ["min_length"]);
    }

    #[test]
    fn limits_agree_with_arithmetic(number in any::<i32>(), limit in any::<i32>()) {
        let found = of_schema(Schema { minimum: Some(limit.into()), ..Schema::INTEGER }, &json!(number));
        prop_assert_eq!(found.is_empty(), number >= limit);
        let found = of_schema(Schema { exclusive_maximum: Some(limit.into()), ..Schema::INTEGER }, &json!(number));
        prop_assert_eq!(found.is_empty(), number < limit);
    }
}

/// `Tree`: an object with a `child` that is a tree, in two forms that hardly differ.
static TREE: Schema = Schema { union: Some(&TREES), ..Schema::DEFAULT };
static TREES: Union = Union {
    exactly_one: true,
    discriminator: None,
    alternatives: &[
        Alternative { title: "Oak", tags: &[], schema: SchemaRef::new(&OAK) },
        Alternative { title: "Elm", tags: &[], schema: SchemaRef::new(&ELM) },
    ],
};
static OAK: Schema = Schema {
    properties: &[
        Property { name: "child", required: false, schema: SchemaRef::new(&TREE) },
        Property { name: "oak", required: true, schema: SchemaRef::new(&Schema::BOOLEAN) },
    ],
    ..Schema::OBJECT
};
static ELM: Schema = Schema {
    properties: &[
        Property { name: "child", required: false, schema: SchemaRef::new(&TREE) },
        Property { name: "elm", required: true, schema: SchemaRef::new(&Schema::BOOLEAN) },
    ],
    ..Schema::OBJECT
};

#[expect(clippy::large_types_passed_by_value, reason = "schemas are written where they are tried")]
fn messages(schema: Schema, value: &Value) -> Vec<String> {
    let parameter = Parameter { key: "a", location: Location::Body, schema, ..Parameter::DEFAULT };
    let action = Action { parameters: leak(vec![parameter]), ..base_action() };
    let violations = action.validate(&json!({"a": value})).err();
    violations
        .map_or_else(Vec::new, |violations| violations.iter().map(ToString::to_string).collect())
}

#[test]
fn a_value_is_of_one_of_several_types() {
    assert_eq!(messages(TREE, &json!({"oak": true, "child": {"elm": true}})), [""; 0]);
    assert_eq!(
        messages(TREE, &json!({"oak": true, "elm": true})),
        ["`a` must be of exactly one of its types, and is of `Oak`, `Elm`"]
    );
    assert_eq!(
        messages(TREE, &json!({})),
        ["`a` is of none of its types: `Oak` (`oak` is required), `Elm` (`elm` is required)"]
    );
    assert_eq!(
        messages(TREE, &json!({"oak": true, "child": {"elm": 1}})),
        [
            "`a` is of none of its types: `Oak` (`child` must be of one of its types), `Elm` (`child` must be of one of its types)"
        ]
    );
    assert_eq!(of_schema(TREE, &json!(1)), ["one_of"]);
}

#[test]
fn many_types_are_told_in_few_words() {
    static MANY: [Alternative; 40] = [const {
        Alternative { title: "Closed", tags: &[], schema: SchemaRef::new(&Schema::OBJECT) }
    }; 40];
    let schema = Schema {
        union: Some(
            leak(vec![Union { exactly_one: false, discriminator: None, alternatives: &MANY }])
                .first()
                .unwrap(),
        ),
        ..Schema::DEFAULT
    };
    let said = messages(schema, &json!("x")).concat();
    assert!(said.ends_with("and 34 more") && said.len() < 400, "{said}");
}

#[test]
fn deep_values_of_like_types_are_checked_in_no_time() {
    let deep = (0..100).fold(json!({"ash": true}), |child, _| json!({"oak": true, "child": child}));
    assert_eq!(of_schema(TREE, &deep), ["one_of"]);
}
