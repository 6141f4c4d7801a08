//! Types of parameters: an object says what a value must satisfy, a text is the name of a type that the integration declares. References by
//! name let recursive types end, and say each type once.

use std::collections::BTreeMap;

use actionspec_model::keyword::{self, Class, Keyword};
use actionspec_model::{format, json_schema};
use serde_json::{Map, Value};

use super::object::Object;
use crate::catalog::{self, Integration, Property, Schema, Type, TypeDef, Union};

/// The named types that parameters refer to; `None` if there is none.
pub(crate) fn schemas(integration: &Integration) -> Option<Value> {
    let mut schemas: BTreeMap<String, Value> = BTreeMap::new();
    let mut pending = Vec::new();
    for parameter in integration.actions.iter().flat_map(|action| &action.parameters) {
        references(&parameter.schema, &mut pending);
    }
    while let Some((name, nullable)) = pending.pop() {
        let reference = reference(&name, nullable);
        if let Some(TypeDef { schema, .. }) = integration.type_named(&name)
            && !schemas.contains_key(&reference)
        {
            references(schema, &mut pending);
            if let (Type::Named(name), true) = (&schema.ty, nullable) {
                pending.push((name.clone(), true));
            }
            schemas.insert(
                reference,
                self::schema(
                    integration,
                    &Schema { nullable: schema.nullable || nullable, ..schema.clone() },
                ),
            );
        }
    }
    (!schemas.is_empty()).then(|| Value::Object(schemas.into_iter().collect::<Map<_, _>>()))
}

/// The references to named types in a schema: their names, and whether `null` is allowed beside them.
fn references(schema: &Schema, found: &mut Vec<(String, bool)>) {
    match &schema.ty {
        Type::Named(name) => found.push((name.clone(), schema.nullable)),
        Type::Array(items) | Type::Map(items) => references(items, found),
        Type::Object(object) => {
            object.properties.iter().for_each(|property| references(&property.schema, found));
            object.additional.iter().for_each(|additional| references(additional, found));
        }
        Type::Union(union) => {
            union
                .alternatives
                .iter()
                .for_each(|alternative| references(&alternative.schema, found));
        }
        _ => {}
    }
}

/// How a named type is referred to: no name of a type holds a question mark.
fn reference(name: &str, nullable: bool) -> String {
    if nullable { format!("{name}?") } else { name.to_owned() }
}

/// A type, or the name of one.
pub(super) fn schema(integration: &Integration, schema: &Schema) -> Value {
    if let Type::Named(name) = &schema.ty
        && integration.type_named(name).is_some()
    {
        return reference(name, schema.nullable).into();
    }
    let values =
        schema.values.iter().filter(|_| !schema.open_enum).map(|value| value.value.clone());
    let mut object = Object::default()
        .maybe("kind", kind(&schema.ty))
        .maybe("format", checked(schema.format.as_deref()))
        .list("values", values)
        .flag("nullable", schema.nullable);
    for (name, operand) in json_schema::constraints(schema) {
        // The runtime's own schema has no field for constraints of constraints; the generator checks them.
        if operand.is_object() {
            continue;
        }
        let code = keyword::find(name).map_or(name, Keyword::code);
        object = object.with(code, operand);
    }
    structure(integration, &schema.ty, object).into()
}

/// A format of strings that is validated.
fn checked(format: Option<&str>) -> Option<&str> {
    format.filter(|name| format::find(name).is_some_and(|format| format.class() == Class::Strings))
}

/// The default is any JSON.
fn kind(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Any | Type::Named(_) | Type::Union(_) => None,
        Type::String => Some("string"),
        Type::Integer => Some("integer"),
        Type::Number => Some("number"),
        Type::Boolean => Some("boolean"),
        Type::File => Some("file"),
        Type::Array(_) => Some("array"),
        Type::Object(_) | Type::Map(_) => Some("object"),
    }
}

fn structure(integration: &Integration, ty: &Type, object: Object) -> Object {
    match ty {
        Type::Array(items) => object.with("items", schema(integration, items)),
        Type::Map(values) => object.with("additional", schema(integration, values)),
        Type::Object(catalog::Object { properties, additional }) => {
            let object = object
                .list("properties", properties.iter().map(|item| property(integration, item)));
            match additional {
                None => object.with("additional", false),
                Some(any) if any.ty == Type::Any => object,
                Some(values) => object.with("additional", schema(integration, values)),
            }
        }
        Type::Union(all) => object.with("union", union(integration, all)),
        _ => object,
    }
}

fn property(integration: &Integration, property: &Property) -> Object {
    Object::default()
        .with("name", property.name.as_str())
        .flag("required", property.schema.required && !property.schema.read_only)
        .with("schema", schema(integration, &property.schema))
}

fn union(integration: &Integration, union: &Union) -> Object {
    let alternatives = union.alternatives.iter().map(|alternative| {
        Object::default()
            .text("title", &alternative.title)
            .list("tags", alternative.tags.clone())
            .with("schema", schema(integration, &alternative.schema))
    });
    Object::default()
        .flag("exactly_one", union.exactly_one)
        .maybe("discriminator", union.discriminator.as_deref())
        .list("alternatives", alternatives)
}
