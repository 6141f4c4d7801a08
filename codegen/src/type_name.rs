//! The name of a type on pages and in sentences.

use crate::catalog::{Schema, Type, Union};

/// A type: `string`, `array of integer`, `User`.
pub(crate) fn type_name(schema: &Schema) -> String {
    let name = match &schema.ty {
        Type::Any => "any".to_owned(),
        Type::String => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::File => "file".to_owned(),
        Type::Array(items) => format!("array of {}", type_name(items)),
        Type::Object(_) => "object".to_owned(),
        Type::Map(values) if values.ty == Type::Any => "map".to_owned(),
        Type::Map(values) => format!("map of {}", type_name(values)),
        Type::Named(name) => name.clone(),
        Type::Union(union) => alternatives(union),
    };
    match &schema.format {
        Some(format) => format!("{name} ({format})"),
        None => name,
    }
}

/// `string, integer or Node`
fn alternatives(union: &Union) -> String {
    /// More types than this would fill the table cell.
    const SHOWN: usize = 5;
    let mut names: Vec<String> =
        union.alternatives.iter().map(|alternative| type_name(&alternative.schema)).collect();
    names.dedup();
    if names.len() > SHOWN {
        let more = names.len() - SHOWN;
        names.truncate(SHOWN);
        names.push(format!("one of {more} more"));
    }
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => names.concat(),
    }
}
