//! Numbers, flags and lists in what was read from texts alone, XML or headers, as a type says.

use actionspec_model::schema::{Types, underlying};
use serde_json::{Map, Number, Value};

use crate::descriptor::{Schema, Type};

/// Gives a value the types that a schema says. What does not fit stays as it is: reading is lenient.
#[cfg_attr(
    not(feature = "xml"),
    expect(unreachable_pub, reason = "only `xml` shows it to the world")
)]
pub fn shape(value: &mut Value, schema: &Schema, types: &dyn Types) {
    let Some(schema) = resolve(schema, types) else { return };
    match &schema.ty {
        Type::Array(items) => shape_array(value, items, types),
        Type::Object(_) | Type::Map(_) => shape_object(value, &schema.ty, types),
        Type::Integer | Type::Number => {
            let number = value.as_str().map(str::trim).and_then(number);
            if let Some(number) = number {
                *value = Value::Number(number);
            }
        }
        Type::Boolean => match value.as_str().map(str::trim) {
            Some("true" | "1") => *value = Value::Bool(true),
            Some("false" | "0") => *value = Value::Bool(false),
            _ => {}
        },
        Type::Any | Type::String | Type::File | Type::Named(_) | Type::Union(_) => {}
    }
}

fn shape_array(value: &mut Value, items: &Schema, types: &dyn Types) {
    let mut list = match value.take() {
        Value::Array(list) => list,
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        one => vec![one],
    };
    list.iter_mut().for_each(|item| shape(item, items, types));
    *value = Value::Array(list);
}

fn shape_object(value: &mut Value, ty: &Type, types: &dyn Types) {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        *value = Value::Object(Map::new());
    }
    let Value::Object(fields) = value else { return };
    for (name, field) in fields {
        let of = match ty {
            Type::Object(object) => object
                .property(name)
                .map(|property| &property.schema)
                .or(object.additional.as_deref()),
            Type::Map(values) => Some(&**values),
            _ => None,
        };
        if let Some(of) = of {
            shape(field, of, types);
        }
    }
}

fn number(text: &str) -> Option<Number> {
    let integer =
        text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    integer.ok().or_else(|| text.parse().ok().and_then(Number::from_f64))
}

/// What a schema names; of several types the first one, through a few of them.
fn resolve<'a>(schema: &'a Schema, types: &'a dyn Types) -> Option<&'a Schema> {
    const MOST: usize = 8;
    let mut schema = underlying(schema, types)?;
    for _ in 0..MOST {
        let Type::Union(union) = &schema.ty else { break };
        schema = underlying(&union.alternatives.first()?.schema, types)?;
    }
    Some(schema)
}
