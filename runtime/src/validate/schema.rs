//! A JSON value against a [`Schema`].

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Checker, format, suggest, union};
use crate::descriptor::{Additional, Format, Kind, Literal, Schema};
use crate::pattern;

pub(super) fn check(checker: &mut Checker, schema: &Schema, value: &Value) {
    if value.is_null() && schema.nullable {
        return;
    }
    if !is_kind(schema.kind, value) {
        checker.report("type", format!("must be {}", kind_name(schema.kind)));
        return;
    }
    if !schema.values.is_empty() && !schema.values.iter().any(|literal| literal.matches(value)) {
        let message = enum_message(schema.values, value, checker.secret);
        checker.report("enum", message);
    }
    if let Some(all) = schema.union {
        union::check(checker, all, value);
    }
    match value {
        Value::String(text) => check_text(checker, schema, text),
        Value::Number(number) => check_number(checker, schema, number.as_f64().unwrap_or(f64::NAN)),
        Value::Array(items) => check_items(checker, schema, items),
        Value::Object(fields) if schema.kind != Kind::File => {
            check_properties(checker, schema, fields);
        }
        _ => {}
    }
}

pub(super) fn is_kind(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Any => true,
        Kind::String => value.is_string(),
        Kind::Integer => {
            value.is_i64()
                || value.as_f64().is_some_and(|float| {
                    value.is_f64() && float.fract() == 0.0 && float.abs() < 9e15
                })
        }
        Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Array => value.is_array(),
        Kind::Object => value.is_object(),
        Kind::File => value.is_string() || value.is_object(),
    }
}

pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Any => "any JSON",
        Kind::String => "a string",
        Kind::Integer => "a whole number of 64 bits",
        Kind::Number => "a number",
        Kind::Boolean => "true or false",
        Kind::Array => "an array",
        Kind::Object => "an object",
        Kind::File => "a file",
    }
}

fn enum_message(values: &[Literal], value: &Value, secret: bool) -> String {
    /// A message that lists hundreds of values helps nobody.
    const SHOWN: usize = 12;
    let shown: Vec<String> =
        values.iter().take(SHOWN).map(|literal| format!("`{}`", text_of(*literal))).collect();
    let mut message = format!("must be one of {}", shown.join(", "));
    if values.len() > SHOWN {
        message.extend([" and ", &(values.len() - SHOWN).to_string(), " more"]);
    }
    let texts = values
        .iter()
        .filter_map(|literal| if let Literal::Str(text) = literal { Some(*text) } else { None });
    if let (Value::String(wrong), false) = (value, secret) {
        message.push_str(&suggest::hint(wrong, texts));
    }
    message
}

fn text_of(literal: Literal) -> String {
    match literal {
        Literal::Str(text) => text.to_owned(),
        other => other.to_value().to_string(),
    }
}

fn check_text(checker: &mut Checker, schema: &Schema, text: &str) {
    let length = text.chars().count() as u64;
    if let Some(fewest) = schema.min_length.filter(|fewest| length < *fewest) {
        checker
            .report("min_length", format!("must have at least {fewest} characters, has {length}"));
    }
    if let Some(most) = schema.max_length.filter(|most| length > *most) {
        checker.report("max_length", format!("must have at most {most} characters, has {length}"));
    }
    if let Some(wanted) = schema.pattern.filter(|wanted| !pattern::matches(wanted, text)) {
        checker.report("pattern", format!("must match the pattern `{wanted}`"));
    }
    if let Some(wanted) = schema.format.filter(|wanted| !format::holds(*wanted, text)) {
        checker.report("format", format!("must be {}", format_name(wanted)));
    }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::DateTime => "a date and time of RFC 3339, as 2026-01-31T09:30:00Z",
        Format::Date => "a date, as 2026-01-31",
        Format::Time => "a time, as 09:30:00",
        Format::Duration => "a duration of ISO 8601, as P3DT12H",
        Format::Email => "an email address",
        Format::Uri => "an absolute address, as https://example.com/",
        Format::Hostname => "a host name",
        Format::Ipv4 => "an IPv4 address",
        Format::Ipv6 => "an IPv6 address",
        Format::Ip => "an IP address",
        Format::Cidr => "an IP network, as 192.0.2.0/24",
        Format::Uuid => "a UUID",
        Format::Byte => "base64",
    }
}

