//! JSON Schema (draft 2020-12) of arguments, results and events.
//!
//! Arguments are strict: whatever the validators refuse, the schema refuses. Results are lenient, as reading is: fields may be missing
//! or `null`, and others may stand beside them. The OpenAPI documents write their schemas here too.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::catalog::{
    Action, Alternative, EnumValue, Integration, Object, Parameter, Property, Schema, Trigger,
    Type, Union,
};
use crate::spec::{Condition, Rule};

/// Whether a schema describes what is sent or what is received.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Sent,
    Received,
}

/// What a schema is part of, which says where the named types stand and how bytes are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// A schema of its own: types are in its `$defs`, a file is what the client takes for one.
    JsonSchema,
    /// An OpenAPI document: types are components, one for each direction, and a file within JSON is base64.
    OpenApi,
}

/// How schemas are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Writer {
    pub(super) direction: Direction,
    pub(super) dialect: Dialect,
}

/// Arguments as the client takes them.
const ARGUMENTS: Writer = Writer { direction: Direction::Sent, dialect: Dialect::JsonSchema };
/// Results and events as the client gives them.
const RESULTS: Writer = Writer { direction: Direction::Received, dialect: Dialect::JsonSchema };

impl Writer {
    /// The name under which a named type is defined. No type has a hyphen in its own name.
    pub(super) fn name(self, name: &str) -> String {
        match self.direction {
            Direction::Sent => format!("{name}-Input"),
            Direction::Received => name.to_owned(),
        }
    }

    /// The reference to a named type.
    pub(super) fn reference(self, name: &str) -> String {
        let folder = match self.dialect {
            Dialect::JsonSchema => "#/$defs/",
            Dialect::OpenApi => "#/components/schemas/",
        };
        format!("{folder}{}", self.name(name))
    }
}

/// The schema of an action's arguments, complete in itself.
#[must_use]
pub fn parameters(integration: &Integration, action: &Action) -> Value {
    let mut schema = arguments(action);
    let mut named = BTreeSet::new();
    for parameter in &action.parameters {
        reach(&parameter.schema, integration, &mut named);
    }
    if !named.is_empty() {
        annotate(&mut schema, "$defs", definitions(integration, &named, ARGUMENTS));
    }
    schema
}

/// The schema of an action's arguments: an object with a property for each parameter key. Named types are `#/$defs/Name-Input`, which [`types`]
/// defines once for all actions: types that lead to each other would be in every action's schema otherwise.
#[must_use]
pub fn arguments(action: &Action) -> Value {
    let mut properties = Map::new();
    for parameter in &action.parameters {
        properties.insert(parameter.key.clone(), argument(parameter, ARGUMENTS));
    }
    let required: Vec<&str> = action
        .parameters
        .iter()
        .filter(|parameter| parameter.schema.required && parameter.schema.default.is_none())
        .map(|parameter| parameter.key.as_str())
        .collect();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(action.title));
    schema.insert("description".to_owned(), json!(action.summary));
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    let rules: Vec<Value> =
        action.rules.iter().flat_map(|rule| rule_schemas(&rule.rule, &action.parameters)).collect();
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(rules));
    }
    Value::Object(schema)
}

/// The schema of an action's result, if that is JSON. Named types are `#/$defs/Name`, which [`types`] defines.
#[must_use]
pub fn result(action: &Action) -> Option<Value> {
    action.output.kind.is_structured().then(|| {
        let mut schema = convert(&action.output.schema, RESULTS);
        if let Some(description) = &action.output.description {
            annotate(&mut schema, "description", json!(description));
        }
        schema
    })
}

/// The schema of every named type of an integration as it is received, by name; and, as `Name-Input`, of those that are sent.
#[must_use]
pub fn types(integration: &Integration) -> Value {
    let all = integration.types.iter().map(|def| def.name.as_str()).collect();
    let mut sent = BTreeSet::new();
    for parameter in integration.actions.iter().flat_map(|action| &action.parameters) {
        reach(&parameter.schema, integration, &mut sent);
    }
    let mut types = definitions(integration, &all, RESULTS);
    if let (Value::Object(types), Value::Object(more)) =
        (&mut types, definitions(integration, &sent, ARGUMENTS))
    {
        types.extend(more);
    }
    types
}

/// The schema of a trigger's event. Named types are `#/$defs/Name`, which [`types`] defines.
#[must_use]
pub fn event(trigger: &Trigger) -> Value {
    convert(&trigger.schema, RESULTS)
}

/// The named types, by the names under which the writer refers to them.
pub(super) fn definitions(
    integration: &Integration,
    names: &BTreeSet<&str>,
    writer: Writer,
) -> Value {
    let defs =
        integration.types.iter().filter(|def| names.contains(def.name.as_str())).map(|def| {
            let mut schema = convert(&def.schema, writer);
            if let Some(description) = &def.description {
                annotate(&mut schema, "description", json!(description));
            }
            (writer.name(&def.name), schema)
        });
    Value::Object(defs.collect())
}

