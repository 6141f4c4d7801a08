//! Where parameters travel, and how their values are written.

use serde::{Deserialize, Serialize};

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Location {
    /// In the path, at its place in the template.
    Path,
    /// In the query string.
    Query,
    /// In a request header.
    Header,
    /// In a cookie.
    Cookie,
    /// In the request body.
    Body,
}

/// How an array or object is encoded outside a JSON body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Style {
    /// `a=1&a=2`
    Repeat,
    /// `a=1,2`
    Comma,
    /// `a=1|2`
    Pipe,
    /// `a=1 2`
    Space,
    /// `a[]=1&a[]=2`; of an object `a[key]=1`
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
