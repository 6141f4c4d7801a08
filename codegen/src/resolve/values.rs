//! Allowed values: `enum` and `const`.

use std::collections::HashSet;

use serde_json::Value;

use super::text_checks;
use crate::catalog::{EnumValue, Type};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{self, EnumValues};
use crate::text::plain;

/// The allowed values, and whether `null` is among them.
pub(super) fn resolve(
    spec: &spec::Schema,
    ty: &Type,
    pointer: &str,
    report: &mut Report,
) -> (Vec<EnumValue>, bool) {
    let at = join(pointer, "enum");
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
        return (vec![constant.clone().into()], false);
    }
    let resolved: Vec<EnumValue> = match &spec.values {
        None => return (Vec::new(), false),
        Some(EnumValues::List(list)) => list.iter().cloned().map(EnumValue::from).collect(),
        Some(EnumValues::Described(map)) => map
            .iter()
            .map(|(key, facts)| described(key, facts, ty, &join(&at, key), report))
            .collect(),
    };
    let mut seen = HashSet::with_capacity(resolved.len());
    for (index, value) in resolved.iter().enumerate() {
        if !seen.insert(value.value.to_string()) {
            report.error(
                Code::BadConstraint,
                &join(&at, index),
                format!("duplicate value `{}`", plain(&value.value)),
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

fn described(
    key: &str,
    facts: &spec::EnumValue,
    ty: &Type,
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
    EnumValue { value: typed(key, ty), title, description: Some(description), expands, deprecated }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_described_values_are_of_the_type() {
        assert_eq!(typed("1", &Type::Integer), serde_json::json!(1));
        assert_eq!(typed("1.5", &Type::Number), serde_json::json!(1.5));
        assert_eq!(typed("true", &Type::Boolean), serde_json::json!(true));
        assert_eq!(typed("1", &Type::String), serde_json::json!("1"));
        assert_eq!(typed("one", &Type::Integer), serde_json::json!("one"));
    }
}
