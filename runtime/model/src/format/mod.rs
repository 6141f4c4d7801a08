//! Formats that are validated.
//!
//! A format is one file and one row of [`FORMATS`]. Formats that only inform (`html`, `int64`) need no row; [`sample`] knows the usual look of a few.

mod byte;
mod cidr;
mod date;
mod date_time;
mod duration;
mod email;
mod hostname;
mod int32;
mod ip;
mod ipv4;
mod ipv6;
mod time;
mod uint64;
mod uri;
mod uuid;

use std::fmt;
use std::ops::RangeInclusive;

use serde_json::{Value, json};

use crate::keyword::Class;

/// Every format that is validated.
pub static FORMATS: &[&dyn Format] = &[
    &date_time::DateTime,
    &date::Date,
    &time::Time,
    &duration::Duration,
    &email::Email,
    &uri::Uri,
    &hostname::Hostname,
    &ipv4::Ipv4,
    &ipv6::Ipv6,
    &ip::Ip,
    &cidr::Cidr,
    &uuid::Uuid,
    &byte::Byte,
    &int32::Int32,
    &uint64::Uint64,
];

/// One format.
pub trait Format: Send + Sync {
    /// Its name in specs and in JSON Schema: `date-time`.
    fn name(&self) -> &'static str;

    /// What a value must be, as in "must be a date, such as 2026-01-31".
    fn phrase(&self) -> &'static str;

    /// The values that it constrains.
    fn class(&self) -> Class {
        Class::Strings
    }

    /// Whether a text is of the format. Only asked of formats of strings.
    fn holds(&self, _text: &str) -> bool {
        true
    }

    /// The integers of the format; `None` for formats of strings.
    fn range(&self) -> Option<RangeInclusive<i128>> {
        None
    }

    /// A value of the format.
    fn sample(&self) -> Value;

    /// Values that are of the format, for tests.
    fn good(&self) -> Vec<Value>;

    /// Values that are not, for tests.
    fn bad(&self) -> Vec<Value>;
}

impl fmt::Debug for dyn Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl dyn Format {
    /// Whether a value is of the format. Values of another class are.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        match (self.class(), value) {
            (Class::Strings, Value::String(text)) => self.holds(text),
            (Class::Numbers, Value::Number(number)) => {
                let whole = number.as_i128();
                self.range().zip(whole).is_none_or(|(range, whole)| range.contains(&whole))
            }
            _ => true,
        }
    }
}

/// The format of this name, if it is validated.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// Whether a text is of the format of this name; true of formats that are not validated.
#[must_use]
pub fn holds(name: &str, text: &str) -> bool {
    find(name).is_none_or(|format| format.holds(text))
}

/// The integers that a type of whole numbers holds: those of its format, or else those of 64 bits.
#[must_use]
pub fn integers(format: Option<&str>) -> RangeInclusive<i128> {
    format
        .and_then(find)
        .and_then(Format::range)
        .unwrap_or(i128::from(i64::MIN)..=i128::from(i64::MAX))
}

/// A value that a format suggests, validated or not.
#[must_use]
pub fn sample(name: &str) -> Option<Value> {
    /// Seconds since 1970 at 2026-01-31T12:00:00Z.
    const SECONDS: u64 = 1_769_860_800;
    match name {
        "unix-time" => Some(json!(SECONDS)),
        "unix-time-ms" => Some(json!(SECONDS * 1_000)),
        "url" | "uri-reference" => Some(json!("https://example.com")),
        _ => find(name).map(Format::sample),
    }
}

/// The names of the validated formats of a class, in the order of the table.
pub fn names(class: Class) -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(move |format| format.class() == class).map(|format| format.name())
}

#[cfg(test)]
mod tests;
