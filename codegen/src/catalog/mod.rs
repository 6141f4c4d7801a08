//! From sources to the Catalog: names are chosen, references resolved, types inferred, every rule across keys checked.

mod arguments;
pub mod conform;
pub mod infer;
mod model;
pub mod names;
mod resolve;
mod text;
mod wire;

pub use arguments::{Breadth, example_arguments, example_result};
pub use model::*;
pub(crate) use resolve::placeholders;
pub use resolve::resolve;
pub use wire::{Protocol, Wire};
