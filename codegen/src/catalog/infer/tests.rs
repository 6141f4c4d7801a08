//! Inference on realistic and on arbitrary JSON.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Example, FindingKind, Inferred, RootName, infer};
use crate::catalog::conform::{Mode, check};
use crate::catalog::{Schema, Type, TypeDef};

fn names(pairs: &[(&str, &str)]) -> IndexMap<String, String> {
    pairs.iter().map(|(pattern, name)| ((*pattern).to_owned(), (*name).to_owned())).collect()
}

fn one(value: &Value, root: RootName<'_>, pairs: &[(&str, &str)]) -> Inferred {
    let example = Example { origin: 0, root, value, names: &names(pairs) };
    infer(&[], &["Value".to_owned(), "Result".to_owned()], &[example], &mut |wire: &str| wire.to_owned())
}

fn fields(def: &TypeDef) -> Vec<(&str, &Schema)> {
    match &def.schema.ty {
        Type::Object(object) => object.properties.iter().map(|property| (property.name.as_str(), &property.schema)).collect(),
        _ => Vec::new(),
    }
}

fn field<'a>(inferred: &'a Inferred, name: &str, key: &str) -> &'a Schema {
    let def = inferred.types.iter().find(|def| def.name == name).expect("the type");
    fields(def).into_iter().find(|(known, _)| *known == key).expect("the field").1
}

/// Fields in an order of their own, as text: equal for equal shapes.
fn shapes(inferred: &Inferred) -> Vec<String> {
    let shape = |def: &TypeDef| {
        format!(
            "{:?}",
            fields(def)
                .into_iter()
                .collect::<BTreeMap<_, _>>()
                .into_iter()
                .map(|(key, schema)| (key, &schema.ty, &schema.format, schema.nullable))
                .collect::<Vec<_>>()
        )
    };
    inferred.types.iter().filter(|def| !fields(def).is_empty()).map(shape).collect()
}

fn is_free_of_duplicates(inferred: &Inferred) -> bool {
    let shapes = shapes(inferred);
    shapes.iter().collect::<BTreeSet<_>>().len() == shapes.len()
}

const SEED_NAMES: &[(&str, &str)] = &[
    ("/**/_expandable", "map"),
    ("/**/_links", "map"),
    ("/personalSpace", "Space"),
    ("/profilePicture", "Icon"),
    ("/**/homepage", "Content"),
    ("/**/ancestors/*", "Content"),
    ("/**/users/*", "User"),
    ("/**/homepage/body/*", "ContentBody"),
    ("/**/history", "History"),
    ("/**/lookAndFeel/bordersAndDividers", "Colors"),
    ("/**/lookAndFeel/menus", "Colors"),
    ("/**/lookAndFeel/header/*", "Colors"),
    ("/**/hoverOrFocus", "Colors"),
    ("/**/lookAndFeel/content/*", "ScreenLayout"),
    ("/**/restrictions/group", "GroupList"),
    ("/**/subjects/group", "GroupList"),
    ("/**/restrictions/user", "UserList"),
    ("/**/subjects/user", "UserList"),
    ("/**/subjects", "Subjects"),
    ("/**/restrictions/*/restrictions", "Subjects"),
    ("/**/webresource/**/tags", "WebResourceLinks"),
    ("/**/webresource/**/uris", "WebResourceLinks"),
    ("/**/version", "Version"),
    ("/**/operations/*", "Operation"),
];

#[test]
fn the_confluence_user_has_few_types_and_a_closed_recursion() {
    let value: Value = serde_json::from_str(include_str!("testdata/confluence_get_user.json")).expect("JSON");
    let inferred = one(&value, RootName::Chosen("User"), SEED_NAMES);
    let listing: Vec<String> = inferred
        .types
        .iter()
        .map(|def| format!("{}: {}", def.name, fields(def).iter().map(|field| field.0).collect::<Vec<_>>().join(" ")))
        .collect();
    assert_eq!(inferred.findings, [], "{}", listing.join("\n"));
    assert!(inferred.types.len() <= 42, "{} types:\n{}", inferred.types.len(), listing.join("\n"));
    assert!(is_free_of_duplicates(&inferred), "{}", listing.join("\n"));
    let Type::Array(ancestors) = &field(&inferred, "Content", "ancestors").ty else { panic!("ancestors are an array") };
    assert_eq!(ancestors.ty, Type::Named("Content".to_owned()));
    assert!(matches!(field(&inferred, "Content", "_links").ty, Type::Map(_)));
    assert_eq!(field(&inferred, "Version", "when").format.as_deref(), Some("date-time"));
}

#[test]
fn equal_shapes_are_one_type_and_take_the_name_that_one_of_them_has() {
    let value = json!({"owner": {"id": 1, "name": "Ada"}, "author": {"name": "Bo", "id": 2}, "at": {"x": 1.5}, "to": {"x": 2.5}});
    let inferred = one(&value, RootName::Fallback("GetTaskOutput"), &[("/owner", "Person")]);
    assert_eq!(field(&inferred, "GetTaskOutput", "author").ty, Type::Named("Person".to_owned()));
    assert_eq!(inferred.types.iter().map(|def| def.name.as_str()).collect::<Vec<_>>(), ["GetTaskOutput", "Person", "At"]);
}

