//! Pagination by the URL of the next page in the response body.

use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by the URL of the next page in the response body.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NextUrl {
    /// The JSON pointer of the items.
    pub items: String,
    /// The JSON pointer of the URL.
    pub next: String,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The JSON pointer of the base of a relative URL, if it is not the server's URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Uses only one query parameter of the URL. For APIs behind a gateway, whose URLs point to another host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<TakeQuery>,
}

/// A value from the query of a URL.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TakeQuery {
    /// The query parameter of the URL.
    pub query: String,
    /// The action's parameter that receives the value.
    pub parameter: String,
}

impl Kind for NextUrl {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        self.take.iter().map(|take| take.parameter.as_str()).collect()
    }

    fn example() -> Self {
        Self {
            items: "/items".to_owned(),
            next: "/next".to_owned(),
            limit: Some("limit".to_owned()),
            base: None,
            take: None,
        }
    }
}
