//! Pagination by a cursor in the response body.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by a cursor in the response body.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Cursor {
    /// The JSON pointer of the items.
    pub items: String,
    /// The parameter for the cursor.
    pub cursor: String,
    /// The JSON pointer of the next cursor.
    pub next: String,
    /// Further values for the next page: parameter to the JSON pointer of its value.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub also: IndexMap<String, String>,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The JSON pointer of a value that is `true` if there are more pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    /// The action that returns the pages after the first one, if it is another action: `cursor` is its parameter, and it is paginated by a cursor
    /// too. Parameters that both actions have keep their values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The server stores the position: the cursor may stay the same and is present on the last page too. Ends with a page that is
    /// empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stateful: bool,
}

impl Kind for Cursor {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        let own = Some(self.cursor.as_str()).filter(|_| self.action.is_none());
        own.into_iter().chain(self.also.keys().map(String::as_str)).collect()
    }

    fn example() -> Self {
        Self {
            items: "/items".to_owned(),
            cursor: "cursor".to_owned(),
            next: "/next".to_owned(),
            also: IndexMap::from([("shard".to_owned(), "/shard".to_owned())]),
            limit: Some("limit".to_owned()),
            more: None,
            action: None,
            stateful: false,
        }
    }
}
