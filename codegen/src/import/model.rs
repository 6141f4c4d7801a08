//! Imported types as the model knows them, so that its validator and its sampler judge them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use actionspec_model::schema::Types;
use actionspec_model::validate::{Mode, check};
use actionspec_model::{Alternative, EnumValue, Object, Property, Schema, Type, Union};
use serde_json::Value;

use crate::spec::{self, AdditionalProperties, EnumValues};

/// The imported types by name.
pub(crate) type Named = BTreeMap<String, spec::Schema>;

/// The imported types for the validator, each converted when it is first needed.
pub(super) struct Known<'n>(BTreeMap<&'n str, (&'n spec::Schema, OnceCell<Schema>)>);

impl<'n> Known<'n> {
    pub(super) fn new(named: &'n Named) -> Self {
        let cells = named.iter().map(|(name, spec)| (name.as_str(), (spec, OnceCell::new())));
        Self(cells.collect())
    }

    /// Whether a value is of a type.
    pub(super) fn accepts(&self, value: &Value, schema: &spec::Schema) -> bool {
        check(value, &convert(schema, true), self, Mode::Strict).is_empty()
    }

    /// Whether a response is of a type: structure, names and closed enums; anything may be missing or `null`.
    pub(super) fn answers(&self, value: &Value, schema: &spec::Schema) -> bool {
        check(value, &convert(schema, true), self, Mode::Lenient).is_empty()
    }

    /// An example of a type.
    pub(super) fn compose(&self, schema: &spec::Schema) -> Value {
        actionspec_model::sample::composed(&convert(schema, true), self)
    }
}

impl Types for Known<'_> {
    fn named(&self, name: &str) -> Option<&Schema> {
        let (spec, cell) = self.0.get(name)?;
        Some(cell.get_or_init(|| convert(spec, true)))
    }
}

/// Named types that are not made yet: any value may be of them.
struct Unknown(Schema);

impl Types for Unknown {
    fn named(&self, _: &str) -> Option<&Schema> {
        Some(&self.0)
    }
}

/// Whether a value may be of a type, as far as that is known without the named types.
pub(super) fn may_be(value: &Value, schema: &spec::Schema) -> bool {
    check(value, &convert(schema, false), &Unknown(Schema::ANY), Mode::Strict).is_empty()
}

/// A type as it was imported. `exact`: a value must not be of two types of a `oneOf`.
fn convert(spec: &spec::Schema, exact: bool) -> Schema {
    spec.with_structure(structure(spec, exact), values(spec))
}

fn values(spec: &spec::Schema) -> Vec<EnumValue> {
    match (&spec.constant, &spec.values) {
        (Some(constant), _) => vec![constant.clone().into()],
        (None, Some(EnumValues::List(values))) => {
            values.iter().cloned().map(EnumValue::from).collect()
        }
        (None, Some(EnumValues::Described(values))) => {
            values.keys().map(|value| Value::from(value.as_str()).into()).collect()
        }
        (None, None) => Vec::new(),
    }
}

fn structure(spec: &spec::Schema, exact: bool) -> Type {
    let exactly_one = !spec.one_of.is_empty();
    let alternatives = if exactly_one { &spec.one_of } else { &spec.any_of };
    if !alternatives.is_empty() {
        return Type::Union(Union {
            exactly_one: exactly_one && exact,
            discriminator: spec.discriminator.as_ref().map(|one| one.property_name.clone()),
            alternatives: alternatives.iter().map(|one| alternative(spec, one, exact)).collect(),
        });
    }
    match spec.ty.as_ref().map_or("any", |ty| ty.0.as_str()) {
        "any" => Type::Any,
        "string" => Type::String,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        "file" => Type::File,
        "array" => Type::Array(Box::new(
            spec.items.as_ref().map_or(Schema::ANY, |items| convert(items, exact)),
        )),
        "object" => object(spec, exact),
        named => Type::Named(named.to_owned()),
    }
}

fn alternative(union: &spec::Schema, spec: &spec::Schema, exact: bool) -> Alternative {
    let mapping = union.discriminator.iter().flat_map(|discriminator| &discriminator.mapping);
    let tags = mapping.filter(|(_, meant)| spec.ty.as_ref() == Some(meant));
    Alternative {
        title: spec.ty.as_ref().map_or_else(String::new, |ty| ty.0.clone()),
        tags: tags.map(|(tag, _)| tag.clone()).collect(),
        schema: convert(spec, exact),
    }
}

fn object(spec: &spec::Schema, exact: bool) -> Type {
    let additional = match &spec.additional_properties {
        None | Some(AdditionalProperties::Allowed(true)) => Some(Box::new(Schema::ANY)),
        Some(AdditionalProperties::Allowed(false)) => None,
        Some(AdditionalProperties::Typed(values)) => Some(Box::new(convert(values, exact))),
    };
    match additional {
        Some(values) if spec.properties.is_empty() => Type::Map(values),
        additional => {
            let properties = spec.properties.iter().map(|(name, property)| Property {
                name: name.clone(),
                schema: convert(property, exact),
            });
            Type::Object(Object { properties: properties.collect(), additional })
        }
    }
}
