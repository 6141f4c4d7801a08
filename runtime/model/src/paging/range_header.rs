//! Pagination by a range of items in the `Range` header (RFC 9110, section 14).

use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by a range of items in the `Range` header (RFC 9110, section 14).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RangeHeader {
    /// The JSON pointer of the items.
    pub items: String,
    /// The header parameter for the range, as `items=0-49`. Its default sets the page size; without a default, pages have the size of the
    /// first response.
    pub range: String,
    /// The unit before the range. Default: `items`.
    #[serde(default = "items", skip_serializing_if = "is_items")]
    pub unit: String,
}

impl Kind for RangeHeader {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        None
    }

    fn place(&self) -> Vec<&str> {
        vec![&self.range]
    }

    fn example() -> Self {
        Self { items: String::new(), range: "range".to_owned(), unit: items() }
    }
}

fn items() -> String {
    "items".to_owned()
}

fn is_items(unit: &str) -> bool {
    unit == "items"
}
