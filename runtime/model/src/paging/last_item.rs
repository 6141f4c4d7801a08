//! Pagination by a value of the last item.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by a value of the last item.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LastItem {
    /// The JSON pointer of the items.
    pub items: String,
    /// The parameter for the value.
    pub cursor: String,
    /// The JSON pointer of the value within the item.
    pub value: String,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// Further values for the next page: parameter to JSON pointer. If a value is missing, the parameter is unchanged.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub also: IndexMap<String, String>,
}

impl Kind for LastItem {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        std::iter::once(&self.cursor).chain(self.also.keys()).map(String::as_str).collect()
    }

    fn example() -> Self {
        Self {
            items: "/items".to_owned(),
            cursor: "after".to_owned(),
            value: "/id".to_owned(),
            limit: Some("limit".to_owned()),
            also: IndexMap::new(),
        }
    }
}
