//! Values out of pairs in the styles that number items and join names with dots: `Tags.member.1.Key=a`.

use actionspec_codegen::catalog::{Schema, Type};
use actionspec_codegen::spec::Style;
use serde_json::{Map, Value};

use crate::read::scalar;

/// The value of a name; `None` if no pair tells of it.
pub(crate) fn read(
    name: &str,
    schema: &Schema,
    style: Style,
    pairs: &[(String, String)],
) -> Option<Value> {
    let within = |name: &str| {
        pairs.iter().any(|(key, _)| {
            key.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    match &schema.ty {
        Type::Array(items) => {
            let between = if style == Style::Members { "member." } else { "" };
            let names = (1..)
                .map(|number| format!("{name}.{between}{number}"))
                .take_while(|name| within(name));
            let values: Vec<Value> =
                names.filter_map(|name| read(&name, items, style, pairs)).collect();
            (!values.is_empty()).then_some(Value::Array(values))
        }
        Type::Object(_) | Type::Map(_) | Type::Named(_) => {
            let mut fields = Map::new();
            for (key, _) in pairs {
                let Some(property) = key
                    .strip_prefix(name)
                    .and_then(|rest| rest.strip_prefix('.')?.split('.').next())
                else {
                    continue;
                };
                let text = Schema { ty: Type::String, ..Schema::default() };
                let of = match &schema.ty {
                    Type::Object(object) => object
                        .properties
                        .iter()
                        .find(|known| known.name == property)
                        .map(|known| &known.schema),
                    Type::Map(values) => Some(&**values),
                    _ => None,
                };
                let value = read(&format!("{name}.{property}"), of.unwrap_or(&text), style, pairs);
                fields.extend(value.map(|value| (property.to_owned(), value)));
            }
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        _ => pairs.iter().find(|(key, _)| key == name).map(|(_, text)| scalar(text, schema)),
    }
}
