//! Pagination by a cursor in a response header.

use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by a cursor in a response header.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HeaderCursor {
    /// The JSON pointer of the items.
    pub items: String,
    /// The parameter for the cursor.
    pub cursor: String,
    /// The name of the response header.
    pub header: String,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
}

impl Kind for HeaderCursor {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        vec![&self.cursor]
    }

    fn example() -> Self {
        Self {
            items: "/items".to_owned(),
            cursor: "cursor".to_owned(),
            header: "X-Next-Cursor".to_owned(),
            limit: Some("limit".to_owned()),
        }
    }
}
