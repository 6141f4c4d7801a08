//! Arrays and objects where only text fits.

use std::borrow::Cow;

use serde_json::{Number, Value};

use crate::descriptor::Style;
use crate::percent;

/// A value as plain text: strings as they are, everything else as JSON.
pub(crate) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(number_text(number)),
        other => Cow::Owned(other.to_string()),
    }
}

/// A text that needs no encoding where it stands.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// `10.0` is sent as `10`: vendors parse whole numbers from text.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
            format!("{float:.0}")
        }
        _ => number.to_string(),
    }
}

/// A value as one text; each item is encoded, the separators between them are not.
pub(crate) fn joined(
    value: &Value,
    style: Style,
    encode: impl Fn(&str) -> Cow<'_, str>,
) -> Cow<'_, str> {
    let separator = || match style {
        Style::Pipe => encode("|"),
        Style::Space => encode(" "),
        _ => plain(","),
    };
    match value {
        // `r,100,g,200`: keys and values alternate.
        Value::Object(fields) if matches!(style, Style::Comma | Style::Pipe | Style::Space) => {
            let separator = separator();
            let mut joined = String::new();
            for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                joined.push_str(if joined.is_empty() { "" } else { &separator });
                joined.extend([&*encode(key), &*separator, &*encode(&text(value))]);
            }
            joined.into()
        }
        Value::Array(items) if style != Style::Json => {
            let separator = separator();
            // Most items are words.
            let mut joined = String::with_capacity(16 * items.len());
            for (index, item) in items.iter().enumerate() {
                joined.push_str(if index > 0 { &separator } else { "" });
                joined.push_str(&encode(&text(item)));
            }
            joined.into()
        }
        // A string in JSON style is JSON too: with its quotes.
        Value::String(_) if style == Style::Json => encode(&value.to_string()).into_owned().into(),
        other => match text(other) {
            Cow::Borrowed(text) => encode(text),
            Cow::Owned(text) => encode(&text).into_owned().into(),
        },
    }
}

/// Takes the encoded name and value of each pair.
pub(super) type Add<'a> = &'a mut dyn FnMut(&str, &str);

/// Adds a value as encoded pairs of a query or form. An empty array, like `null`, says nothing.
pub(super) fn pairs(name: &str, value: &Value, style: Style, add: Add<'_>) {
    let name = percent::name(name);
    match (value, style) {
        (Value::Null, style) if style != Style::Json => {}
        (Value::Array(items), Style::Repeat) => {
            items.iter().for_each(|item| add(&name, &percent::value(&text(item))));
        }
        (Value::Array(_) | Value::Object(_), Style::Brackets) => brackets(&name, value, add),
        (Value::Array(_) | Value::Object(_), Style::Numbered) => dotted(&name, value, "", add),
        (Value::Array(_) | Value::Object(_), Style::Members) => {
            dotted(&name, value, "member.", add);
        }
        (Value::Array(items), style) if items.is_empty() && style != Style::Json => {}
        (Value::Object(fields), Style::Comma | Style::Pipe | Style::Space) if fields.is_empty() => {
        }
        (value, style) => add(&name, &joined(value, style, percent::value)),
    }
}

/// Items are numbered from 1, after what stands `between`; names of properties follow a dot.
fn dotted(name: &str, value: &Value, between: &str, add: Add<'_>) {
    match value {
        Value::Array(items) => {
            for (number, item) in (1_usize..).zip(items) {
                dotted(&format!("{name}.{between}{number}"), item, between, add);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                dotted(&format!("{name}.{}", percent::value(key)), value, between, add);
            }
        }
        Value::Null => {}
        value => add(name, &percent::value(&text(value))),
    }
}

fn brackets(name: &str, value: &Value, add: Add<'_>) {
    match value {
        // Without a number, a server cannot tell which object a property belongs to.
        Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            for (index, item) in items.iter().enumerate() {
                brackets(&format!("{name}%5B{index}%5D"), item, add);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| brackets(&format!("{name}%5B%5D"), item, add));
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                brackets(&format!("{name}%5B{}%5D", percent::value(key)), value, add);
            }
        }
        Value::Null => {}
        value => add(name, &percent::value(&text(value))),
    }
}
