//! Arrays and objects where only text fits.

use serde_json::{Number, Value};

use super::percent;
use crate::descriptor::Style;

/// A value as plain text: strings as they are, everything else as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(number),
        other => other.to_string(),
    }
}

/// `10.0` is sent as `10`: vendors parse whole numbers from text.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => format!("{float:.0}"),
        _ => number.to_string(),
    }
}

/// A value as one text; each item is encoded, the separators between them are not.
pub(crate) fn joined(value: &Value, style: Style, encode: impl Fn(&str) -> String) -> String {
    match value {
        Value::Array(items) if style != Style::Json => {
            let separator = match style {
                Style::Pipe => encode("|"),
                Style::Space => encode(" "),
                _ => ",".to_owned(),
            };
            items.iter().map(|item| encode(&text(item))).collect::<Vec<_>>().join(&separator)
        }
        // A string in JSON style is JSON too: with its quotes.
        Value::String(_) if style == Style::Json => encode(&value.to_string()),
        other => encode(&text(other)),
    }
}

/// A value as encoded pairs of a query or form. An empty array, like `null`, says nothing.
pub(super) fn pairs(name: &str, value: &Value, style: Style) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let name = percent::name(name);
    match (value, style) {
        (Value::Null, style) if style != Style::Json => {}
        (Value::Array(items), Style::Repeat) => pairs.extend(items.iter().map(|item| (name.clone(), percent::value(&text(item))))),
        (Value::Array(_) | Value::Object(_), Style::Brackets) => brackets(&name, value, &mut pairs),
        (Value::Array(_) | Value::Object(_), Style::Numbered) => dotted(&name, value, "", &mut pairs),
        (Value::Array(_) | Value::Object(_), Style::Members) => dotted(&name, value, "member.", &mut pairs),
        (Value::Array(items), style) if items.is_empty() && style != Style::Json => {}
        (value, style) => pairs.push((name, joined(value, style, percent::value))),
    }
    pairs
}

/// Items are numbered from 1, after what stands `between`; names of properties follow a dot.
fn dotted(name: &str, value: &Value, between: &str, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (number, item) in (1_usize..).zip(items) {
                dotted(&format!("{name}.{between}{number}"), item, between, pairs);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                dotted(&format!("{name}.{}", percent::value(key)), value, between, pairs);
            }
        }
        Value::Null => {}
        value => pairs.push((name.to_owned(), percent::value(&text(value)))),
    }
}

fn brackets(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| brackets(&format!("{name}%5B%5D"), item, pairs)),
        Value::Object(fields) => {
            for (key, value) in fields {
                brackets(&format!("{name}%5B{}%5D", percent::value(key)), value, pairs);
            }
        }
        Value::Null => {}
        value => pairs.push((name.to_owned(), percent::value(&text(value)))),
    }
}
