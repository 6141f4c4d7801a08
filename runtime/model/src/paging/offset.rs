//! Pagination by offset.

use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by offset.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Offset {
    /// The JSON pointer of the items.
    pub items: String,
    /// The parameter for the number of items to skip.
    pub offset: String,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The JSON pointer of the total number of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// The JSON pointer of a value that is present, and neither `null` nor `false`, if there are more pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
}

impl Kind for Offset {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        vec![&self.offset]
    }

    fn example() -> Self {
        Self {
            items: "/items".to_owned(),
            offset: "offset".to_owned(),
            limit: Some("limit".to_owned()),
            total: Some("/total".to_owned()),
            more: None,
        }
    }
}
