//! Parameters: where they travel, and how their values are written.

use serde::{Deserialize, Serialize};

use crate::schema::{Schema, Type};

/// One parameter of an action.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Parameter {
    /// The key in arguments, unique in the action.
    pub key: String,
    /// The name in the request.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub wire_name: String,
    /// The name that people see.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub title: String,
    /// Where it travels.
    #[serde(default, rename = "in", skip_serializing_if = "crate::is_default")]
    pub location: Location,
    /// How arrays and objects are written outside JSON.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub style: Style,
    /// The JSON pointer of its place in the body; empty when it is not in a body, or is the body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub pointer: String,
    /// The index of the step whose request carries it. Path parameters go to every step whose path names them.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub step: usize,
    /// The media type of a file part or raw body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub media_type: Option<String>,
    /// The maximum size of a file in bytes.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub max_bytes: Option<u64>,
    /// The SQL type that the value is bound as.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub sql_type: Option<String>,
    /// The type. Whether the parameter is required or secret, its default, its example and its deprecation are part of it.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub schema: Schema,
}

impl Parameter {
    /// Whether a call without a value is refused.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.schema.required && self.schema.default.is_none()
    }

    /// Whether it takes a file, or a list of files.
    #[must_use]
    pub fn takes_files(&self) -> bool {
        match &self.schema.ty {
            Type::File => true,
            Type::Array(items) => items.ty == Type::File,
            _ => false,
        }
    }
}

/// The location of a parameter.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Location {
    /// In the path, at its place in the template.
    Path,
    /// In the query string.
    #[default]
    Query,
    /// In a request header.
    Header,
    /// In a cookie.
    Cookie,
    /// In the request body.
    Body,
}

/// How an array or object is encoded outside a JSON body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// `a=1&a=2`
    #[default]
    Repeat,
    /// `a=1,2`; of an object `a=key,1`
    Comma,
    /// `a=1|2`; of an object `a=key|1`
    Pipe,
    /// `a=1 2`; of an object `a=key 1`
    Space,
    /// `a[]=1&a[]=2`; of an object `a[key]=1`, and of a list of objects `a[0][key]=1`
    Brackets,
    /// The JSON text of the value.
    Json,
    /// `a.1=x&a.2=y`; of an object `a.key=1`, and so on within.
    Numbered,
    /// `a.member.1=x&a.member.2=y`; of an object `a.key=1`, and so on within.
    Members,
    /// For a string in a path: slashes are not encoded, so that the value can span segments.
    Segments,
    /// For an object in headers: each property is a separate header, named after the parameter and the property.
    Prefix,
}
