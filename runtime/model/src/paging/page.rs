//! Pagination by page number.

use serde::{Deserialize, Serialize};

use super::Kind;

/// Pagination by page number.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Page {
    /// The JSON pointer of the items.
    pub items: String,
    /// The parameter for the page number.
    pub page: String,
    /// The parameter for the page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// The number of the first page. Default: 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub first: u32,
    /// The JSON pointer of the number of pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// The JSON pointer of a value that is present, and neither `null` nor `false`, if there are more pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<String>,
    /// The JSON pointer of a value that is `true` on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

impl Kind for Page {
    fn items(&self) -> &str {
        &self.items
    }

    fn limit(&self) -> Option<&str> {
        self.limit.as_deref()
    }

    fn place(&self) -> Vec<&str> {
        vec![&self.page]
    }

    fn example() -> Self {
        Self {
            items: "/items".to_owned(),
            page: "page".to_owned(),
            limit: None,
            first: 0,
            pages: None,
            more: None,
            last: Some("/lastPage".to_owned()),
        }
    }
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(first: &u32) -> bool {
    *first == 1
}
