//! The resolved model: what emitters read; how names are chosen and types inferred.

mod arguments;
pub mod idents;
pub mod infer;
mod model;
pub mod names;
mod outline;
pub(crate) mod secrets;
mod used;

pub use arguments::{Breadth, example_arguments, example_result};
pub use model::*;
pub use outline::{ActionOutline, IntegrationOutline, Listing, Outline, TriggerOutline};
