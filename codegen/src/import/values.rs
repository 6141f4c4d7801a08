//! Values in a schema: allowed ones, defaults, examples.

use actionspec_model::keyword::Class;
use indexmap::IndexMap;
use serde_json::{Value, json};

use super::document::{Document, join};
use super::facts::Facts;
use super::model::may_be;
use super::rules::Rule;
use super::text;
use crate::spec::{EnumValue, EnumValues, Schema};

/// The largest example of a single value, in bytes of JSON.
const MOST_EXAMPLE: usize = 4000;

/// Puts what values a schema names.
pub(super) fn put(schema: &mut Schema, facts: &Facts, document: &Document) {
    if schema.secret || facts.text("format") == Some("password") {
        // What a spec says is published.
        for key in ["default", "example", "examples", "enum", "const"] {
            if facts.first(key).is_some_and(|value| !value.is_null()) {
                document.note(
                    Rule::SecretExample,
                    &join(&facts.at, key),
                    format!("`{key}` of a secret"),
                );
            }
        }
        return;
    }
    put_enum(schema, facts, document);
    if let Some(default) = facts.first("default").filter(|default| !default.is_null()) {
        let at = join(&facts.at, "default");
        match converted(default, schema) {
            Some(value) => {
                if value != *default {
                    document.note(Rule::MistypedDefault, &at, format!("`{default}` is `{value}`"));
                }
                schema.vendor_default = Some(value);
            }
            None => document.note(Rule::MistypedDefault, &at, format!("`{}`", brief(default))),
        }
    }
    let listed = facts.first("examples").and_then(|examples| examples.as_array()?.first());
    if let Some(example) = facts.first("example").or(listed).filter(|example| !example.is_null()) {
        put_example(schema, example, &join(&facts.at, "example"), document);
    }
}

/// Puts an example that fits.
pub(super) fn put_example(schema: &mut Schema, example: &Value, at: &str, document: &Document) {
    match converted(example, schema).filter(|example| example.to_string().len() <= MOST_EXAMPLE) {
        Some(value) => schema.example = Some(value),
        None => document.note(Rule::MistypedExample, at, format!("`{}`", brief(example))),
    }
}

/// The value, made to fit where only its notation is wrong.
pub(super) fn converted(value: &Value, schema: &Schema) -> Option<Value> {
    let good = |value: &Value| may_be(value, schema);
    if good(value) {
        return Some(value.clone());
    }
    let ty = schema.ty.as_ref().map(|ty| ty.0.as_str()).unwrap_or_default();
    cast(value, ty)
        .or_else(|| (ty == "array" && !value.is_array()).then(|| split(value, schema)))
        .filter(|value| good(value))
}

/// A list that is written as text.
fn split(value: &Value, schema: &Schema) -> Value {
    let item = schema
        .items
        .as_ref()
        .and_then(|items| items.ty.as_ref())
        .map(|ty| ty.0.as_str())
        .unwrap_or_default();
    match value {
        Value::String(text) => text
            .split(',')
            .map(|part| cast(&json!(part.trim()), item).unwrap_or_else(|| json!(part.trim())))
            .collect(),
        other => json!([other]),
    }
}

/// The same value as another scalar type.
fn cast(value: &Value, ty: &str) -> Option<Value> {
    match (ty, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        ("integer", Value::String(text)) => text.trim().parse::<i64>().ok().map(Value::from),
        #[expect(clippy::cast_possible_truncation, reason = "whole, and in range")]
        ("integer", Value::Number(number)) => number
            .as_f64()
            .filter(|float| float.fract() == 0.0 && float.abs() < 9e15)
            .map(|float| Value::from(float as i64)),
        ("number", Value::String(text)) => {
            text.trim().parse::<f64>().ok().filter(|float| float.is_finite()).map(Value::from)
        }
        ("boolean", Value::String(text)) => {
            text.trim().to_ascii_lowercase().parse::<bool>().ok().map(Value::from)
        }
        ("boolean", Value::Number(number)) => {
            number.as_u64().filter(|bit| *bit < 2).map(|bit| Value::from(bit == 1))
        }
        _ => None,
    }
}

