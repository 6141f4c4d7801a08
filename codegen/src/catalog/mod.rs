//! From sources to the Catalog: names are chosen, references resolved, types inferred, every rule across keys checked.

mod arguments;
pub mod conform;
pub mod infer;
mod model;
pub mod names;
mod resolve;
mod text;

pub use arguments::{Breadth, example_arguments};
pub use model::*;
pub use resolve::resolve;
pub(crate) use resolve::{Resolved, assemble};
