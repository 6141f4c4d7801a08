//! Pagination: the call for the next page, and streams of pages and items.
//!
//! One file a kind, one row each in the table below. What belongs here: how the next page is requested. What does not: the
//! declaration of a kind (the model).

mod address;
mod cursor;
mod header_cursor;
mod last_item;
mod link_header;
mod next;
mod next_url;
mod offset;
mod page;
mod range_header;
mod stream;
mod token;

use self::next::Fetched;
use crate::descriptor::Pagination;
use crate::error::Error;
use crate::untyped::Untyped;

pub use stream::{Item, Items, Paged, Pages};
pub use token::BadToken;

/// How a kind gets from page to page. No method has a default: a new kind answers every question.
trait Kind {
    /// The call for the page after this one; `None` after the last page.
    fn next(&self, page: &Fetched<'_>) -> Result<Option<Untyped>, Error>;

    /// Whether the server stores the position, so that the same request returns one page after the other.
    fn remembers(&self) -> bool;

    /// The id of the action that returns the pages after the first one, if it is another action.
    fn continues(&self) -> Option<&str>;
}

/// Makes the dispatch from a table of all kinds.
macro_rules! kinds {
    ($($kind:ident,)*) => {
        fn kind(paging: &Pagination) -> &dyn Kind {
            match paging {
                $(Pagination::$kind(kind) => kind,)*
            }
        }
    };
}

kinds! {
    Offset,
    Page,
    Cursor,
    LastItem,
    HeaderCursor,
    NextUrl,
    LinkHeader,
    RangeHeader,
}

/// Whether the server stores the position, so that the same request returns one page after the other.
fn remembers(paging: &Pagination) -> bool {
    kind(paging).remembers()
}
