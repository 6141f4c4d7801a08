//! Pagination: the call for the next page, and streams of pages and items.

mod next;
mod stream;
mod token;

pub use stream::{Item, Items, Paged, Pages};
pub use token::BadToken;
