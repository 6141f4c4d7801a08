//! Where parameters travel, and how their values are written.

use serde::{Deserialize, Serialize};

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Location {
    /// In the path, where the template names it.
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

/// How an array or object is written where only text fits.
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
    /// Of a text in a path: its slashes stay slashes, so that it spans segments.
    Segments,
    /// Of an object in headers: each property is a header of its own, named by the wire name and the property's name.
    Prefix,
}
