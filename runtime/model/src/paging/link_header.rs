//! Pagination by the `Link` header (RFC 8288).

use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by the `Link` header (RFC 8288).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LinkHeader {
    /// The JSON pointer of the items.
    pub items: String,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

impl Kind for LinkHeader {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        Vec::new()
    }

    fn example() -> Self {
        Self { items: String::new(), limit: Some("limit".to_owned()) }
    }
}
