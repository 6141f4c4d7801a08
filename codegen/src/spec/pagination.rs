//! How the vendor cuts long results into pages.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Waiver;

/// How an action pages: a kind that the integration declares, one of its own, or why not.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PaginationChoice {
    /// The result is not paged, and why.
    None(Waiver),
    /// A name of the integration's `pagination`.
    Named(String),
    /// A way of its own.
    Own(Pagination),
}

/// A way to page. Parameters are named by their keys in the action.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Pagination {
    /// A number of items to skip. Ends with a page that is empty, or shorter than the limit, or when the total is reached.
    Offset {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter that says how many items to skip.
        offset: String,
        /// The parameter that says how many items a page holds.
        #[serde(default)]
        limit: Option<String>,
        /// The JSON pointer of the number of all items.
        #[serde(default)]
        total: Option<String>,
        /// The JSON pointer of a value that is there, and neither `null` nor `false`, while more pages follow.
        #[serde(default)]
        more: Option<String>,
    },
    /// A page number. Ends with a page that is empty, or shorter than the limit, or when the last page is reached.
    Page {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter that says which page.
        page: String,
        /// The parameter that says how many items a page holds.
        #[serde(default)]
        limit: Option<String>,
        /// The number of the first page. Default: 1.
        #[serde(default = "one")]
        first: u32,
        /// The JSON pointer of the number of pages.
        #[serde(default)]
        pages: Option<String>,
        /// The JSON pointer of a value that is there, and neither `null` nor `false`, while more pages follow.
        #[serde(default)]
        more: Option<String>,
    },
    /// A token that the response gives for the next page. Ends when it gives none, or an empty one.
    Cursor {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter that takes the token.
        cursor: String,
        /// The JSON pointer of the next token.
        next: String,
        /// More tokens that travel with the first: the parameter that takes each, and the JSON pointer of what it is given.
        #[serde(default)]
        also: IndexMap<String, String>,
        /// The parameter that says how many items a page holds.
        #[serde(default)]
        limit: Option<String>,
        /// The JSON pointer of a value that is `true` while more pages follow.
        #[serde(default)]
        more: Option<String>,
        /// The action that returns the pages after the first one, where it is another: `cursor` is its parameter, and it is paged by a cursor
        /// too. Parameters that both actions have keep their values.
        #[serde(default)]
        action: Option<String>,
        /// The vendor remembers which page comes next: the token may stay the same, and is there on the last page too. Ends with a page that is
        /// empty.
        #[serde(default)]
        stateful: bool,
    },
    /// A value of the last item of a page, after which the next page begins. Ends with a page that is empty, or shorter than the limit.
    LastItem {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter that takes the value.
        cursor: String,
        /// The JSON pointer of the value within the item.
        value: String,
        /// The parameter that says how many items a page holds.
        #[serde(default)]
        limit: Option<String>,
        /// Values of the response that the next request gives back: parameter to JSON pointer. What is not there leaves the parameter as it was.
        #[serde(default)]
        also: IndexMap<String, String>,
    },
    /// A token for the next page in a response header. Ends when there is none, or an empty one.
    HeaderCursor {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter that takes the token.
        cursor: String,
        /// The name of the response header.
        header: String,
        /// The parameter that says how many items a page holds.
        #[serde(default)]
        limit: Option<String>,
    },
    /// An address of the next page in the body, absolute or relative to the server. It must be on the integration's own host.
    NextUrl {
        /// The JSON pointer of the items.
        items: String,
        /// The JSON pointer of the address.
        next: String,
        /// The parameter that says how many items a page holds.
        #[serde(default)]
        limit: Option<String>,
        /// The JSON pointer of what a relative address begins with, where that is not the server's own address.
        #[serde(default)]
        base: Option<String>,
        /// Uses one value of the address's query alone, where the address itself is of no use: behind a gateway it names another host.
        #[serde(default)]
        take: Option<TakeQuery>,
    },
    /// The `next` relation of the `Link` header (RFC 8288). It must be on the integration's own host.
    LinkHeader {
        /// The JSON pointer of the items.
        items: String,
        /// The parameter that says how many items a page holds.
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

/// A value that is taken out of an address.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TakeQuery {
    /// The query parameter of the address.
    pub query: String,
    /// The action's parameter that is given its value.
    pub parameter: String,
}

const fn one() -> u32 {
    1
}
