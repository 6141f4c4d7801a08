//! The serialized form of a [`Schema`]: the words of JSON Schema, with what differs from the default only.
//!
//! Words of our own: `type: file`, `openEnum`, `enumDetails` (titles and descriptions of `enum`, in its order), `required` at the property
//! rather than at the object, `nullable`, `secret`, `vendorDefault`, and a discriminator whose `mapping` leads to positions among
//! the alternatives. An unknown word is an error.

use std::fmt;

use indexmap::IndexMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Alternative, EnumValue, Object, Property, Schema, Type, Union};
use crate::deprecation::Deprecation;
use crate::keyword::Constraints;

#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of the language")]
#[derive(Default, Deserialize, Serialize)]
#[serde(default, rename_all = "camelCase")]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<Kind>,
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    values: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enum_details: Vec<Details>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open_enum: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    nullable: bool,
    #[serde(flatten)]
    constraints: Constraints,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Written>>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    properties: IndexMap<String, Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    additional_properties: Option<Additional>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<Written>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discriminator: Option<Discriminator>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read_only: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    write_only: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    secret: bool,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    vendor_default: Option<Value>,
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    example: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<Deprecation>,
}

/// A `null` that is written is a value.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    File,
}

#[derive(Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct Details {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expands: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<Deprecation>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Discriminator {
    property_name: String,
    mapping: IndexMap<String, usize>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Additional {
    Allowed(bool),
    Typed(Box<Written>),
}

/// By hand, because an untagged enum would hide what is wrong within a type.
impl<'de> Deserialize<'de> for Additional {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Additional;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`true`, `false` or a type")
            }

            fn visit_bool<E>(self, allowed: bool) -> Result<Additional, E> {
                Ok(Additional::Allowed(allowed))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Additional, A::Error> {
                Written::deserialize(MapAccessDeserializer::new(map))
                    .map(|written| Additional::Typed(Box::new(written)))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer)?.read().map_err(serde::de::Error::custom)
    }
}

impl From<&Schema> for Written {
    fn from(schema: &Schema) -> Self {
        let details: Vec<Details> = schema.values.iter().map(Details::from).collect();
        let is_plain = details.iter().all(|details| *details == Details::default());
        let mut written = Self {
            description: schema.description.clone(),
            format: schema.format.clone(),
            values: schema.values.iter().map(|value| value.value.clone()).collect(),
            enum_details: if is_plain { Vec::new() } else { details },
            open_enum: schema.open_enum,
            nullable: schema.nullable,
            constraints: schema.constraints.clone(),
            required: schema.required,
            read_only: schema.read_only,
            write_only: schema.write_only,
            secret: schema.secret,
            default: schema.default.clone(),
            vendor_default: schema.vendor_default.clone(),
            example: schema.example.clone(),
            deprecated: schema.deprecated.clone(),
            ..Self::default()
        };
        written.put(&schema.ty);
        written
    }
}

impl Written {
    fn put(&mut self, ty: &Type) {
        self.ty = match ty {
            Type::Any | Type::Named(_) | Type::Union(_) => None,
            Type::String => Some(Kind::String),
            Type::Integer => Some(Kind::Integer),
            Type::Number => Some(Kind::Number),
            Type::Boolean => Some(Kind::Boolean),
            Type::File => Some(Kind::File),
            Type::Array(_) => Some(Kind::Array),
            Type::Object(_) | Type::Map(_) => Some(Kind::Object),
        };
        match ty {
            Type::Array(items) if **items != Schema::ANY => {
                self.items = Some(Box::new(Self::from(&**items)));
            }
            Type::Map(values) if **values != Schema::ANY => {
                self.additional_properties =
                    Some(Additional::Typed(Box::new(Self::from(&**values))));
            }
            Type::Object(object) => {
                self.properties = object
                    .properties
                    .iter()
                    .map(|property| (property.name.clone(), Self::from(&property.schema)))
                    .collect();
                self.additional_properties = match object.additional.as_deref() {
                    None => Some(Additional::Allowed(false)),
                    Some(any) if *any == Schema::ANY => None,
                    Some(values) => Some(Additional::Typed(Box::new(Self::from(values)))),
                };
            }
            Type::Named(name) => self.reference = Some(name.clone()),
            Type::Union(union) => self.put_union(union),
            _ => {}
        }
    }

    fn put_union(&mut self, union: &Union) {
        let alternatives: Vec<Self> = union
            .alternatives
            .iter()
            .map(|alternative| Self {
                title: Some(alternative.title.clone()),
                ..Self::from(&alternative.schema)
            })
            .collect();
        if union.exactly_one {
            self.one_of = alternatives;
        } else {
            self.any_of = alternatives;
        }
        self.discriminator = union.discriminator.as_ref().map(|property| Discriminator {
            property_name: property.clone(),
            mapping: union
                .alternatives
                .iter()
                .enumerate()
                .flat_map(|(index, alternative)| {
                    alternative.tags.iter().map(move |tag| (tag.clone(), index))
                })
                .collect(),
        });
    }

