//! XML (1.0, fifth edition) as JSON and back, for vendors that speak nothing else.
//!
//! An element is an object: its children by name, its attributes with `@` before the name, its text as `#text`. An element that holds text
//! alone is that text, an empty one the empty text. Elements that repeat are an array. The root element is the one key of the whole.
//! Prefixes and declarations of namespaces, comments and instructions are left out; entities of a document's own are refused.
//!
//! Vendors that wrap each list in an element, and each item in one of a fixed name, have [`unwrap_items`] leave the latter out.
//!
//! XML says neither what is a number nor what is a list of one: [`shape`] takes that from a JSON Schema.

mod items;
mod read;
mod write;

pub use crate::shape::shape;
pub use items::{unwrap_items, wrap_items};
pub use read::read;
pub(crate) use read::read_within;
pub use write::write;

/// Key of an element's text, where it has children or attributes too.
const TEXT: &str = "#text";

/// What stands before the names of attributes.
const ATTRIBUTE: char = '@';

#[cfg(test)]
mod tests;
