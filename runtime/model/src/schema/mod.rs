//! The type of a value: its structure, what it must satisfy, and what people should know about it.

mod written;

use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::deprecation::Deprecation;
use crate::keyword::Constraints;

/// The type of a value. Its serialized form uses the words of JSON Schema: see [`written`](self).
#[expect(clippy::struct_excessive_bools, reason = "each is a keyword of the language")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The structure.
    pub ty: Type,
    /// Markdown.
    pub description: Option<String>,
    /// A name from [`FORMATS`](crate::format::FORMATS), which is validated, or another one, which only informs.
    pub format: Option<String>,
    /// Allowed values; empty: all.
    pub values: Vec<EnumValue>,
    /// Values outside [`Schema::values`] are accepted too.
    pub open_enum: bool,
    /// `null` is allowed.
    pub nullable: bool,
    /// What the value must satisfy beyond its structure.
    pub constraints: Constraints,
    /// The value must be given.
    pub required: bool,
    /// The vendor sets the property; senders need not give it.
    pub read_only: bool,
    /// The property is sent and never returned.
    pub write_only: bool,
    /// The value is a secret: it is never printed.
    pub secret: bool,
    /// What the client sends if the value is omitted.
    pub default: Option<Value>,
    /// What the vendor assumes if the value is omitted: documented, never sent.
    pub vendor_default: Option<Value>,
    /// A realistic value.
    pub example: Option<Value>,
    /// The deprecation notice, if the value is deprecated.
    pub deprecated: Option<Deprecation>,
}

impl Schema {
    /// Any JSON, without constraints.
    pub const ANY: Self = Self {
        ty: Type::Any,
        description: None,
        format: None,
        values: Vec::new(),
        open_enum: false,
        nullable: false,
        constraints: Constraints::NONE,
        required: false,
        read_only: false,
        write_only: false,
        secret: false,
        default: None,
        vendor_default: None,
        example: None,
        deprecated: None,
    };

    /// A type without constraints.
    #[must_use]
    pub fn of(ty: Type) -> Self {
        Self { ty, ..Self::ANY }
    }

    /// The reference to a named type.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::of(Type::Named(name.into()))
    }

    /// The schema with one more constraint, as `maxItems` and `50`. Errors if the keyword is unknown, or if the
    /// operand is not one of its operands.
    pub fn with(mut self, keyword: &str, operand: impl Into<Value>) -> Result<Self, String> {
        self.constraints.set(keyword, &operand.into())?;
        Ok(self)
    }

    /// Whether a value may only be one of [`Schema::values`].
    #[must_use]
    pub fn is_closed_enum(&self) -> bool {
        !self.values.is_empty() && !self.open_enum
    }

    /// The schemas directly within this one: items, properties, additional properties, alternatives.
    pub fn children(&self) -> impl Iterator<Item = &Schema> {
        let mut children: Vec<&Schema> = Vec::new();
        match &self.ty {
            Type::Array(inner) | Type::Map(inner) => children.push(inner),
            Type::Object(object) => {
                children.extend(object.properties.iter().map(|property| &property.schema));
                children.extend(object.additional.as_deref());
            }
            Type::Union(union) => {
                children.extend(union.alternatives.iter().map(|alternative| &alternative.schema));
            }
            Type::Any
            | Type::String
            | Type::Integer
            | Type::Number
            | Type::Boolean
            | Type::File
            | Type::Named(_) => {}
        }
        children.into_iter()
    }
}

/// The structure of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Type {
    /// Any JSON.
    #[default]
    Any,
    /// A string.
    String,
    /// An integer of 64 bits, signed unless the format says otherwise.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Bytes. In JSON: `{"name": …, "content": base64}`, or a string of text.
    File,
    /// An array of items of one type.
    Array(Box<Schema>),
    /// An object with named properties.
    Object(Object),
    /// An object whose keys are data.
    Map(Box<Schema>),
    /// A named type of the integration.
    Named(String),
    /// One of several types.
    Union(Union),
}

impl Type {
    /// The type in words, with its article, as in "must be a string".
    #[must_use]
    pub fn phrase(&self) -> &'static str {
        match self {
            Self::Any | Self::Named(_) | Self::Union(_) => "any JSON value",
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::File => "a file",
            Self::Array(_) => "an array",
            Self::Object(_) | Self::Map(_) => "an object",
        }
    }
}

/// Several types, of which a value is one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Union {
    /// A value is of exactly one alternative (`oneOf`) rather than of at least one (`anyOf`).
    pub exactly_one: bool,
    /// The property whose value selects the alternative: the one with the value among its `tags`.
    pub discriminator: Option<String>,
    /// The alternatives, in order; at least one.
    pub alternatives: Vec<Alternative>,
}

/// One alternative of a [`Union`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alternative {
    /// The name people use: `Cat`, `string`.
    pub title: String,
    /// The values of the discriminator that select it.
    pub tags: Vec<String>,
    /// Its type. It may lead back to the union through properties or items, never directly.
    pub schema: Schema,
}

/// Named properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// The properties, in order.
    pub properties: Vec<Property>,
    /// The type of all other properties; `None`: others are not allowed.
    pub additional: Option<Box<Schema>>,
}

impl Object {
    /// The property of this name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

/// One property of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// The name in JSON.
    pub name: String,
    /// Its type.
    pub schema: Schema,
}

/// One allowed value.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value.
    pub value: Value,
    /// The name for people, where the value itself says little (`1`, `<=`).
    pub title: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// The JSON pointer of the output field that the value expands.
    pub expands: Option<String>,
    /// The deprecation notice, if the value is deprecated.
    pub deprecated: Option<Deprecation>,
}

impl From<Value> for EnumValue {
    fn from(value: Value) -> Self {
        Self { value, title: None, description: None, expands: None, deprecated: None }
    }
}

/// Named types, which a [`Type::Named`] refers to.
pub trait Types {
    /// The type of this name.
    fn named(&self, name: &str) -> Option<&Schema>;
}

/// No named types.
impl Types for () {
    fn named(&self, _: &str) -> Option<&Schema> {
        None
    }
}

impl<N: Ord + Borrow<str>, T: AsRef<Schema>> Types for BTreeMap<N, T> {
    fn named(&self, name: &str) -> Option<&Schema> {
        self.get(name).map(AsRef::as_ref)
    }
}

impl AsRef<Self> for Schema {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// Aliases of aliases end somewhere.
const MOST_ALIASES: usize = 64;

/// A schema, or the type that it names; `None` if the type is unknown, or if it is defined
/// as itself.
pub fn underlying<'a>(schema: &'a Schema, types: &'a dyn Types) -> Option<&'a Schema> {
    let mut schema = schema;
    for _ in 0..MOST_ALIASES {
        let Type::Named(name) = &schema.ty else { return Some(schema) };
        schema = types.named(name)?;
    }
    None
}

#[cfg(test)]
mod tests;