    fn read(self) -> Result<Schema, String> {
        if self.title.is_some() {
            return Err("unknown field `title`".to_owned());
        }
        self.read_part()
    }

    fn read_part(mut self) -> Result<Schema, String> {
        let ty = self.take_type()?;
        if !self.enum_details.is_empty() && self.enum_details.len() != self.values.len() {
            return Err("`enumDetails` has another length than `enum`".to_owned());
        }
        let details =
            self.enum_details.into_iter().map(Some).chain(std::iter::repeat_with(|| None));
        let values = self
            .values
            .into_iter()
            .zip(details)
            .map(|(value, details)| details.unwrap_or_default().of(value))
            .collect();
        Ok(Schema {
            ty,
            description: self.description,
            format: self.format,
            values,
            open_enum: self.open_enum,
            nullable: self.nullable,
            constraints: self.constraints,
            required: self.required,
            read_only: self.read_only,
            write_only: self.write_only,
            secret: self.secret,
            default: self.default,
            vendor_default: self.vendor_default,
            example: self.example,
            deprecated: self.deprecated,
        })
    }

    fn take_type(&mut self) -> Result<Type, String> {
        let items = self.items.take();
        let properties = std::mem::take(&mut self.properties);
        let additional = self.additional_properties.take();
        let (one_of, any_of) = (std::mem::take(&mut self.one_of), std::mem::take(&mut self.any_of));
        let discriminator = self.discriminator.take();
        let exactly_one = !one_of.is_empty();
        let alternatives = if exactly_one { one_of } else { any_of };
        let stray = |given: bool, word: &str, of: &str| {
            if given { Err(format!("`{word}` is only for {of}")) } else { Ok(()) }
        };
        stray(items.is_some() && !matches!(self.ty, Some(Kind::Array)), "items", "arrays")?;
        let is_object = matches!(self.ty, Some(Kind::Object));
        stray(!properties.is_empty() && !is_object, "properties", "objects")?;
        stray(additional.is_some() && !is_object, "additionalProperties", "objects")?;
        stray(discriminator.is_some() && alternatives.is_empty(), "discriminator", "alternatives")?;
        Ok(match (self.ty, self.reference.take()) {
            (None, Some(name)) => Type::Named(name),
            (None, None) if !alternatives.is_empty() => {
                Type::Union(union(exactly_one, alternatives, discriminator)?)
            }
            (None, None) => Type::Any,
            (Some(_), Some(_)) => return Err("`$ref` and `type` exclude each other".to_owned()),
            (Some(Kind::String), None) => Type::String,
            (Some(Kind::Integer), None) => Type::Integer,
            (Some(Kind::Number), None) => Type::Number,
            (Some(Kind::Boolean), None) => Type::Boolean,
            (Some(Kind::File), None) => Type::File,
            (Some(Kind::Array), None) => Type::Array(Box::new(match items {
                Some(items) => items.read()?,
                None => Schema::ANY,
            })),
            (Some(Kind::Object), None) => object(properties, additional)?,
        })
    }
}

fn object(
    properties: IndexMap<String, Written>,
    additional: Option<Additional>,
) -> Result<Type, String> {
    let additional = match additional {
        None | Some(Additional::Allowed(true)) => Some(Box::new(Schema::ANY)),
        Some(Additional::Allowed(false)) => None,
        Some(Additional::Typed(values)) => Some(Box::new(values.read()?)),
    };
    if properties.is_empty()
        && let Some(values) = additional
    {
        return Ok(Type::Map(values));
    }
    let properties = properties
        .into_iter()
        .map(|(name, written)| Ok(Property { name, schema: written.read()? }))
        .collect::<Result<_, String>>()?;
    Ok(Type::Object(Object { properties, additional }))
}

fn union(
    exactly_one: bool,
    written: Vec<Written>,
    discriminator: Option<Discriminator>,
) -> Result<Union, String> {
    let mut alternatives = written
        .into_iter()
        .map(|mut written| {
            let title = written.title.take().unwrap_or_default();
            Ok(Alternative { title, tags: Vec::new(), schema: written.read_part()? })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let discriminator = match discriminator {
        None => None,
        Some(Discriminator { property_name, mapping }) => {
            for (tag, index) in mapping {
                alternatives
                    .get_mut(index)
                    .ok_or_else(|| format!("`{tag}` leads to no alternative"))?
                    .tags
                    .push(tag);
            }
            Some(property_name)
        }
    };
    Ok(Union { exactly_one, discriminator, alternatives })
}

impl From<&EnumValue> for Details {
    fn from(value: &EnumValue) -> Self {
        Self {
            title: value.title.clone(),
            description: value.description.clone(),
            expands: value.expands.clone(),
            deprecated: value.deprecated.clone(),
        }
    }
}

impl Details {
    fn of(self, value: Value) -> EnumValue {
        EnumValue {
            value,
            title: self.title,
            description: self.description,
            expands: self.expands,
            deprecated: self.deprecated,
        }
    }
}
