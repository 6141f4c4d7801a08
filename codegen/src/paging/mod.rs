//! Pagination kinds: all that the generator says of each, in checks, pages, OpenAPI documents and imports.
//!
//! One file a kind, one row each in the table below. What belongs here: whatever differs from kind to kind. What does not: the fields that
//! an author writes (the model), and how a client requests the next page (the runtime).

mod cursor;
mod header_cursor;
pub(crate) mod import;
mod last_item;
mod link_header;
mod next_url;
mod offset;
mod page;
mod range_header;
#[cfg(test)]
mod tests;

use actionspec_model::paging::{
    Cursor, HeaderCursor, LastItem, LinkHeader, NextUrl, Offset, Page, Pagination, RangeHeader,
};

use self::import::Look;
use crate::markdown::code;

/// Keys under which vendors put the items of a list: an answer that has an array under one of them is a list.
pub(crate) const LIST_KEYS: &[&str] =
    &["results", "items", "values", "data", "entries", "records", "list"];

/// What pages, documents and checks say of a kind. No method has a default: a new kind answers every question.
pub(crate) trait Kind {
    /// Where the response body says something of other pages: JSON pointer and meaning.
    fn facts(&self) -> Vec<(&str, &'static str)>;

    /// The response header that leads to the next page: name and meaning.
    fn header(&self) -> Option<(&str, String)>;

    /// The JSON pointer, within each item, of the value that the next page begins after.
    fn in_items(&self) -> Option<&str>;

    /// How to get the next page, for the page of the action. Markdown. `link` makes a link to an action of that id.
    fn sentence(&self, link: &dyn Fn(&str) -> String) -> String;

    /// The declaration that fits an operation of an imported document, or `None` if names and types leave doubt. `items` is the JSON pointer
    /// of the items.
    fn recognise(look: &Look<'_>, items: &str) -> Option<Self>
    where
        Self: Sized;
}

/// Makes the functions that go through all kinds, from a table of them.
macro_rules! kinds {
    ($($kind:ident,)*) => {
        /// What is known of the kind of a declaration.
        pub(crate) fn kind(pagination: &Pagination) -> &dyn Kind {
            match pagination {
                $(Pagination::$kind(kind) => kind,)*
            }
        }

        /// The declaration that fits an operation of an imported document.
        pub(crate) fn recognise(look: &Look<'_>, items: &str) -> Option<Pagination> {
            None$(.or_else(|| $kind::recognise(look, items).map(Pagination::$kind)))*
        }
    };
}

// In the order in which a document is searched for them: what is surest comes first, and an address that the vendor itself computes before
// numbers that the client would.
kinds! {
    Cursor,
    LinkHeader,
    NextUrl,
    Offset,
    Page,
    LastItem,
    HeaderCursor,
    RangeHeader,
}

/// How results are cut into pages and how to get the next one, in sentences. Markdown. `link` makes a link to an action of that id.
pub(crate) fn sentences(pagination: &Pagination, link: &dyn Fn(&str) -> String) -> String {
    format!("{} {}", results(pagination.items()), kind(pagination).sentence(link))
}

/// Where the results of a page are.
fn results(items: &str) -> String {
    if items.is_empty() {
        "The response body is the list of results.".to_owned()
    } else {
        format!("Results are in {}.", field(items))
    }
}

/// The end of a sentence's paragraph: which parameter sets the page size.
fn page_size(limit: Option<&String>) -> String {
    limit.map_or_else(String::new, |limit| format!(" {} sets the page size.", code(limit)))
}

/// Further values that the next page needs: parameters by name, with pointers to their values.
fn also_passed<'a>(also: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let pair = |(parameter, pointer): (&String, &String)| {
        format!(" and {} as {}", field(pointer), code(parameter))
    };
    also.into_iter().map(pair).collect()
}

/// A JSON pointer as a path with dots, as most readers write it; as it is where a name has a dot or an escape.
fn field(pointer: &str) -> String {
    let is_plain = !pointer.contains(['.', '~']);
    match pointer.strip_prefix('/') {
        Some(path) if is_plain => code(&path.replace('/', ".")),
        _ => code(pointer),
    }
}
