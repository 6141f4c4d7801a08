//! Servers: where an API is, and the variables of its addresses.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A server of an API.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Server {
    /// Its name.
    pub name: String,
    /// The URL template, without a trailing slash.
    pub url: String,
    /// When to use it. Markdown.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub description: Option<String>,
    /// The variables of the template. A name has the same meaning in all servers of an integration.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub variables: IndexMap<String, ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ServerVariable {
    /// The name that people see. Default: derived from the variable's name.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub title: Option<String>,
    /// What it is and where to find it. Markdown.
    pub description: String,
    /// The default value.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub default: Option<String>,
    /// The values that are allowed, each with its description.
    #[serde(default, rename = "enum", skip_serializing_if = "crate::is_default")]
    pub values: IndexMap<String, String>,
    /// A regular expression for the whole value. Default: letters, digits and hyphens, as in one label of a host name.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub pattern: Option<String>,
    /// An example value.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub example: Option<String>,
}
