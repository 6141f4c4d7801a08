//! What a value looks like, and how two looks become one.

use actionspec_model::format;
use indexmap::IndexMap;
use serde_json::Value;

/// The look of a value while examples are still being read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    pub(super) nullable: bool,
}

/// The kinds of look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Kind {
    /// Nothing was seen that tells: `null`, or the items of an empty array. Joins with anything.
    #[default]
    Unknown,
    /// Anything goes. Joins with nothing else.
    Any,
    String(Option<&'static str>),
    Integer,
    Number,
    Boolean,
    Array(Box<Shape>),
    Map(Box<Shape>),
    Object(IndexMap<String, Shape>),
    Named(String),
}

impl From<Kind> for Shape {
    fn from(kind: Kind) -> Self {
        Self { kind, nullable: false }
    }
}

impl Kind {
    /// The kind in words, with its article.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Unknown | Self::Any => "any value".to_owned(),
            Self::String(_) => "a string".to_owned(),
            Self::Integer => "an integer".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Boolean => "a boolean".to_owned(),
            Self::Array(_) => "an array".to_owned(),
            Self::Map(_) => "a map".to_owned(),
            Self::Object(_) => "an object".to_owned(),
            Self::Named(name) => format!("a `{name}`"),
        }
    }
}

/// The kind of a scalar.
pub(super) fn scalar(value: &Value) -> Kind {
    match value {
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_i64() || number.is_u64() => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(text) => Kind::String(time_format(text)),
        Value::Null | Value::Array(_) | Value::Object(_) => Kind::Unknown,
    }
}

/// `date-time` or `date`, if the text is one or is the name of one, as documentation writes it.
fn time_format(text: &str) -> Option<&'static str> {
    match text {
        "date-time" => Some("date-time"),
        "date" => Some("date"),
        _ if format::holds("date-time", text) => Some("date-time"),
        _ if format::holds("date", text) => Some("date"),
        _ => None,
    }
}
