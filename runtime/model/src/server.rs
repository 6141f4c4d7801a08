//! Servers: where an API is, and the variables of its addresses.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Where an API is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Server {
    /// Its name.
    pub name: String,
    /// The address template, without a slash at the end.
    pub url: String,
    /// When to use it. Markdown.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub description: Option<String>,
    /// The variables of the template. One name means one thing in all servers of an integration.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub variables: IndexMap<String, ServerVariable>,
}

/// A variable of a server's address.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ServerVariable {
    /// The name that people see. Default: derived from the variable's name.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub title: Option<String>,
    /// What it is and where to find it. Markdown.
    pub description: String,
    /// The value when the user gives none.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub default: Option<String>,
    /// The values that are allowed, each with its description.
    #[serde(default, rename = "enum", skip_serializing_if = "crate::is_default")]
    pub values: IndexMap<String, String>,
    /// A regular expression for the whole value. Default: letters, digits and hyphens, as in one label of a host name.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub pattern: Option<String>,
    /// A made-up value.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub example: Option<String>,
}
