//! The vocabulary that generator, runtime, mock server and pages share: what is known of an integration and its actions, as data.
//!
//! What belongs here: types with a serde form, and what follows from them alone. What does not: I/O, async code, and anything that
//! only one of the crates needs.

mod deprecation;
pub mod format;
pub mod json_schema;
pub mod keyword;
pub mod pointer;
pub mod sample;
pub mod schema;
pub mod suggest;
pub mod validate;
pub mod violation;
pub mod words;

pub use deprecation::Deprecation;
pub use schema::{Alternative, EnumValue, Object, Property, Schema, Type, Types, Union};
pub use validate::{Checker, Mode};
pub use violation::{Violation, Violations};
