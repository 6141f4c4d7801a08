//! Descriptors: what a generated crate includes of the Catalog, in the types of the model, which the runtime reads.
//!
//! What belongs here: the conversion, by exhaustive struct literals. What does not: how files look (see `emit`), and what only
//! pages or Rust code need, which stays in the Catalog.

mod action;
mod integration;

pub use action::{action, action_file};
pub use integration::integration;
