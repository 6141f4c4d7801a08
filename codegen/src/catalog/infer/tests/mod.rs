//! Inference on realistic and on arbitrary JSON.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

mod properties;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Example, FindingKind, Inferred, RootName, infer};
use crate::catalog::idents::of_properties;
use crate::catalog::{Object, Property, Schema, Type, TypeDef};
use actionspec_model::validate::{Mode, check};
use actionspec_model::words::singular;

fn names(pairs: &[(&str, &str)]) -> IndexMap<String, String> {
    pairs.iter().map(|(pattern, name)| ((*pattern).to_owned(), (*name).to_owned())).collect()
}

fn one(value: &Value, root: RootName<'_>, pairs: &[(&str, &str)]) -> Inferred {
    let example = Example { origin: 0, root, value, names: &names(pairs) };
    infer(&[], &["Value".to_owned(), "Result".to_owned()], &[example])
}

fn fields(def: &TypeDef) -> Vec<(&str, &Schema)> {
    match &def.schema.ty {
        Type::Object(object) => object
            .properties
            .iter()
            .map(|property| (property.name.as_str(), &property.schema))
            .collect(),
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
    let value: Value =
        serde_json::from_str(include_str!("../testdata/confluence_get_user.json")).expect("JSON");
    let inferred = one(&value, RootName::Chosen("User"), SEED_NAMES);
    let listing: Vec<String> = inferred
        .types
        .iter()
        .map(|def| {
            format!(
                "{}: {}",
                def.name,
                fields(def).iter().map(|field| field.0).collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    assert_eq!(inferred.findings, [], "{}", listing.join("\n"));
    assert!(inferred.types.len() <= 42, "{} types:\n{}", inferred.types.len(), listing.join("\n"));
    assert!(is_free_of_duplicates(&inferred), "{}", listing.join("\n"));
    let Type::Array(ancestors) = &field(&inferred, "Content", "ancestors").ty else {
        panic!("ancestors are an array")
    };
    assert_eq!(ancestors.ty, Type::Named("Content".to_owned()));
    assert!(matches!(field(&inferred, "Content", "_links").ty, Type::Map(_)));
    assert_eq!(field(&inferred, "Version", "when").format.as_deref(), Some("date-time"));
}

#[test]
fn equal_shapes_are_one_type_and_take_the_name_that_one_of_them_has() {
    let value = json!({"owner": {"id": 1, "name": "Ada"}, "author": {"name": "Bo", "id": 2}, "at": {"x": 1.5}, "to": {"x": 2.5}});
    let inferred = one(&value, RootName::Fallback("GetTaskOutput"), &[("/owner", "Person")]);
    assert_eq!(field(&inferred, "GetTaskOutput", "author").ty, Type::Named("Person".to_owned()));
    assert_eq!(
        inferred.types.iter().map(|def| def.name.as_str()).collect::<Vec<_>>(),
        ["GetTaskOutput", "Person", "At"]
    );
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
    let inferred =
        one(&value, RootName::Chosen("Root"), &[("/*", "Part"), ("/c", "Other"), ("d", "Part")]);
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
    let inferred = one(
        &value,
        RootName::Chosen("Root"),
        &[("/a/x", "Exact"), ("/*/x", "One"), ("/**/x", "Deep")],
    );
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
    let inferred = infer(&declared, &[], &[example]);
    let kind = FindingKind::DeclaredMismatch {
        pointer: "/n".to_owned(),
        message: "must be an integer of 64 bits".to_owned(),
    };
    assert_eq!(inferred.findings.iter().map(|finding| &finding.kind).collect::<Vec<_>>(), [&kind]);
}

/// The names of the types, in order.
fn type_names(inferred: &Inferred) -> Vec<&str> {
    inferred.types.iter().map(|def| def.name.as_str()).collect()
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

fn kinds(inferred: &Inferred) -> Vec<&FindingKind> {
    inferred.findings.iter().map(|finding| &finding.kind).collect()
}

fn object(name: &str, properties: Vec<(&str, Schema)>) -> TypeDef {
    let property = |(name, schema): (&str, Schema)| Property { name: name.to_owned(), schema };
    let properties = properties.into_iter().map(property).collect();
    let schema =
        Schema { ty: Type::Object(Object { properties, additional: None }), ..Schema::default() };
    TypeDef { name: name.to_owned(), description: None, schema }
}

fn plain(ty: Type) -> Schema {
    Schema { ty, ..Schema::default() }
}

#[test]
fn an_object_that_looks_like_a_declared_type_is_that_type() {
    let person =
        object("Person", vec![("id", plain(Type::Integer)), ("name", plain(Type::String))]);
    let paint =
        object("Paint", vec![("color", plain(Type::String).with("pattern", "^[a-z]+$").unwrap())]);
    let value = json!({"owner": {"name": "Ada", "id": 1}, "others": [{"id": 2, "name": "Bo"}], "tone": {"color": "red"}, "at": {"id": 1}});
    let none = IndexMap::new();
    let example =
        Example { origin: 0, root: RootName::Chosen("Task"), value: &value, names: &none };
    let inferred = infer(&[person, paint], &[], &[example]);
    assert_eq!(field(&inferred, "Task", "owner").ty, named("Person"));
    assert_eq!(
        field(&inferred, "Task", "others").ty,
        Type::Array(Box::new(plain(named("Person"))))
    );
    // A declared type that says more than an example can is nothing that an example looks like.
    assert_eq!(field(&inferred, "Task", "tone").ty, named("Tone"));
    assert_eq!(type_names(&inferred), ["Task", "Tone", "At"]);
}

#[test]
fn an_object_looks_like_a_named_type_once_its_parts_do() {
    let value = json!({"a": {"who": {"n": 1}}, "z": {"n": 2}, "b": {"who": {"n": 3}}, "c": {"who": {"n": "x"}}});
    let inferred = one(&value, RootName::Chosen("Root"), &[("/a", "Task"), ("/z", "Who")]);
    assert_eq!(field(&inferred, "Root", "b").ty, named("Task"));
    assert_eq!(field(&inferred, "Task", "who").ty, named("Who"));
    assert_eq!(field(&inferred, "Root", "c").ty, named("C"));
    assert_eq!(type_names(&inferred), ["Root", "Task", "Who", "C", "CWho"]);
}

#[test]
fn a_type_within_itself_is_closed_by_its_name() {
    let value = json!({"name": "x", "children": [{"name": "y", "size": 1, "children": [{"name": null, "children": []}]}]});
    let inferred = one(&value, RootName::Chosen("Node"), &[("/**/children/*", "Node")]);
    assert_eq!(type_names(&inferred), ["Node"]);
    assert_eq!(
        field(&inferred, "Node", "children").ty,
        Type::Array(Box::new(plain(named("Node"))))
    );
    assert!(field(&inferred, "Node", "name").nullable);
    assert_eq!(field(&inferred, "Node", "size").ty, Type::Integer);
    assert_eq!(inferred.findings, []);
}

#[test]
fn places_of_one_name_have_the_fields_of_all() {
    let value = json!({"a": {"x": 1, "y": "2026-01-31"}, "b": {"x": 1.5, "y": "soon", "z": null}});
    let inferred = one(&value, RootName::Chosen("Root"), &[("/*", "Part")]);
    assert_eq!(type_names(&inferred), ["Root", "Part"]);
    assert_eq!(
        fields(&inferred.types[1]).into_iter().map(|(key, _)| key).collect::<Vec<_>>(),
        ["x", "y", "z"]
    );
    assert_eq!(field(&inferred, "Part", "x").ty, Type::Number);
    assert_eq!(
        (&field(&inferred, "Part", "y").ty, &field(&inferred, "Part", "y").format),
        (&Type::String, &None)
    );
    assert_eq!(field(&inferred, "Part", "z").ty, Type::Any);
}

#[test]
fn a_reserved_name_is_refused_and_another_is_found() {
    for name in ["Value", "Result", "Self"] {
        let inferred = one(&json!({"a": {"x": 1}}), RootName::Chosen("Root"), &[("/a", name)]);
        assert_eq!(
            kinds(&inferred),
            [&FindingKind::NameTaken { pattern: Some("/a".to_owned()), name: name.to_owned() }]
        );
        assert_eq!(type_names(&inferred), ["Root", "A"]);
        let inferred = one(&json!({"a": 1}), RootName::Chosen(name), &[]);
        assert_eq!(
            kinds(&inferred),
            [&FindingKind::NameTaken { pattern: None, name: name.to_owned() }]
        );
        assert!(!type_names(&inferred).contains(&name), "{:?}", type_names(&inferred));
    }
    // What nobody chose gives way in silence.
    let inferred =
        one(&json!({"value": {"x": 1}, "result": {"y": 1}}), RootName::Chosen("Root"), &[]);
    assert_eq!(
        (type_names(&inferred), inferred.findings.len()),
        (vec!["Root", "RootValue", "RootResult"], 0)
    );
}

#[test]
fn a_name_that_is_no_type_name_is_refused() {
    for name in ["", "person", "Two Words", "Größe", "_Person", "3D", "Person_2"] {
        let inferred = one(&json!({"a": {"x": 1}}), RootName::Chosen("Root"), &[("/a", name)]);
        assert_eq!(
            kinds(&inferred),
            [&FindingKind::BadName { pattern: Some("/a".to_owned()), name: name.to_owned() }]
        );
        assert_eq!(type_names(&inferred), ["Root", "A"]);
    }
    // These two are no names, but only for what lies within.
    for name in ["map", "any"] {
        let inferred = one(&json!({"a": 1}), RootName::Chosen(name), &[]);
        assert_eq!(
            kinds(&inferred),
            [&FindingKind::BadName { pattern: None, name: name.to_owned() }]
        );
    }
}

#[test]
fn only_an_object_can_be_named() {
    let value = json!({"a": "text", "b": [1], "c": {"x": 1}, "d": null});
    let inferred = one(&value, RootName::Chosen("Root"), &[("/a", "Text1"), ("/b", "List1")]);
    let refused = |pointer: &str, name: &str, found: &str| FindingKind::NotAnObject {
        pointer: pointer.to_owned(),
        name: name.to_owned(),
        found: found.to_owned(),
    };
    assert_eq!(
        kinds(&inferred),
        [&refused("/a", "Text1", "a string"), &refused("/b", "List1", "an array")]
    );
    assert_eq!(field(&inferred, "Root", "a").ty, Type::String);
    // A pattern with wildcards means the objects among what it matches, and `null` in place of one.
    let inferred = one(&value, RootName::Chosen("Root"), &[("/*", "Part")]);
    assert_eq!(inferred.findings, []);
    assert_eq!(
        (&field(&inferred, "Root", "c").ty, &field(&inferred, "Root", "d").ty),
        (&named("Part"), &named("Part"))
    );
    assert_eq!(field(&inferred, "Root", "a").ty, Type::String);
}

#[test]
fn maps_and_anything_are_no_types_of_their_own() {
    let value = json!({"links": {"self": "/x", "next": null}, "free": {"a": 1}, "gone": null, "none": [], "mixed": {"a": 1, "b": {"c": 1}}});
    let pairs = &[
        ("/links", "map"),
        ("/free", "any"),
        ("/gone", "map"),
        ("/none/*", "Item"),
        ("/mixed", "map"),
    ];
    let inferred = one(&value, RootName::Chosen("Root"), pairs);
    let map = |values: Schema| Type::Map(Box::new(values));
    assert_eq!(
        field(&inferred, "Root", "links").ty,
        map(Schema { nullable: true, ..plain(Type::String) })
    );
    assert_eq!(field(&inferred, "Root", "free").ty, Type::Any);
    assert_eq!(field(&inferred, "Root", "gone").ty, map(plain(Type::Any)));
    assert_eq!(field(&inferred, "Root", "mixed").ty, map(plain(Type::Any)));
    // The items of an empty array have the name that a pattern gives them, and no field that anybody knows.
    assert_eq!(field(&inferred, "Root", "none").ty, Type::Array(Box::new(plain(named("Item")))));
    let Type::Object(item) = &inferred.types[1].schema.ty else { panic!("an object") };
    assert_eq!((item.properties.len(), item.additional.as_deref()), (0, Some(&Schema::default())));
    assert_eq!(inferred.findings, []);
}

#[test]
fn patterns_are_pointers_with_wildcards() {
    let value = json!({"a/b": {"~": {"x": 1}}, "deep": {"er": {"k": {"y": 1}}, "k": {"z": 1}}});
    let inferred = one(
        &value,
        RootName::Chosen("Root"),
        &[("/**", "Deep"), ("/a~1b/~0", "Tilde"), ("/deep/**/k", "Kay"), ("/deep", "Exact")],
    );
    assert_eq!(inferred.findings, []);
    assert_eq!(field(&inferred, "Exact", "k").ty, named("Kay"));
    let keys: Vec<&str> = fields(inferred.types.iter().find(|def| def.name == "Kay").unwrap())
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    assert_eq!(keys, ["y", "z"]);
    assert_eq!(field(&inferred, "Deep", "~").ty, named("Tilde"));
    // Of patterns that are equally specific the later one wins.
    let inferred = one(
        &json!({"a": {"b": {"x": 1}}}),
        RootName::Chosen("Root"),
        &[("/a/*", "First"), ("/*/b", "Second")],
    );
    assert_eq!(field(&inferred, "A", "b").ty, named("Second"));
    for (pattern, message) in [
        ("a", "a pointer begins with `/`"),
        ("/a~2", "`~` must be followed by `0` (for `~`) or `1` (for `/`)"),
        ("/~", "`~` must be followed"),
    ] {
        let inferred = one(&json!({"a": {"x": 1}}), RootName::Chosen("Root"), &[(pattern, "Part")]);
        let [FindingKind::BadPattern { pattern: told, message: why }] = kinds(&inferred)[..] else {
            panic!("{:?}", inferred.findings)
        };
        assert!(told == pattern && why.starts_with(message), "{told}: {why}");
    }
}

#[test]
fn identifiers_of_one_type_are_kept_apart() {
    let value = json!({"userId": 1, "user_id": 1, "user-id": 1, "user_id_2": 1, "type": 1, "Type": 1, "": 1, "unnamed": 1, "x": {"user_id": 1}});
    let none = IndexMap::new();
    let example =
        Example { origin: 0, root: RootName::Chosen("Root"), value: &value, names: &none };
    let inferred = infer(&[], &[], &[example]);
    let idents = |def: &TypeDef| match &def.schema.ty {
        Type::Object(object) => of_properties(object),
        _ => Vec::new(),
    };
    let expected = [
        "user_id",
        "user_id_2",
        "user_id_3",
        "user_id_2_2",
        "type_",
        "type_2",
        "unnamed",
        "unnamed_2",
        "x",
    ];
    assert_eq!(idents(&inferred.types[0]), expected);
    assert_eq!(idents(&inferred.types[1]), ["user_id"]);
}

#[test]
fn type_names_of_one_word_are_kept_apart() {
    let value = json!({"bX": {"p": 1}, "b": {"x": {"q": 1}}, "x": {"r": 1}, "c": {"x": {"s": 1}}});
    let inferred = one(&value, RootName::Chosen("Root"), &[]);
    assert_eq!(type_names(&inferred), ["Root", "BX", "B", "X", "C", "BX2", "CX"]);
    // Names that authors chose are theirs, wherever they stand.
    let inferred =
        one(&json!({"part": {"p": 1}, "z": {"q": 1}}), RootName::Chosen("Root"), &[("/z", "Part")]);
    assert_eq!(field(&inferred, "Root", "part").ty, named("RootPart"));
    assert_eq!(field(&inferred, "Root", "z").ty, named("Part"));
}

#[test]
fn items_are_named_after_one_of_them() {
    for (plural, one) in [
        ("Users", "User"),
        ("Policies", "Policy"),
        ("Boxes", "Box"),
        ("Batches", "Batch"),
        ("Statuses", "Status"),
        ("Addresses", "Address"),
        ("Responses", "Response"),
        ("Caches", "Cach"),
        ("Status", "Status"),
        ("Analysis", "Analysis"),
        ("Access", "Access"),
        ("Children", "Child"),
        ("SpacePeople", "SpacePerson"),
        ("Indices", "Index"),
        ("Movies", "Movie"),
        ("Aliases", "Alias"),
        ("News", "News"),
        ("Is", "Is"),
        ("Data", "Data"),
    ] {
        assert_eq!(singular(plural), one, "{plural}");
    }
}

#[test]
fn a_root_that_is_no_object_names_its_items() {
    let root = |value: Value| {
        let inferred = one(&value, RootName::Fallback("ListTasksOutput"), &[]);
        (inferred.roots[0].ty.clone(), type_names(&inferred).join(" "))
    };
    assert_eq!(
        root(json!([{"x": 1}])),
        (
            Type::Array(Box::new(plain(named("ListTasksOutputItem")))),
            "ListTasksOutputItem".to_owned()
        )
    );
    assert_eq!(root(json!({"x": 1})), (named("ListTasksOutput"), "ListTasksOutput".to_owned()));
    assert_eq!(root(json!({})), (Type::Map(Box::default()), String::new()));
    assert_eq!(root(json!("x")), (Type::String, String::new()));
    assert_eq!(root(json!(null)), (Type::Any, String::new()));
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

proptest! {
    #[test]
    fn an_example_conforms_to_its_own_type(value in any_json()) {
        for pairs in [&[][..], &[("/a", "A"), ("/**/b", "B"), ("/*/c", "map"), ("/**/a/*", "A")]] {
            let inferred = one(&value, RootName::Fallback("Root"), pairs);
            let types: crate::catalog::infer::Types = inferred.types.iter().map(|def| (def.name.as_str(), def)).collect();
            prop_assert_eq!(check(&value, &inferred.roots[0], &types, Mode::Lenient), []);
            if pairs.is_empty() {
                prop_assert!(is_free_of_duplicates(&inferred));
            }
        }
    }

    #[test]
    fn the_order_in_which_examples_are_given_changes_nothing(first in any_json(), second in any_json()) {
        let none = IndexMap::new();
        let first = Example { origin: 1, root: RootName::Fallback("First"), value: &first, names: &none };
        let second = Example { origin: 2, root: RootName::Fallback("Second"), value: &second, names: &none };
        let left = infer(&[], &[], &[first, second]);
        let right = infer(&[], &[], &[second, first]);
        prop_assert_eq!(format!("{:?}", left.types), format!("{:?}", right.types));
        prop_assert_eq!(&left.roots[0], &right.roots[1]);
    }
}