fn check_number(checker: &mut Checker, schema: &Schema, number: f64) {
    if let Some(limit) = schema.minimum.filter(|limit| number < *limit) {
        checker.report("minimum", format!("must be at least {limit}"));
    }
    if let Some(limit) = schema.maximum.filter(|limit| number > *limit) {
        checker.report("maximum", format!("must be at most {limit}"));
    }
    if let Some(limit) = schema.exclusive_minimum.filter(|limit| number <= *limit) {
        checker.report("exclusive_minimum", format!("must be greater than {limit}"));
    }
    if let Some(limit) = schema.exclusive_maximum.filter(|limit| number >= *limit) {
        checker.report("exclusive_maximum", format!("must be less than {limit}"));
    }
    if let Some(step) = schema.multiple_of.filter(|step| !is_multiple(number, *step)) {
        checker.report("multiple_of", format!("must be a multiple of {step}"));
    }
}

/// `0.3` is a multiple of `0.1`, though not in binary.
fn is_multiple(number: f64, step: f64) -> bool {
    let ratio = number / step;
    (ratio - ratio.round()).abs() <= 1e-9 * ratio.abs().max(1.0)
}

fn check_items(checker: &mut Checker, schema: &Schema, items: &[Value]) {
    check_count(checker, schema, items.len() as u64);
    if schema.unique_items
        && let Some(index) = repeated(items)
    {
        checker.at(index, |checker| checker.report("unique_items", "is there twice"));
    }
    let Some(item_schema) = schema.items else { return };
    for (index, item) in items.iter().enumerate() {
        checker.at(index, |checker| check(checker, &item_schema, item));
    }
}

/// The first item that was there before.
fn repeated(items: &[Value]) -> Option<usize> {
    /// So few are compared with each other.
    const FEW: usize = 8;
    if items.len() <= FEW {
        return (1..items.len()).find(|index| items[..*index].contains(&items[*index]));
    }
    let mut seen = HashSet::with_capacity(items.len());
    items.iter().position(|item| !seen.insert(item))
}

pub(super) fn check_count(checker: &mut Checker, schema: &Schema, count: u64) {
    if let Some(fewest) = schema.min_items.filter(|fewest| count < *fewest) {
        checker.report("min_items", format!("must have at least {fewest} items, has {count}"));
    }
    if let Some(most) = schema.max_items.filter(|most| count > *most) {
        checker.report("max_items", format!("must have at most {most} items, has {count}"));
    }
}

fn check_properties(checker: &mut Checker, schema: &Schema, fields: &Map<String, Value>) {
    let count = fields.len() as u64;
    if let Some(fewest) = schema.min_properties.filter(|fewest| count < *fewest) {
        checker.report(
            "min_properties",
            format!("must have at least {fewest} properties, has {count}"),
        );
    }
    if let Some(most) = schema.max_properties.filter(|most| count > *most) {
        checker
            .report("max_properties", format!("must have at most {most} properties, has {count}"));
    }
    for property in schema.properties {
        checker.below(property.name, |checker| match fields.get(property.name) {
            Some(value) => check(checker, &property.schema, value),
            None if property.required => checker.report("required", "is required"),
            None => {}
        });
    }
    for (name, value) in fields {
        if schema.properties.iter().any(|property| property.name == name) {
            continue;
        }
        checker.below(name, |checker| match schema.additional {
            Additional::Any => {}
            Additional::Typed(additional) => check(checker, &additional, value),
            Additional::None => {
                let hint =
                    suggest::hint(name, schema.properties.iter().map(|property| property.name));
                checker
                    .report("unknown_property", format!("is not a property of this object{hint}"));
            }
        });
    }
}
