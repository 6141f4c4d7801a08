//! Pagination kinds: how a vendor cuts long results into pages.
//!
//! One file a kind, one row each in the table [`Pagination`]. What belongs here: what an author declares, which the client reads as it is.
//! What does not: how the next page is requested (the runtime) and how pages and documents describe it (the generator).

mod cursor;
mod header_cursor;
mod last_item;
mod link_header;
mod next_url;
mod offset;
mod page;
mod range_header;

use serde::{Deserialize, Serialize};

pub use self::cursor::Cursor;
pub use self::header_cursor::HeaderCursor;
pub use self::last_item::LastItem;
pub use self::link_header::LinkHeader;
pub use self::next_url::{NextUrl, TakeQuery};
pub use self::offset::Offset;
pub use self::page::Page;
pub use self::range_header::RangeHeader;

/// What every kind says of itself. No method has a default: a new kind answers every question.
trait Kind {
    /// The JSON pointer of the items.
    fn items(&self) -> &str;

    /// The key of the parameter that sets the page size.
    fn limit(&self) -> Option<&str>;

    /// The keys of the parameters that say which page is requested. They change from page to page; the one that decides comes first.
    fn place(&self) -> Vec<&str>;

    /// A declaration for tests, with every field that goes with the others.
    fn example() -> Self
    where
        Self: Sized;
}

/// Declares [`Pagination`] from a table of kinds. The module of a kind is its name.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:literal => $kind:ident,)*) => {
        /// A pagination. Parameters are referenced by their keys in the action.
        #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(tag = "kind", rename_all = "camelCase")]
        pub enum Pagination {
            $($(#[$doc])* $kind($kind),)*
        }

        impl Pagination {
            /// The name of the kind in file names and identifiers: `last_item`.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $name,)*
                }
            }

            /// A declaration of each kind, for tests that walk the table.
            #[must_use]
            pub fn examples() -> Vec<Self> {
                vec![$(Self::$kind($kind::example()),)*]
            }

            fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$kind(kind) => kind,)*
                }
            }
        }
    };
}

kinds! {
    /// Pagination by offset. Ends as `more` says, or when the total is reached; if neither is declared, with a page that is empty or shorter than
    /// the page size.
    "offset" => Offset,
    /// Pagination by page number, in the query, the body or the path. Ends as `more` or `last` says, or with the last of `pages`; if none is
    /// declared, with a page that is empty or shorter than the page size.
    "page" => Page,
    /// Pagination by a cursor in the response body. Ends if the cursor is missing or empty, or with an empty page whose cursor is the one of the
    /// request.
    "cursor" => Cursor,
    /// Pagination by a value of the last item of a page. Ends with a page that is empty or shorter than the page size.
    "last_item" => LastItem,
    /// Pagination by a cursor in a response header. Ends if the header is missing or empty, or with an empty page whose cursor is the one of the
    /// request.
    "header_cursor" => HeaderCursor,
    /// Pagination by the URL of the next page in the body. Absolute; or relative: to the server if it begins with a slash, otherwise to the URL of
    /// the request. It must be on a host of the integration. Ends if it is missing, empty, `null` or `false`.
    "next_url" => NextUrl,
    /// Pagination by the `next` relation of the `Link` header (RFC 8288). It must be on a host of the integration. Ends if there is no such
    /// relation.
    "link_header" => LinkHeader,
    /// Pagination by a range of items in the `Range` header, as `items=0-49`. Ends when the total in `Content-Range` is reached, or with a page
    /// that is empty or shorter than the range.
    "range_header" => RangeHeader,
}

impl Pagination {
    /// The JSON pointer of the items.
    #[must_use]
    pub fn items(&self) -> &str {
        self.kind().items()
    }

    /// The key of the parameter that sets the page size, if there is one.
    #[must_use]
    pub fn limit(&self) -> Option<&str> {
        self.kind().limit()
    }

    /// The keys of the parameters that say which page is requested, the one that decides first. Empty where an address does, or where another
    /// action returns the other pages.
    #[must_use]
    pub fn place(&self) -> Vec<&str> {
        self.kind().place()
    }
}

#[cfg(test)]
mod tests;
