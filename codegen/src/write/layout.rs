//! Values as YAML blocks.

use serde_json::{Map, Value};

use super::{WIDTH, scalar};

const STEP: usize = 2;
/// Longer keys need YAML's explicit form.
const LONGEST_KEY: usize = 512;

/// A value as one document.
pub(super) fn document(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(members) if !members.is_empty() => mapping(members, 0, &mut out),
        Value::Array(items) if !items.is_empty() => sequence(items, 0, &mut out),
        other => {
            out.push_str(&flow(other).unwrap_or_default());
            out.push('\n');
        }
    }
    out
}

/// One entry of a mapping at a column; the column is not written before it.
pub(super) fn entry(key: &str, value: &Value, indent: usize) -> String {
    let mut out = String::new();
    mapping(&Map::from_iter([(key.to_owned(), value.clone())]), indent, &mut out);
    out
}

/// The entries of a mapping; the first stands where `out` ends.
fn mapping(members: &Map<String, Value>, indent: usize, out: &mut String) {
    for (position, (key, value)) in members.iter().enumerate() {
        if position > 0 {
            pad(indent, out);
        }
        let written = scalar::inline(key, false);
        if written.len() > LONGEST_KEY {
            out.push_str("? ");
            out.push_str(&written);
            out.push('\n');
            pad(indent, out);
        } else {
            out.push_str(&written);
        }
        out.push(':');
        let used = indent + written.chars().count() + 2;
        member(value, indent, used, out);
    }
}

fn sequence(items: &[Value], indent: usize, out: &mut String) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            pad(indent, out);
        }
        out.push('-');
        match item {
            Value::Object(members) if !members.is_empty() => {
                out.push(' ');
                mapping(members, indent + STEP, out);
            }
            Value::Array(inner) if flow(item).is_none() => {
                out.push(' ');
                sequence(inner, indent + STEP, out);
            }
            _ => member(item, indent, indent + STEP, out),
        }
    }
}

/// A value after `key:` or `-`; `used` columns of the line are taken.
fn member(value: &Value, indent: usize, used: usize, out: &mut String) {
    if let Value::String(text) = value
        && let Some((header, lines)) = scalar::block(text, indent + STEP, used)
    {
        out.push(' ');
        out.push_str(header);
        out.push('\n');
        for line in lines {
            if !line.is_empty() {
                pad(indent + STEP, out);
                out.push_str(&line);
            }
            out.push('\n');
        }
        return;
    }
    let list = value.as_array().is_some_and(|items| !items.is_empty());
    if let Some(line) = flow(value).filter(|line| !list || used + line.chars().count() <= WIDTH) {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
        return;
    }
    out.push('\n');
    pad(indent + STEP, out);
    match value {
        Value::Object(members) => mapping(members, indent + STEP, out),
        Value::Array(items) => sequence(items, indent + STEP, out),
        _ => {}
    }
}

/// A value on one line, if it has the looks of one: no mapping but an empty one, and no list of lists.
fn flow(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some("null".to_owned()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(scalar::inline(text, false)),
        Value::Object(members) => members.is_empty().then(|| "{}".to_owned()),
        Value::Array(items) => {
            let items: Option<Vec<String>> = items
                .iter()
                .map(|item| match item {
                    Value::String(text) => {
                        (!text.contains('\n')).then(|| scalar::inline(text, true))
                    }
                    Value::Array(_) | Value::Object(_) => None,
                    other => flow(other),
                })
                .collect();
            items.map(|items| format!("[{}]", items.join(", ")))
        }
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}
