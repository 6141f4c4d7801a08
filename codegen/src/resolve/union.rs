//! `oneOf` and `anyOf`: the alternatives, and what tells them apart.

use std::collections::HashMap;

use super::known::Types;
use crate::catalog::{Alternative, Schema, Type, Union};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec;

/// A union of the alternatives, which were resolved at `at`, in the schema at `pointer`.
pub(super) fn resolve(
    spec: &spec::Schema,
    alternatives: Vec<Schema>,
    exactly_one: bool,
    at: &str,
    pointer: &str,
    types: &Types,
    report: &mut Report,
) -> Schema {
    let mut alternatives: Vec<Alternative> = alternatives
        .into_iter()
        .map(|schema| Alternative { title: called(&schema), tags: Vec::new(), schema })
        .collect();
    let discriminator = spec.discriminator.as_ref().map(|discriminator| {
        tag(&mut alternatives, discriminator, at, &join(pointer, "discriminator"), types, report);
        discriminator.property_name.clone()
    });
    let nullable = alternatives.iter().any(|alternative| alternative.schema.nullable);
    Schema {
        ty: Type::Union(Union { exactly_one, discriminator, alternatives }),
        nullable,
        ..Schema::default()
    }
}

/// What people call an alternative.
fn called(schema: &Schema) -> String {
    let title = match &schema.ty {
        Type::Named(name) => name,
        Type::String if schema.format.as_deref() == Some("date-time") => "date-time",
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::File => "file",
        Type::Array(_) => "array",
        Type::Map(_) => "map",
        Type::Object(_) => "object",
        Type::Union(_) => "choice",
        Type::Any => "any",
    };
    title.to_owned()
}

/// Puts to each alternative the values of the discriminator that mean it.
fn tag(
    alternatives: &mut [Alternative],
    discriminator: &spec::Discriminator,
    at: &str,
    place: &str,
    types: &Types,
    report: &mut Report,
) {
    let property = &discriminator.property_name;
    for (value, name) in &discriminator.mapping {
        let place = join(&join(place, "mapping"), value);
        let is_meant = |alternative: &&mut Alternative| matches!(&alternative.schema.ty, Type::Named(known) if *known == name.0);
        match alternatives.iter_mut().find(is_meant) {
            Some(alternative) => alternative.tags.push(value.clone()),
            None => {
                report
                    .error(
                        Code::BadUnion,
                        &place,
                        format!("`{}` is not one of the listed types", name.0),
                    )
                    .help("list it under `oneOf`, or correct the name");
            }
        }
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    for (index, alternative) in alternatives.iter_mut().enumerate() {
        let place = join(at, index);
        if alternative.tags.is_empty() {
            alternative.tags = own_tags(&alternative.schema, property, types);
        }
        if alternative.tags.is_empty() {
            report
                .error(
                    Code::BadUnion,
                    &place,
                    format!("no value of `{property}` selects this type"),
                )
                .help(format!(
                    "make it an object whose `{property}` has a `const`, or a named type"
                ));
        }
        for tag in &alternative.tags {
            if let Some(other) = taken.insert(tag.clone(), index).filter(|other| *other != index) {
                let message = format!(
                    "the `{property}` `{tag}` means two of the types, the one at {other} \
                    and the one at {index}"
                );
                report
                    .error(Code::BadUnion, &place, message)
                    .help("distinguish them under `discriminator.mapping`");
            }
        }
    }
}

/// The values that the type itself gives the property, or else the type's name.
fn own_tags(schema: &Schema, property: &str, types: &Types) -> Vec<String> {
    let (object, name) = match &schema.ty {
        Type::Named(name) => (types.definition(name), Some(name)),
        Type::Object(_) => (Some(std::rc::Rc::new(schema.clone())), None),
        _ => return Vec::new(),
    };
    let values = object.as_deref().and_then(|schema| match &schema.ty {
        Type::Object(object) => {
            object.properties.iter().find(|known| known.name == property).map(|known| &known.schema)
        }
        _ => None,
    });
    let values = values
        .filter(|schema| !schema.open_enum)
        .map(|schema| schema.values.as_slice())
        .unwrap_or_default();
    let tags: Vec<String> =
        values.iter().filter_map(|value| value.value.as_str().map(str::to_owned)).collect();
    if tags.is_empty() { name.into_iter().cloned().collect() } else { tags }
}
