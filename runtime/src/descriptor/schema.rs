//! Types of values, and what values must satisfy.

use super::SchemaRef;

/// The type of a value, and what it must satisfy.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The JSON type.
    pub kind: Kind,
    /// A format that is checked.
    pub format: Option<Format>,
    /// Allowed values; empty: all.
    pub values: &'static [Literal],
    /// `null` is allowed.
    pub nullable: bool,
    /// Numbers: smallest.
    pub minimum: Option<f64>,
    /// Numbers: largest.
    pub maximum: Option<f64>,
    /// Numbers: greater than.
    pub exclusive_minimum: Option<f64>,
    /// Numbers: less than.
    pub exclusive_maximum: Option<f64>,
    /// Numbers: multiple of.
    pub multiple_of: Option<f64>,
    /// Strings: fewest characters (Unicode scalar values).
    pub min_length: Option<u64>,
    /// Strings: most characters (Unicode scalar values).
    pub max_length: Option<u64>,
    /// Strings: a regular expression that must match somewhere.
    pub pattern: Option<&'static str>,
    /// Arrays: type of each item.
    pub items: Option<SchemaRef>,
    /// Arrays: fewest items.
    pub min_items: Option<u64>,
    /// Arrays: most items.
    pub max_items: Option<u64>,
    /// Arrays: no item twice.
    pub unique_items: bool,
    /// Objects: named properties.
    pub properties: &'static [Property],
    /// Objects: what else may stand there.
    pub additional: Additional,
    /// Objects: fewest properties.
    pub min_properties: Option<u64>,
    /// Objects: most properties.
    pub max_properties: Option<u64>,
    /// The value is of one of several types.
    pub union: Option<&'static Union>,
}

impl Schema {
    /// Any JSON.
    pub const DEFAULT: Self = Self {
        kind: Kind::Any,
        format: None,
        values: &[],
        nullable: false,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        items: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        properties: &[],
        additional: Additional::Any,
        min_properties: None,
        max_properties: None,
        union: None,
    };
    /// Text.
    pub const STRING: Self = Self { kind: Kind::String, ..Self::DEFAULT };
    /// A whole number.
    pub const INTEGER: Self = Self { kind: Kind::Integer, ..Self::DEFAULT };
    /// A number.
    pub const NUMBER: Self = Self { kind: Kind::Number, ..Self::DEFAULT };
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self { kind: Kind::Boolean, ..Self::DEFAULT };
    /// A list.
    pub const ARRAY: Self = Self { kind: Kind::Array, ..Self::DEFAULT };
    /// An object.
    pub const OBJECT: Self = Self { kind: Kind::Object, ..Self::DEFAULT };
    /// Bytes.
    pub const FILE: Self = Self { kind: Kind::File, ..Self::DEFAULT };
}

/// Several types, of which a value is one.
#[derive(Debug)]
pub struct Union {
    /// A value is of exactly one of them, rather than of at least one.
    pub exactly_one: bool,
    /// The property whose value says which of them an object is: the one with the value among its `tags`.
    pub discriminator: Option<&'static str>,
    /// The types.
    pub alternatives: &'static [Alternative],
}

/// One type of a [`Union`].
#[derive(Debug)]
pub struct Alternative {
    /// What people call it: `Cat`, `string`.
    pub title: &'static str,
    /// The values of the discriminator that mean it.
    pub tags: &'static [&'static str],
    /// The type. It may lead back to the union through properties or items, never by itself.
    pub schema: SchemaRef,
}

/// JSON types, and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON.
    Any,
    /// Text.
    String,
    /// A whole number, 64 bits.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
    /// Bytes. In JSON arguments: `{"name": …, "content": base64}` or a string of text.
    File,
}

/// Formats that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339.
    DateTime,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `partial-time`, with or without an offset.
    Time,
    /// ISO 8601 duration.
    Duration,
    /// An address with one `@` and something on both sides (RFC 5321 in essence).
    Email,
    /// An absolute address (RFC 3986).
    Uri,
    /// RFC 1123.
    Hostname,
    /// RFC 791.
    Ipv4,
    /// RFC 4291.
    Ipv6,
    /// Either.
    Ip,
    /// An IP address and a prefix length (RFC 4632).
    Cidr,
    /// RFC 9562.
    Uuid,
    /// Base64 (RFC 4648, section 4).
    Byte,
}

impl Format {
    /// Every format by its name in descriptors.
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("date-time", Self::DateTime),
        ("date", Self::Date),
        ("time", Self::Time),
        ("duration", Self::Duration),
        ("email", Self::Email),
        ("uri", Self::Uri),
        ("hostname", Self::Hostname),
        ("ipv4", Self::Ipv4),
        ("ipv6", Self::Ipv6),
        ("ip", Self::Ip),
        ("cidr", Self::Cidr),
        ("uuid", Self::Uuid),
        ("byte", Self::Byte),
    ];

    /// Its name in descriptors: `date-time`.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }
}

/// A named property of an object.
#[derive(Debug)]
pub struct Property {
    /// Its name in JSON.
    pub name: &'static str,
    /// It must be given.
    pub required: bool,
    /// Its type.
    pub schema: SchemaRef,
}

/// What properties an object may have beside its named ones.
#[derive(Clone, Copy, Debug)]
pub enum Additional {
    /// Anything.
    Any,
    /// None.
    None,
    /// Values of this type.
    Typed(SchemaRef),
}

/// A JSON value that a `static` can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// Text.
    Str(&'static str),
    /// The JSON text of an array or object.
    Json(&'static str),
}
