//! Rust identifiers of what a schema is made of: properties, alternatives, and allowed values.
//!
//! The model knows no Rust, so generated code asks here; the answer depends on the schema alone. Each function gives one name a member, in
//! their order, unique within the schema.

use actionspec_model::{EnumValue, Object, Union};
use serde_json::Value;

use super::names::{self, Scope};

/// The accessor of each property.
#[must_use]
pub fn of_properties(object: &Object) -> Vec<String> {
    let mut scope = Scope::default();
    object.properties.iter().map(|property| scope.take(names::ident(&property.name))).collect()
}

/// The end of each alternative's accessor: `cat` of `as_cat`.
#[must_use]
pub fn of_alternatives(union: &Union) -> Vec<String> {
    let mut scope = Scope::default();
    let ident = |title: &str| match title {
        "string" => "str".to_owned(),
        "integer" => "i64".to_owned(),
        "number" => "f64".to_owned(),
        "boolean" => "bool".to_owned(),
        "array" => "list".to_owned(),
        "any" => "value".to_owned(),
        title => names::ident(title).trim_end_matches('_').to_owned(),
    };
    union.alternatives.iter().map(|alternative| scope.take(ident(&alternative.title))).collect()
}

/// The variant of each allowed value. `Other` is for values that the enum does not list.
#[must_use]
pub fn of_values(values: &[EnumValue]) -> Vec<String> {
    let mut scope = Scope::reserving(&["Other"]);
    let named = |value: &EnumValue| match (&value.title, &value.value) {
        (Some(title), _) => variant(title),
        (None, Value::String(text)) => variant(text),
        (None, other) => variant(&other.to_string()),
    };
    values.iter().map(|value| scope.take(named(value))).collect()
}

/// A Rust variant. Values without a letter or digit are named by what they are.
fn variant(value: &str) -> String {
    if value.trim().is_empty() {
        return "Empty".to_owned();
    }
    if value.chars().any(char::is_alphanumeric) {
        return names::type_ident(&signed(value));
    }
    let words: Vec<&str> = value.chars().map(symbol).collect();
    names::type_ident(&words.join(" "))
}

/// A minus before a number is not a separator.
fn signed(value: &str) -> String {
    match value.strip_prefix('-') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("minus {rest}"),
        _ => value.to_owned(),
    }
}

fn symbol(c: char) -> &'static str {
    match c {
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '_' => "underscore",
        '\'' | '"' | '`' => "quote",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_values_get_names_that_say_what_they_are() {
        for (value, wanted) in [
            ("", "Empty"),
            (" ", "Empty"),
            ("<=", "LessEqual"),
            ("-1", "Minus1"),
            ("1", "N1"),
            ("+1", "Plus1"),
            ("*", "Star"),
            ("a-b", "AB"),
        ] {
            assert_eq!(variant(value), wanted, "{value}");
        }
    }
}
