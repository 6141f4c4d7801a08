//! Allowed values: `enum` and `const`.

use serde_json::Value;

use super::report::{Report, join};
use super::schema::plain;
use super::text_checks;
use crate::catalog::model::{EnumValue, Type};
use crate::catalog::names::{self, Scope};
use crate::diagnostics::Code;
use crate::spec::{self, EnumValues};

/// The allowed values, and whether `null` is among them.
pub(super) fn resolve(
    spec: &spec::Schema,
    ty: &Type,
    pointer: &str,
    report: &mut Report,
) -> (Vec<EnumValue>, bool) {
    let at = join(pointer, "enum");
    let mut scope = Scope::reserving(&["Other"]);
    if let Some(constant) = &spec.constant {
        if spec.values.is_some() {
            report
                .error_at_key(
                    Code::BadConstraint,
                    &at,
                    "`const` allows one value, and `enum` several",
                )
                .help("remove one of them");
        }
        return (vec![value(constant.clone(), &mut scope)], false);
    }
    let resolved: Vec<EnumValue> = match &spec.values {
        None => return (Vec::new(), false),
        Some(EnumValues::List(list)) => {
            list.iter().map(|one| value(one.clone(), &mut scope)).collect()
        }
        Some(EnumValues::Described(map)) => map
            .iter()
            .map(|(key, facts)| described(key, facts, ty, &mut scope, &join(&at, key), report))
            .collect(),
    };
    for (index, value) in resolved.iter().enumerate() {
        if resolved[..index].iter().any(|earlier| earlier.value == value.value) {
            report.error(
                Code::BadConstraint,
                &join(&at, index),
                format!("`{}` stands here twice", plain(&value.value)),
            );
        }
    }
    let (null, values): (Vec<EnumValue>, Vec<EnumValue>) =
        resolved.into_iter().partition(|value| value.value.is_null());
    if values.is_empty() {
        report
            .error(Code::BadConstraint, &at, "no value is allowed")
            .help("list the allowed values, or remove `enum`");
    }
    (values, !null.is_empty())
}

fn value(value: Value, scope: &mut Scope) -> EnumValue {
    let variant = scope.take(variant(&plain(&value)));
    EnumValue { variant, value, title: None, description: None, expands: None, deprecated: None }
}

fn described(
    key: &str,
    facts: &spec::EnumValue,
    ty: &Type,
    scope: &mut Scope,
    at: &str,
    report: &mut Report,
) -> EnumValue {
    let (description, title, expands, deprecated) = match facts {
        spec::EnumValue::Description(text) => (text.clone(), None, None, None),
        spec::EnumValue::Detailed { description, title, expands, deprecated } => {
            text_checks::deprecation(deprecated.as_ref(), &join(at, "deprecated"), report);
            (description.clone(), title.clone(), expands.clone(), deprecated.clone())
        }
    };
    report.not_blank(at, &description);
    let variant = scope.take(title.as_deref().map_or_else(|| variant(key), variant));
    EnumValue {
        variant,
        value: typed(key, ty),
        title,
        description: Some(description),
        expands,
        deprecated,
    }
}

/// A key as a value of the type; keys of mappings are always text.
fn typed(key: &str, ty: &Type) -> Value {
    let parsed = match ty {
        Type::Integer | Type::Number | Type::Boolean => serde_json::from_str(key).ok(),
        _ => None,
    };
    parsed
        .filter(|value: &Value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| Value::String(key.to_owned()))
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

/// A minus before a number is no separator.
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

    #[test]
    fn keys_of_described_values_are_of_the_type() {
        assert_eq!(typed("1", &Type::Integer), serde_json::json!(1));
        assert_eq!(typed("1.5", &Type::Number), serde_json::json!(1.5));
        assert_eq!(typed("true", &Type::Boolean), serde_json::json!(true));
        assert_eq!(typed("1", &Type::String), serde_json::json!("1"));
        assert_eq!(typed("one", &Type::Integer), serde_json::json!("one"));
    }
}
