//! How the vendor cuts long results into pages.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Waiver;

/// The pagination of an action: one that the integration declares, its own, or a waiver.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PaginationChoice {
    /// The result is not paginated; the reason.
    None(Waiver),
    /// A name of the integration's `pagination`.
    Named(String),
    /// A pagination of this action only.
    Own(Pagination),
}

/// A pagination. Parameters are referenced by their keys in the action.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Pagination {
    /// Pagination by offset. Ends with a page that is empty or shorter than the page size, or when the total is reached.
    Offset {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter for the number of items to skip.
        offset: String,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
        /// The JSON pointer of the total number of items.
        #[serde(default)]
        total: Option<String>,
        /// The JSON pointer of a value that is present, and neither `null` nor `false`, if there are more pages.
        #[serde(default)]
        more: Option<String>,
    },
    /// Pagination by page number. Ends with a page that is empty or shorter than the page size, or with the last page.
    Page {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter for the page number.
        page: String,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
        /// The number of the first page. Default: 1.
        #[serde(default = "one")]
        first: u32,
        /// The JSON pointer of the number of pages.
        #[serde(default)]
        pages: Option<String>,
        /// The JSON pointer of a value that is present, and neither `null` nor `false`, if there are more pages.
        #[serde(default)]
        more: Option<String>,
    },
    /// Pagination by a cursor in the response body. Ends if the cursor is missing or empty.
    Cursor {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter for the cursor.
        cursor: String,
        /// The JSON pointer of the next cursor.
        next: String,
        /// Further values for the next page: parameter to the JSON pointer of its value.
        #[serde(default)]
        also: IndexMap<String, String>,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
        /// The JSON pointer of a value that is `true` if there are more pages.
        #[serde(default)]
        more: Option<String>,
        /// The action that returns the pages after the first one, if it is another action: `cursor` is its parameter, and it is paginated by a cursor
        /// too. Parameters that both actions have keep their values.
        #[serde(default)]
        action: Option<String>,
        /// The server stores the position: the cursor may stay the same and is present on the last page too. Ends with a page that is
        /// empty.
        #[serde(default)]
        stateful: bool,
    },
    /// Pagination by a value of the last item of a page. Ends with a page that is empty or shorter than the page size.
    LastItem {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter for the value.
        cursor: String,
        /// The JSON pointer of the value within the item.
        value: String,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
        /// Further values for the next page: parameter to JSON pointer. If a value is missing, the parameter is unchanged.
        #[serde(default)]
        also: IndexMap<String, String>,
    },
    /// Pagination by a cursor in a response header. Ends if the header is missing or empty.
    HeaderCursor {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter for the cursor.
        cursor: String,
        /// The name of the response header.
        header: String,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
    },
    /// Pagination by the URL of the next page in the body, absolute or relative to the server. It must be on a host of the integration.
    NextUrl {
        /// The JSON pointer of the items.
        items: String,
        /// The JSON pointer of the URL.
        next: String,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
        /// The JSON pointer of the base of a relative URL, if it is not the server's URL.
        #[serde(default)]
        base: Option<String>,
        /// Uses only one query parameter of the URL. For APIs behind a gateway, whose URLs point to another host.
        #[serde(default)]
        take: Option<TakeQuery>,
    },
    /// Pagination by the `next` relation of the `Link` header (RFC 8288). It must be on a host of the integration.
    LinkHeader {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter for the page size.
        #[serde(default)]
        limit: Option<String>,
    },
}

impl Pagination {
    /// The JSON pointer of the items.
    #[must_use]
    pub fn items(&self) -> &str {
        match self {
            Self::Offset { items, .. }
            | Self::Page { items, .. }
            | Self::Cursor { items, .. }
            | Self::LastItem { items, .. }
            | Self::HeaderCursor { items, .. }
            | Self::NextUrl { items, .. }
            | Self::LinkHeader { items, .. } => items,
        }
    }
}

/// A value from the query of a URL.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TakeQuery {
    /// The query parameter of the URL.
    pub query: String,
    /// The action's parameter that receives the value.
    pub parameter: String,
}

const fn one() -> u32 {
    1
}
