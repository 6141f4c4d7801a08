//! Reading descriptors from the text that the generator writes: JSON whose keys are the names of the descriptors' fields, which says only
//! what differs from the default.
//!
//! Whatever it does not know is an error, so that a text of another version is never half understood.

mod action;
mod fields;
mod request;
mod schema;

pub(super) use action::action;
pub(super) use schema::schemas;

#[cfg(test)]
mod tests;
