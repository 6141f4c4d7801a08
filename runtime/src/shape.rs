//! Numbers, flags and lists in what was read from texts alone, XML or headers, as a JSON Schema says.

use serde_json::{Map, Number, Value};

/// Gives a value the types that a schema says; `types` holds what its references name (`#/$defs/Name`). What does not fit stays as it is:
/// reading is lenient.
#[cfg_attr(
    not(feature = "xml"),
    expect(unreachable_pub, reason = "only `xml` shows it to the world")
)]
pub fn shape(value: &mut Value, schema: &Value, types: &Value) {
    let schema = resolve(schema, types);
    match first_type(schema) {
        Some("array") => shape_array(value, schema, types),
        Some("object") => shape_object(value, schema, types),
        Some("integer" | "number") => {
            let number = value.as_str().map(str::trim).and_then(number);
            if let Some(number) = number {
                *value = Value::Number(number);
            }
        }
        Some("boolean") => match value.as_str().map(str::trim) {
            Some("true" | "1") => *value = Value::Bool(true),
            Some("false" | "0") => *value = Value::Bool(false),
            _ => {}
        },
        _ => {}
    }
}

fn shape_array(value: &mut Value, schema: &Value, types: &Value) {
    let mut list = match value.take() {
        Value::Array(list) => list,
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        one => vec![one],
    };
    if let Some(of) = schema.get("items") {
        list.iter_mut().for_each(|item| shape(item, of, types));
    }
    *value = Value::Array(list);
}

fn shape_object(value: &mut Value, schema: &Value, types: &Value) {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        *value = Value::Object(Map::new());
    }
    let Value::Object(fields) = value else { return };
    let known = schema.get("properties").and_then(Value::as_object);
    let open = schema.get("additionalProperties").filter(|open| open.is_object());
    for (name, field) in fields {
        if let Some(of) = known.and_then(|known| known.get(name)).or(open) {
            shape(field, of, types);
        }
    }
}

fn number(text: &str) -> Option<Number> {
    let integer =
        text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    integer.ok().or_else(|| text.parse().ok().and_then(Number::from_f64))
}

/// The type, `null` aside.
fn first_type(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

/// What a schema refers to, through a few references.
fn resolve<'a>(schema: &'a Value, types: &'a Value) -> &'a Value {
    const MOST: usize = 8;
    let mut schema = schema;
    for _ in 0..MOST {
        let alternatives = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key)?.as_array());
        let not_null = alternatives.and_then(|all| {
            all.iter().find(|one| one.get("type").is_none_or(|name| name != "null"))
        });
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|path| types.get(path.strip_prefix("#/$defs/")?));
        match target.or(not_null) {
            Some(found) => schema = found,
            None => return schema,
        }
    }
    schema
}
