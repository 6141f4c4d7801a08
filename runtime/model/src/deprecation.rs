//! Deprecation notices.

use serde::{Deserialize, Serialize};

/// A deprecation notice: why, since when, and what to use instead.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Deprecation {
    /// Why it is deprecated. Markdown.
    pub reason: String,
    /// Since when: an ISO 8601 date, or the vendor's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(example = &"2019-04-29"))]
    pub since: Option<String>,
    /// What replaces it: an action's or parameter's name in this integration, or a value of the same `enum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// When it will be removed: an ISO 8601 date, or the vendor's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_on: Option<String>,
    /// The vendor's notice, an absolute `https` URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(url))]
    pub link: Option<String>,
}