#[test]
fn kinds_join_within_an_array() {
    let value = json!({"n": [1, 2.5], "t": ["a", null], "mixed": [1, "a"], "none": [], "o": [{"a": 1}, {"b": "x"}]});
    let inferred = one(&value, RootName::Chosen("Report"), &[]);
    let item = |key: &str| match &field(&inferred, "Report", key).ty {
        Type::Array(item) => item.as_ref().clone(),
        _ => Schema::default(),
    };
    assert_eq!(item("n").ty, Type::Number);
    assert!(item("t").ty == Type::String && item("t").nullable);
    assert_eq!(item("mixed").ty, Type::Any);
    assert_eq!(item("none").ty, Type::Any);
    assert_eq!(item("o").ty, Type::Named("O".to_owned()));
    assert_eq!(fields(&inferred.types[1]).len(), 2);
}

#[test]
fn a_conflict_between_two_places_of_one_name_is_told() {
    let value = json!({"a": {"x": "text"}, "b": {"x": {"y": 1}}});
    let inferred = one(&value, RootName::Chosen("Root"), &[("/*", "Part"), ("/c", "Other"), ("d", "Part")]);
    let conflict = FindingKind::FieldConflict {
        pointer: "/b/x".to_owned(),
        other_origin: 0,
        other_pointer: "/a/x".to_owned(),
        expected: "a string".to_owned(),
        found: "an object".to_owned(),
    };
    let kinds: Vec<_> = inferred.findings.iter().map(|finding| finding.kind.clone()).collect();
    assert!(kinds.contains(&conflict), "{kinds:?}");
    assert!(kinds.contains(&FindingKind::UnusedName { pattern: "/c".to_owned() }));
    assert!(matches!(kinds[0], FindingKind::BadPattern { .. }));
}

#[test]
fn the_most_specific_pattern_wins() {
    let value = json!({"a": {"x": {"p": 1}}, "b": {"x": {"q": 1}}, "c": {"d": {"x": {"r": 1}}}});
    let inferred = one(&value, RootName::Chosen("Root"), &[("/a/x", "Exact"), ("/*/x", "One"), ("/**/x", "Deep")]);
    assert_eq!(field(&inferred, "A", "x").ty, Type::Named("Exact".to_owned()));
    assert_eq!(field(&inferred, "B", "x").ty, Type::Named("One".to_owned()));
    assert_eq!(field(&inferred, "D", "x").ty, Type::Named("Deep".to_owned()));
}

#[test]
fn any_wire_name_becomes_a_type_name() {
    let value = json!({"": {"a": 1}, "404": {"b": 1}, "größe": {"c": 1}, "Self": {"d": 1}, "results": [{"e": 1}], "日本": {"f": 1}});
    let inferred = one(&value, RootName::Chosen("Root"), &[]);
    let names: Vec<&str> = inferred.types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(names, ["Root", "Item", "Item404", "GrE", "RootSelf", "RootResult", "RootItem"]);
}

#[test]
fn a_declared_type_is_checked_and_not_inferred() {
    let schema = Schema { ty: Type::Integer, ..Schema::default() };
    let declared = [TypeDef { name: "Count".to_owned(), description: None, schema }];
    let value = json!({"n": "many", "m": 3});
    let map = names(&[("/*", "Count")]);
    let example = Example { origin: 7, root: RootName::Chosen("Root"), value: &value, names: &map };
    let inferred = infer(&declared, &[], &[example], &mut |wire: &str| wire.to_owned());
    let kind =
        FindingKind::DeclaredMismatch { pointer: "/n".to_owned(), message: "expected an integer, found the string `many`".to_owned() };
    assert_eq!(inferred.findings.iter().map(|finding| &finding.kind).collect::<Vec<_>>(), [&kind]);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(json!(1.5)),
        "[a-c]{0,2}|date-time".prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 48, 5, |inner| {
        let members = proptest::collection::vec(("[a-d]|[^a]{0,2}|ids", inner.clone()), 0..5);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect()))
        ]
    })
}

fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(reversed).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect::<Map<_, _>>())
        }
        _ => value.clone(),
    }
}

proptest! {
    #[test]
    fn an_example_conforms_to_its_own_type(value in any_json()) {
        for pairs in [&[][..], &[("/a", "A"), ("/**/b", "B"), ("/*/c", "map"), ("/**/a/*", "A")]] {
            let inferred = one(&value, RootName::Fallback("Root"), pairs);
            let types = inferred.types.iter().map(|def| (def.name.as_str(), def)).collect();
            prop_assert_eq!(check(&value, &inferred.roots[0], &types, Mode::Lenient), []);
            if pairs.is_empty() {
                prop_assert!(is_free_of_duplicates(&inferred));
            }
        }
    }

    #[test]
    fn the_order_of_keys_changes_no_shape(value in any_json()) {
        let (left, right) = (one(&value, RootName::Fallback("Root"), &[]), one(&reversed(&value), RootName::Fallback("Root"), &[]));
        prop_assert_eq!(left.types.len(), right.types.len());
    }

    #[test]
    fn the_order_in_which_examples_are_given_changes_nothing(first in any_json(), second in any_json()) {
        let none = IndexMap::new();
        let first = Example { origin: 1, root: RootName::Fallback("First"), value: &first, names: &none };
        let second = Example { origin: 2, root: RootName::Fallback("Second"), value: &second, names: &none };
        let mut idents = |wire: &str| wire.to_owned();
        let left = infer(&[], &[], &[first, second], &mut idents);
        let right = infer(&[], &[], &[second, first], &mut idents);
        prop_assert_eq!(format!("{:?}", left.types), format!("{:?}", right.types));
        prop_assert_eq!(&left.roots[0], &right.roots[1]);
    }
}