/// The names of types that a schema reaches.
pub(super) fn reach<'a>(
    schema: &Schema,
    integration: &'a Integration,
    names: &mut BTreeSet<&'a str>,
) {
    match &schema.ty {
        Type::Named(name) => {
            if let Some(def) = integration.type_named(name)
                && names.insert(&def.name)
            {
                reach(&def.schema, integration, names);
            }
        }
        Type::Array(items) | Type::Map(items) => reach(items, integration, names),
        Type::Object(object) => {
            for property in &object.properties {
                reach(&property.schema, integration, names);
            }
            if let Some(additional) = &object.additional {
                reach(additional, integration, names);
            }
        }
        Type::Union(union) => union
            .alternatives
            .iter()
            .for_each(|alternative| reach(&alternative.schema, integration, names)),
        _ => {}
    }
}

/// The schema of a parameter's value.
pub(super) fn argument(parameter: &Parameter, writer: Writer) -> Value {
    let mut schema = convert(&parameter.schema, writer);
    if let Value::Object(fields) = &mut schema {
        fields.shift_insert(0, "title".to_owned(), json!(parameter.title));
    }
    schema
}

fn annotate(schema: &mut Value, key: &str, value: Value) {
    if let Value::Object(fields) = schema {
        fields.insert(key.to_owned(), value);
    }
}

/// A type.
pub(super) fn convert(schema: &Schema, writer: Writer) -> Value {
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
    // OpenAPI has a word for it, which tells tools more than the rule does.
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
    // An alternative that allows `null` says so itself; a second one would make it two.
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
    let (least, most) = schema.range();
    let floats = [
        ("minimum", least),
        ("maximum", most),
        ("exclusiveMinimum", schema.exclusive_minimum),
        ("exclusiveMaximum", schema.exclusive_maximum),
        ("multipleOf", schema.multiple_of),
    ];
    for (key, value) in
        floats.into_iter().filter_map(|(key, value)| value.map(|value| (key, value)))
    {
        put(key, number(value));
    }
    let lengths = [
        ("minLength", schema.min_length),
        ("maxLength", schema.max_length),
        ("minItems", schema.min_items),
        ("maxItems", schema.max_items),
        ("minProperties", schema.min_properties),
        ("maxProperties", schema.max_properties),
    ];
    for (key, value) in
        lengths.into_iter().filter_map(|(key, value)| value.map(|value| (key, value)))
    {
        put(key, json!(value));
    }
    if let Some(pattern) = &schema.pattern {
        put("pattern", json!(pattern));
    }
    if schema.unique_items {
        put("uniqueItems", json!(true));
    }
}

/// A number as people write it: whole ones without a fraction.
pub(super) fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than 2^53")]
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
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

fn has(name: &str) -> Value {
    json!({ "required": [name] })
}

fn rule_schemas(rule: &Rule, parameters: &[Parameter]) -> Vec<Value> {
    let each = |names: &[String]| -> Vec<Value> { names.iter().map(|name| has(name)).collect() };
    match rule {
        Rule::ExactlyOneOf(names) => vec![json!({ "oneOf": each(names) })],
        Rule::AtLeastOneOf(names) => vec![json!({ "anyOf": each(names) })],
        Rule::AtMostOneOf(names) => names
            .iter()
            .enumerate()
            .flat_map(|(index, a)| {
                names[index + 1..].iter().map(move |b| json!({ "not": { "required": [a, b] } }))
            })
            .collect(),
        Rule::AllOrNone(names) => {
            let demands: Map<String, Value> = names
                .iter()
                .map(|name| {
                    (
                        name.clone(),
                        names
                            .iter()
                            .filter(|other| *other != name)
                            .map(|other| json!(other))
                            .collect(),
                    )
                })
                .collect();
            vec![json!({ "dependentRequired": demands })]
        }
        Rule::Requires(map) => vec![json!({ "dependentRequired": map })],
        Rule::Conflicts(map) => map
            .iter()
            .flat_map(|(a, others)| {
                others.iter().map(move |b| json!({ "not": { "required": [a, b] } }))
            })
            .collect(),
        Rule::RequiredIf(condition) => {
            vec![
                json!({ "if": holds(condition, parameters), "then": { "required": condition.parameters } }),
            ]
        }
        Rule::AllowedIf(condition) => {
            vec![
                json!({ "if": { "anyOf": each(&condition.parameters) }, "then": holds(condition, parameters) }),
            ]
        }
    }
}

/// Every condition holds. A parameter that is not given has its default, if it has one.
fn holds(condition: &Condition, parameters: &[Parameter]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, value) in &condition.when {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let by_default = parameters
            .iter()
            .find(|parameter| parameter.key == *name)
            .and_then(|parameter| parameter.schema.default.as_ref())
            .is_some_and(|default| values.contains(default));
        if !by_default {
            required.push(name);
        }
        properties.insert(name.clone(), json!({ "enum": values }));
    }
    json!({ "properties": properties, "required": required })
}
