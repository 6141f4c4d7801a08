//! From sources to the Catalog: names are chosen, references resolved, types inferred, every rule across keys checked.

mod model;

pub use model::*;
