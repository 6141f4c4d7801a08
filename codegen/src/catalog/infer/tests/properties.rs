//! What holds for any example at all.

use std::collections::HashSet;

use indexmap::IndexMap;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::{Example, Inferred, RootName, Types, infer};
use super::{any_json, names, one};
use crate::catalog::idents::of_properties;
use crate::catalog::{Schema, Type};
use actionspec_model::validate::{Mode, check};

/// Deeper than any example here; types within themselves are cut there.
const DEPTH: usize = 9;

const NAMES: &[(&str, &str)] =
    &[("/a", "A"), ("/**/b", "B"), ("/*/c", "map"), ("/**/a/*", "A"), ("/**/d/a", "any")];

/// A type written out, without the names of types and without the order of fields: equal for equal shapes.
fn shape(schema: &Schema, types: &Types<'_>, depth: usize) -> Value {
    let below = |schema: &Schema| shape(schema, types, depth - 1);
    let kind = match &schema.ty {
        _ if depth == 0 => json!("…"),
        Type::Named(name) => return below(&types[name.as_str()].schema),
        Type::Object(object) => {
            let mut fields: Vec<(&str, Value)> = object
                .properties
                .iter()
                .map(|property| (property.name.as_str(), below(&property.schema)))
                .collect();
            fields.sort_by_key(|(name, _)| *name);
            json!({"fields": fields, "more": object.additional.is_some()})
        }
        Type::Array(items) => json!({"array": below(items)}),
        Type::Map(values) => json!({"map": below(values)}),
        ty => json!(format!("{ty:?} {:?}", schema.format)),
    };
    json!([kind, schema.nullable])
}

/// The shape of the first root, and those of all types, sorted.
fn shapes(inferred: &Inferred) -> (Value, Vec<String>) {
    let types: Types<'_> = inferred.types.iter().map(|def| (def.name.as_str(), def)).collect();
    let mut all: Vec<String> =
        inferred.types.iter().map(|def| shape(&def.schema, &types, DEPTH).to_string()).collect();
    all.sort();
    (shape(&inferred.roots[0], &types, DEPTH), all)
}

/// The value with the keys of every object the other way round, and the items of every array too if so wished.
fn reversed(value: &Value, items_too: bool) -> Value {
    match value {
        Value::Array(items) if items_too => {
            items.iter().rev().map(|item| reversed(item, true)).collect()
        }
        Value::Array(items) => items.iter().map(|item| reversed(item, false)).collect(),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .rev()
                .map(|(key, value)| (key.clone(), reversed(value, items_too)))
                .collect::<Map<_, _>>(),
        ),
        _ => value.clone(),
    }
}

/// JSON whose keys match a pattern.
fn json_of(keys: &'static str) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(json!("text"))
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        let members = proptest::collection::vec((keys, inner.clone()), 0..4);
        prop_oneof![
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            3 => members.prop_map(|members| Value::Object(members.into_iter().collect()))
        ]
    })
}

fn of_two(first: &Example<'_>, second: &Example<'_>) -> Inferred {
    infer(&[], &[], &[*first, *second])
}

