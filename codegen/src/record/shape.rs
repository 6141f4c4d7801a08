//! Types of parameters, from the values that were sent.

use actionspec_model::format;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::credentials::is_secret_name;
use crate::spec::{AdditionalProperties, Schema, TypeName};

/// Levels of objects that are looked into.
const MOST_DEPTH: usize = 8;
/// Properties beyond which an object is a map.
const MOST_PROPERTIES: usize = 60;

/// The type of all these values.
pub(super) fn of(values: &[&Value], depth: usize) -> Schema {
    let nullable = values.iter().any(|value| value.is_null());
    let values: Vec<&Value> = values.iter().copied().filter(|value| !value.is_null()).collect();
    let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(|value| is(value));
    let schema = if depth > MOST_DEPTH || values.is_empty() {
        named("any")
    } else if all(Value::is_boolean) {
        named("boolean")
    } else if all(Value::is_i64) {
        named("integer")
    } else if all(Value::is_number) {
        named("number")
    } else if all(Value::is_string) {
        Schema { format: format_of(&values), ..named("string") }
    } else if all(Value::is_array) {
        let items: Vec<&Value> =
            values.iter().filter_map(|value| value.as_array()).flatten().collect();
        let items = (!items.is_empty()).then(|| Box::new(of(&items, depth + 1)));
        Schema { items, ..named("array") }
    } else if all(Value::is_object) {
        object(&values, depth)
    } else {
        named("any")
    };
    Schema { nullable: nullable && schema.ty != named("any").ty, ..schema }
}

fn object(values: &[&Value], depth: usize) -> Schema {
    let mut fields: IndexMap<&String, Vec<&Value>> = IndexMap::new();
    for (name, value) in values.iter().filter_map(|value| value.as_object()).flatten() {
        fields.entry(name).or_default().push(value);
    }
    if fields.is_empty() {
        return named("object");
    }
    let is_map = fields.len() > MOST_PROPERTIES
        || fields
            .keys()
            .all(|name| name.chars().any(|c| c.is_ascii_digit()) && super::group::is_id(name));
    if is_map {
        let all: Vec<&Value> = fields.into_values().flatten().collect();
        return Schema {
            additional_properties: Some(AdditionalProperties::Typed(Box::new(of(&all, depth + 1)))),
            ..named("object")
        };
    }
    let properties = fields.into_iter().map(|(name, values)| {
        (name.clone(), Schema { secret: is_secret_name(name), ..of(&values, depth + 1) })
    });
    Schema { properties: properties.collect(), ..named("object") }
}

/// A type by its name.
pub(super) fn named(name: &str) -> Schema {
    Schema { ty: Some(TypeName(name.to_owned())), ..Schema::default() }
}

/// The format that all texts have.
fn format_of(values: &[&Value]) -> Option<String> {
    let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
    ["date-time", "date", "uuid", "email", "uri"]
        .into_iter()
        .find(|format| texts.iter().all(|text| format::holds(format, text)))
        .map(str::to_owned)
}

/// The value that texts of a query or form stand for: a number or flag if all of them read as one.
pub(super) fn typed(texts: &[&str], name: &str) -> Vec<Value> {
    // Ids are texts, whatever they are made of today.
    let is_id =
        name.to_ascii_lowercase().ends_with("id") || name.to_ascii_lowercase().ends_with("ids");
    let whole = |text: &&str| text.parse::<i64>().is_ok_and(|number| number.to_string() == **text);
    if !texts.is_empty() && texts.iter().all(|text| matches!(*text, "true" | "false")) {
        return texts.iter().map(|text| Value::Bool(*text == "true")).collect();
    }
    if !is_id && !texts.is_empty() && texts.iter().all(whole) {
        return texts.iter().filter_map(|text| text.parse::<i64>().ok()).map(Value::from).collect();
    }
    texts.iter().map(|text| Value::from(*text)).collect()
}

/// The keys of objects, or of the objects in a list: what answers that are alike have in common.
pub(super) fn signature(value: &Value) -> IndexSet<String> {
    let keys: IndexSet<String> = match value {
        Value::Object(fields) => fields.keys().cloned().collect(),
        Value::Array(items) => items
            .iter()
            .take(20)
            .filter_map(Value::as_object)
            .flat_map(|fields| fields.keys().map(|key| format!("*/{key}")))
            .collect(),
        _ => IndexSet::new(),
    };
    let mut sorted: Vec<String> = keys.into_iter().collect();
    sorted.sort_unstable();
    sorted.into_iter().collect()
}
