//! Types: an object says what a value must satisfy, a text is the name of one that the integration declares.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::fields::{Damage, Fields, kept};
use crate::descriptor::{
    Additional, Alternative, Format, Integration, Kind, Property, Schema, SchemaRef, Union,
};

/// Names that stand for names end somewhere.
const MOST_NAMES: usize = 32;

const KINDS: &[(&str, Kind)] = &[
    ("any", Kind::Any),
    ("string", Kind::String),
    ("integer", Kind::Integer),
    ("number", Kind::Number),
    ("boolean", Kind::Boolean),
    ("array", Kind::Array),
    ("object", Kind::Object),
    ("file", Kind::File),
];

/// The types that an integration declares, by name.
pub(in crate::descriptor) fn schemas(
    integration: &'static Integration,
    text: &str,
) -> Result<BTreeMap<&'static str, Schema>, Damage> {
    let all: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| Damage::new(error.to_string()))?;
    all.iter().map(|(name, value)| Ok((kept(name), declared(integration, &all, value)?))).collect()
}

fn declared(
    integration: &'static Integration,
    all: &Map<String, Value>,
    value: &Value,
) -> Result<Schema, Damage> {
    let mut value = value;
    for _ in 0..MOST_NAMES {
        match value {
            Value::String(name) => {
                value =
                    all.get(name).ok_or_else(|| Damage::new(format!("unknown type `{name}`")))?;
            }
            value => return object(integration, value),
        }
    }
    Err(Damage::new("a type is named in a circle"))
}

/// A type by value.
pub(super) fn schema(integration: &'static Integration, value: &Value) -> Result<Schema, Damage> {
    match value {
        Value::String(name) => Ok(*SchemaRef::named(integration, kept(name))),
        value => object(integration, value),
    }
}

fn reference(integration: &'static Integration, value: &Value) -> Result<SchemaRef, Damage> {
    match value {
        Value::String(name) => Ok(SchemaRef::named(integration, kept(name))),
        value => Ok(SchemaRef::new(Box::leak(Box::new(object(integration, value)?)))),
    }
}

fn object(integration: &'static Integration, value: &Value) -> Result<Schema, Damage> {
    let fields = Fields::new("a type", value)?;
    let schema = Schema {
        kind: fields.word("kind", Kind::Any, KINDS)?,
        format: fields.map("format", |value| super::fields::word(value, Format::NAMES))?,
        values: fields.literals("values")?,
        nullable: fields.flag("nullable")?,
        minimum: fields.number("minimum")?,
        maximum: fields.number("maximum")?,
        exclusive_minimum: fields.number("exclusive_minimum")?,
        exclusive_maximum: fields.number("exclusive_maximum")?,
        multiple_of: fields.number("multiple_of")?,
        min_length: fields.count("min_length")?,
        max_length: fields.count("max_length")?,
        pattern: fields.text_option("pattern")?,
        items: fields.read("items", |value| reference(integration, value))?,
        min_items: fields.count("min_items")?,
        max_items: fields.count("max_items")?,
        unique_items: fields.flag("unique_items")?,
        properties: fields.list("properties", |value| property(integration, value))?,
        additional: match fields.get("additional") {
            None => Additional::Any,
            Some(Value::Bool(false)) => Additional::None,
            Some(value) => Additional::Typed(reference(integration, value)?),
        },
        min_properties: fields.count("min_properties")?,
        max_properties: fields.count("max_properties")?,
        union: fields.read("union", |value| union(integration, value))?,
    };
    fields.end()?;
    Ok(schema)
}

fn property(integration: &'static Integration, value: &Value) -> Result<Property, Damage> {
    let fields = Fields::new("a property", value)?;
    let property = Property {
        name: fields.text("name")?,
        required: fields.flag("required")?,
        schema: reference(
            integration,
            fields.get("schema").ok_or_else(|| fields.wrong("schema"))?,
        )?,
    };
    fields.end()?;
    Ok(property)
}

fn union(integration: &'static Integration, value: &Value) -> Result<&'static Union, Damage> {
    let fields = Fields::new("a union", value)?;
    let union = Union {
        exactly_one: fields.flag("exactly_one")?,
        discriminator: fields.text_option("discriminator")?,
        alternatives: fields.list("alternatives", |value| {
            let fields = Fields::new("an alternative", value)?;
            let alternative = Alternative {
                title: fields.text("title")?,
                tags: fields.texts("tags")?,
                schema: reference(
                    integration,
                    fields.get("schema").ok_or_else(|| fields.wrong("schema"))?,
                )?,
            };
            fields.end()?;
            Ok(alternative)
        })?,
    };
    fields.end()?;
    Ok(Box::leak(Box::new(union)))
}