fn put_constant(schema: &mut Schema, constant: &Value, facts: &Facts, document: &Document) {
    let bare = Schema { ty: schema.ty.clone(), ..Schema::default() };
    match converted(constant, &bare)
        .filter(|value| value.is_string() || value.is_number() || value.is_boolean())
    {
        Some(value) => {
            forget_constraints(schema);
            schema.constant = Some(value);
        }
        None => document.note(
            Rule::MistypedEnum,
            &join(&facts.at, "const"),
            format!("`{}`", brief(constant)),
        ),
    }
}

/// What is said of the values says more than any constraint beside, which may contradict it.
fn forget_constraints(schema: &mut Schema) {
    schema.format = None;
    schema
        .constraints
        .retain(|keyword| !matches!(keyword.class(), Class::Strings | Class::Numbers));
}

fn put_enum(schema: &mut Schema, facts: &Facts, document: &Document) {
    let constant = facts.first("const").filter(|value| !value.is_null());
    if let Some(constant) = constant {
        return put_constant(schema, constant, facts, document);
    }
    let Some(Value::Array(written)) = facts.first("enum") else { return };
    let at = join(&facts.at, "enum");
    let ty = schema.ty.as_ref().map(|ty| ty.0.clone()).unwrap_or_default();
    // Many documents of version 2 state the values of the items at the list.
    if ty == "array" && written.iter().all(|value| !value.is_array()) {
        if let Some(items) = schema.items.as_mut().filter(|items| {
            items.values.is_none()
                && items.ty.as_ref().is_some_and(|ty| !ty.0.starts_with(char::is_uppercase))
        }) {
            document.note(Rule::MistypedEnum, &at, "values of the items, stated at the list");
            let inner =
                Facts { at: facts.at.clone(), parts: facts.parts.clone(), ..Facts::default() };
            items.constraints.retain(|keyword| keyword.name() != "pattern");
            put_enum(items, &inner, document);
        }
        return;
    }
    if !matches!(ty.as_str(), "string" | "integer" | "number" | "boolean") {
        if ty != "any" {
            document.note(Rule::MistypedEnum, &at, format!("values of the type `{ty}`"));
        }
        return;
    }
    let mut kept: Vec<Value> = Vec::new();
    for value in written.iter().filter(|value| !value.is_null()) {
        let bare = Schema { ty: schema.ty.clone(), ..Schema::default() };
        match Some(value.clone()).filter(|value| may_be(value, &bare)).or_else(|| cast(value, &ty))
        {
            Some(good) if !kept.contains(&good) => {
                if good != *value {
                    document.note(Rule::MistypedEnum, &at, format!("`{value}` is `{good}`"));
                }
                kept.push(good);
            }
            _ => document.note(Rule::MistypedEnum, &at, format!("`{}`", brief(value))),
        }
    }
    if kept.is_empty() || kept.len() > 3000 {
        return;
    }
    forget_constraints(schema);
    schema.values = Some(described(&kept, facts).unwrap_or(EnumValues::List(kept)));
}

/// Values with the descriptions that widely used extensions give.
fn described(values: &[Value], facts: &Facts) -> Option<EnumValues> {
    let texts = values.iter().map(|value| value.as_str()).collect::<Option<Vec<_>>>()?;
    let written = ["x-enumDescriptions", "x-enum-descriptions", "x-enum-description"]
        .iter()
        .find_map(|key| facts.first(key))?;
    let mut all = IndexMap::new();
    for (index, value) in texts.iter().enumerate() {
        let words = match written {
            Value::Array(list) => list.get(index),
            Value::Object(map) => map.get(*value),
            _ => None,
        };
        let words = text::line(words?.as_str()?, 300)?;
        all.insert((*value).to_owned(), EnumValue::Description(words));
    }
    Some(EnumValues::Described(all))
}

fn brief(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}
