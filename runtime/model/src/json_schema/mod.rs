//! The JSON Schema (draft 2020-12) of a [`Schema`].
//!
//! What is sent is strict: whatever the validator refuses, the schema refuses. What is received is lenient, as reading is: fields may be missing
//! or `null`, and there may be others.

mod arguments;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::format::{self, Format};
use crate::keyword::compare;
use crate::schema::{Alternative, EnumValue, Object, Property, Schema, Type, Types, Union};

pub use arguments::{argument, arguments};

/// Whether a schema describes what is sent or what is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the vendor.
    Sent,
    /// From the vendor.
    Received,
}

/// What a schema is part of: it decides where named types are and how bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A self-contained schema: named types are in `$defs`, and a file has the form that the client accepts.
    JsonSchema,
    /// An OpenAPI document: types are components, one for each direction, and a file within JSON is base64.
    OpenApi,
}

/// How schemas are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writer {
    /// Sent or received.
    pub direction: Direction,
    /// What the schema is part of.
    pub dialect: Dialect,
}

/// Arguments as the client takes them.
pub const ARGUMENTS: Writer = Writer { direction: Direction::Sent, dialect: Dialect::JsonSchema };
/// Results and events as the client returns them.
pub const RESULTS: Writer = Writer { direction: Direction::Received, dialect: Dialect::JsonSchema };

impl Writer {
    /// The name under which a named type is defined. No type has a hyphen in its own name.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        match self.direction {
            Direction::Sent => format!("{name}-Input"),
            Direction::Received => name.to_owned(),
        }
    }

    /// The reference to a named type.
    #[must_use]
    pub fn reference(self, name: &str) -> String {
        let folder = match self.dialect {
            Dialect::JsonSchema => "#/$defs/",
            Dialect::OpenApi => "#/components/schemas/",
        };
        format!("{folder}{}", self.name(name))
    }
}

/// Adds the names of the types that a schema reaches.
pub fn reach(schema: &Schema, types: &dyn Types, names: &mut BTreeSet<String>) {
    if let Type::Named(name) = &schema.ty {
        if let Some(named) = types.named(name)
            && names.insert(name.clone())
        {
            reach(named, types, names);
        }
        return;
    }
    schema.children().for_each(|child| reach(child, types, names));
}

/// Adds a keyword to a schema.
pub fn annotate(schema: &mut Value, key: &str, value: Value) {
    if let Value::Object(fields) = schema {
        fields.insert(key.to_owned(), value);
    }
}

/// The JSON Schema of a type.
#[must_use]
pub fn convert(schema: &Schema, writer: Writer) -> Value {
    let direction = writer.direction;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    put_type(schema, writer, &mut put);
    if direction == Direction::Sent {
        put_constraints(schema, &mut put);
    }
    if let Some(format) = schema.format.as_deref() {
        put("format", json!(format));
    }
    put_values(schema, direction, &mut put);
    if let Some(description) = &schema.description {
        put("description", json!(description));
    }
    if let Some(default) = schema.default.as_ref().or(schema.vendor_default.as_ref()) {
        put("default", default.clone());
    }
    if let Some(example) = schema.example.as_ref().filter(|_| !schema.secret) {
        put("examples", json!([example]));
    }
    if schema.deprecated.is_some() {
        put("deprecated", json!(true));
    }
    if schema.read_only {
        put("readOnly", json!(true));
    }
    if schema.secret || schema.write_only {
        put("writeOnly", json!(true));
    }
    Value::Object(out)
}

fn put_type(schema: &Schema, writer: Writer, put: &mut impl FnMut(&str, Value)) {
    let nullable = schema.nullable || writer.direction == Direction::Received;
    let simple = |name: &str| if nullable { json!([name, "null"]) } else { json!(name) };
    match &schema.ty {
        Type::Any => {}
        Type::String => put("type", simple("string")),
        Type::Integer => put("type", simple("integer")),
        Type::Number => put("type", simple("number")),
        Type::Boolean => put("type", simple("boolean")),
        Type::File => {
            put(
                "type",
                if writer.dialect == Dialect::OpenApi {
                    json!("string")
                } else {
                    json!(["string", "object"])
                },
            );
            put("contentEncoding", json!("base64"));
        }
        Type::Array(items) => {
            put("type", simple("array"));
            put("items", convert(items, writer));
        }
        Type::Map(values) => {
            put("type", simple("object"));
            put("additionalProperties", convert(values, writer));
        }
        Type::Object(object) => put_object(object, writer, simple("object"), put),
        Type::Named(name) if nullable => {
            put("anyOf", json!([{ "$ref": writer.reference(name) }, { "type": "null" }]));
        }
        Type::Named(name) => put("$ref", json!(writer.reference(name))),
        Type::Union(union) => put_union(union, nullable, writer, put),
    }
}

