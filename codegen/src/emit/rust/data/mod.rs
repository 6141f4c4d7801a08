//! `<action>.json`: what the engine is told of an action, as data that the runtime reads when the action is first used.
//!
//! Keys are the names of the fields of the runtime's descriptors, and only what differs from their default is said; see
//! `descriptor/read` of the runtime, which refuses what it does not know.

mod action;
mod object;
mod parameter;
mod request;
mod schema;

pub(super) use action::action;
pub(crate) use schema::schemas;