proptest! {
    #[test]
    fn the_order_of_keys_changes_no_shape(value in any_json()) {
        let (left, right) = (one(&value, RootName::Fallback("Root"), &[]), one(&reversed(&value, false), RootName::Fallback("Root"), &[]));
        prop_assert_eq!(shapes(&left), shapes(&right));
    }

    #[test]
    fn the_order_of_items_changes_no_shape(value in any_json()) {
        let (left, right) = (one(&value, RootName::Fallback("Root"), &[]), one(&reversed(&value, true), RootName::Fallback("Root"), &[]));
        prop_assert_eq!(shapes(&left), shapes(&right));
    }

    #[test]
    fn the_order_of_keys_changes_no_shape_of_named_types(value in any_json()) {
        let (left, right) = (one(&value, RootName::Chosen("Root"), NAMES), one(&reversed(&value, false), RootName::Chosen("Root"), NAMES));
        prop_assert_eq!(shapes(&left), shapes(&right));
        let known = |inferred: &Inferred| {
            let mut kinds: Vec<_> = inferred.findings.iter().map(|finding| std::mem::discriminant(&finding.kind)).collect();
            kinds.dedup();
            kinds.len()
        };
        prop_assert_eq!(known(&left), known(&right));
    }

    #[test]
    fn an_unrelated_example_changes_no_type(first in json_of("[a-d]{1,2}"), second in json_of("[w-z]{1,2}"), swap in any::<bool>()) {
        let first_names = names(&[("/a", "Apple"), ("/**/b", "Bear")]);
        let second_names = names(&[("/w", "Wolf"), ("/**/x", "map"), ("/*/y", "Yak")]);
        let example = |origin, root, value, names| Example { origin, root: RootName::Fallback(root), value, names };
        let first = example(usize::from(swap), "First", &first, &first_names);
        let second = example(usize::from(!swap), "Second", &second, &second_names);
        let alone = infer(&[], &[], &[first]);
        let other = infer(&[], &[], &[second]);
        let both = of_two(&first, &second);
        let of = |inferred: &Inferred, only: &Inferred| {
            let types = inferred.types.iter().filter(|def| only.types.iter().any(|known| known.name == def.name));
            types.map(|def| format!("{def:?}")).collect::<Vec<_>>()
        };
        prop_assert_eq!(of(&both, &alone), of(&alone, &alone));
        prop_assert_eq!(both.types.len(), alone.types.len() + other.types.len());
        prop_assert_eq!(&both.roots[0], &alone.roots[0]);
        prop_assert_eq!(both.findings.len(), alone.findings.len() + other.findings.len());
        prop_assert!(alone.findings.iter().all(|finding| both.findings.contains(finding)));
    }

    #[test]
    fn the_same_example_again_adds_no_type(value in any_json()) {
        let none = IndexMap::new();
        let first = Example { origin: 0, root: RootName::Fallback("First"), value: &value, names: &none };
        let both = of_two(&first, &Example { origin: 1, root: RootName::Fallback("Second"), ..first });
        let alone = infer(&[], &[], &[first]);
        prop_assert_eq!(format!("{:?}", both.types), format!("{:?}", alone.types));
        prop_assert_eq!(&both.roots[0], &both.roots[1]);
    }

    #[test]
    fn examples_of_one_name_fit_the_type_that_they_make(first in any_json(), second in any_json()) {
        let pairs = names(NAMES);
        let example = |origin, value| Example { origin, root: RootName::Chosen("Thing"), value, names: &pairs };
        let both = of_two(&example(0, &first), &example(1, &second));
        let types: Types<'_> = both.types.iter().map(|def| (def.name.as_str(), def)).collect();
        prop_assert_eq!(check(&first, &both.roots[0], &types, Mode::Lenient), []);
        prop_assert_eq!(check(&second, &both.roots[1], &types, Mode::Lenient), []);
    }

    #[test]
    fn every_name_is_one_that_rust_takes_and_stands_once(value in any_json(), named in any::<bool>()) {
        let pairs = if named { names(NAMES) } else { IndexMap::new() };
        let example = Example { origin: 0, root: RootName::Fallback("Root"), value: &value, names: &pairs };
        let reserved = ["Value".to_owned(), "Item".to_owned()];
        let inferred = infer(&[], &reserved, &[example]);
        let mut seen: HashSet<&str> = reserved.iter().map(String::as_str).collect();
        for def in &inferred.types {
            prop_assert!(syn::parse_str::<syn::Ident>(&def.name).is_ok(), "{}", def.name);
            prop_assert!(seen.insert(&def.name), "{} stands twice", def.name);
            let Type::Object(object) = &def.schema.ty else { return Err(TestCaseError::fail(format!("{} is no object", def.name))) };
            let mut idents = HashSet::new();
            for ident in of_properties(object) {
                prop_assert!(syn::parse_str::<syn::Ident>(&ident).is_ok(), "{ident}");
                prop_assert!(idents.insert(ident.clone()), "{}.{ident} is a duplicate", def.name);
            }
        }
    }
}