fn put_union(union: &Union, nullable: bool, writer: Writer, put: &mut impl FnMut(&str, Value)) {
    // OpenAPI has a keyword for it, which tools know better than the rule.
    let mapping = mapping(union, writer);
    if let (Some(mapping), Some(property)) = (&mapping, &union.discriminator) {
        put("discriminator", json!({ "propertyName": property, "mapping": mapping }));
    }
    let tag = union
        .discriminator
        .as_deref()
        .filter(|_| writer.direction == Direction::Sent && mapping.is_none());
    let alternatives = union.alternatives.iter().map(|alternative| {
        if let (Some(_), Type::Named(name)) = (&mapping, &alternative.schema.ty) {
            return json!({ "$ref": writer.reference(name) });
        }
        let schema = convert(&alternative.schema, writer);
        tag.map_or_else(|| schema.clone(), |property| tagged(&schema, property, alternative))
    });
    // An alternative may allow `null` already; a second one would match twice.
    let null = (nullable
        && !union.alternatives.iter().any(|alternative| alternative.schema.nullable))
    .then(|| json!({ "type": "null" }));
    let key = if writer.direction == Direction::Sent
        && (union.exactly_one && mapping.is_none() || tag.is_some())
    {
        "oneOf"
    } else {
        "anyOf"
    };
    put(key, alternatives.chain(null).collect());
}

/// What each value of the discriminator refers to, in OpenAPI, where every alternative is a named type.
fn mapping(union: &Union, writer: Writer) -> Option<Map<String, Value>> {
    if writer.dialect != Dialect::OpenApi || union.discriminator.is_none() {
        return None;
    }
    let mut mapping = Map::new();
    for alternative in &union.alternatives {
        let Type::Named(name) = &alternative.schema.ty else { return None };
        mapping.extend(
            alternative.tags.iter().map(|tag| (tag.clone(), json!(writer.reference(name)))),
        );
    }
    Some(mapping)
}

/// An alternative with the values of the discriminator that mean it.
fn tagged(schema: &Value, property: &str, alternative: &Alternative) -> Value {
    json!({ "allOf": [schema, { "required": [property], "properties": { property: { "enum": alternative.tags } } }] })
}

fn put_object(object: &Object, writer: Writer, ty: Value, put: &mut impl FnMut(&str, Value)) {
    put("type", ty);
    let properties: Map<String, Value> = object
        .properties
        .iter()
        .map(|property| (property.name.clone(), convert(&property.schema, writer)))
        .collect();
    put("properties", Value::Object(properties));
    if writer.direction == Direction::Received {
        return;
    }
    let required: Vec<&str> = object
        .properties
        .iter()
        .filter(|property| is_demanded(property))
        .map(|property| property.name.as_str())
        .collect();
    if !required.is_empty() {
        put("required", json!(required));
    }
    put(
        "additionalProperties",
        object.additional.as_ref().map_or(json!(false), |values| convert(values, writer)),
    );
}

/// What the vendor sets need not be sent.
fn is_demanded(property: &Property) -> bool {
    property.schema.required && !property.schema.read_only
}

fn put_constraints(schema: &Schema, put: &mut impl FnMut(&str, Value)) {
    for (name, value) in constraints(schema) {
        put(name, value);
    }
}

/// The constraint keywords of a schema, the range of its format included.
#[must_use]
pub fn constraints(schema: &Schema) -> Vec<(&'static str, Value)> {
    let mut found: Vec<(&'static str, Value)> = schema
        .constraints
        .iter()
        .map(|(keyword, operand)| (keyword.name(), operand.to_value()))
        .collect();
    if let Some(range) = schema.format.as_deref().and_then(format::find).and_then(Format::range) {
        let (least, most) = (whole(*range.start()), whole(*range.end()));
        narrow(&mut found, 1, "maximum", most, std::cmp::Ordering::Greater);
        narrow(&mut found, 0, "minimum", least, std::cmp::Ordering::Less);
    }
    found
}

fn whole(number: i128) -> Value {
    serde_json::Number::from_i128(number).map_or(Value::Null, Value::Number)
}

/// Sets a limit unless there is a narrower one.
fn narrow(
    found: &mut Vec<(&'static str, Value)>,
    position: usize,
    name: &'static str,
    limit: Value,
    wider: std::cmp::Ordering,
) {
    match found.iter_mut().find(|(known, _)| *known == name) {
        Some((_, known)) => {
            if let (Value::Number(old), Value::Number(new)) = (&*known, &limit)
                && compare(old, new) == Some(wider)
            {
                *known = limit;
            }
        }
        None => found.insert(position.min(found.len()), (name, limit)),
    }
}

fn put_values(schema: &Schema, direction: Direction, put: &mut impl FnMut(&str, Value)) {
    if schema.values.is_empty() {
        return;
    }
    if schema.open_enum || direction == Direction::Received {
        if schema.example.is_none() {
            put("examples", schema.values.iter().map(|value| value.value.clone()).collect());
        }
        return;
    }
    if let ([only], false) = (schema.values.as_slice(), schema.nullable)
        && only.description.is_none()
    {
        put("const", only.value.clone());
        return;
    }
    let described = schema.values.iter().any(|value| value.description.is_some());
    if described && !schema.nullable && !matches!(schema.ty, Type::Union(_)) {
        put("oneOf", schema.values.iter().map(constant).collect());
    } else {
        let null = schema.nullable.then_some(Value::Null);
        put("enum", schema.values.iter().map(|value| value.value.clone()).chain(null).collect());
    }
}

fn constant(value: &EnumValue) -> Value {
    let mut out = Map::new();
    out.insert("const".to_owned(), value.value.clone());
    if let Some(title) = &value.title {
        out.insert("title".to_owned(), json!(title));
    }
    if let Some(description) = &value.description {
        out.insert("description".to_owned(), json!(description));
    }
    if value.deprecated.is_some() {
        out.insert("deprecated".to_owned(), json!(true));
    }
    Value::Object(out)
}
