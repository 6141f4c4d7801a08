//! From sources to the Catalog: names are chosen, references resolved, types inferred, every rule across keys checked.

mod arguments;
pub mod idents;
pub mod infer;
mod model;
pub mod names;
mod outline;
mod resolve;
pub(crate) mod secrets;
mod text;
mod wire;

pub use arguments::{Breadth, example_arguments, example_result};
pub use model::*;
pub use outline::{ActionOutline, IntegrationOutline, Listing, Outline, TriggerOutline};
pub use resolve::resolve;
pub(crate) use resolve::{Report, Resolved, assemble, check_pointer, join, placeholders};
pub(crate) use text::first_sentence;
pub use wire::{Protocol, Wire};
