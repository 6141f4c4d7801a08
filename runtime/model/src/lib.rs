//! The vocabulary that generator, runtime, mock server and pages share: what is known of an integration and its actions, as data.
//!
//! What belongs here: types with a serde form, and what follows from them alone. What does not: I/O, async code, and anything that
//! only one of the crates needs.

