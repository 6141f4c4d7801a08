//! What places of a document cost in memory: as nodes, and as the [`Value`] that somebody may ask for.
//!
//! Nothing here is measured; each number is a bound, and a test holds the sum of them against what is allocated.

use serde_json::Value;

use super::Node;

/// A node, and room for half a node that is not used yet: their list grows by half. While it does, there is no [`Value`] yet.
const NODE: usize = size_of::<Node>() * 3 / 2;

/// A value: its node, and its place in what holds it.
pub(crate) const VALUE: usize = NODE + size_of::<Value>();

/// A key: its node, its text with the hash of it, and a place in the index of the object. The value costs its own.
pub(crate) const KEY: usize = NODE + size_of::<String>() + size_of::<usize>() + INDEX;

/// A place in the index of an object, which is at most twice as long as it must be.
const INDEX: usize = 20;

/// An object, and the smallest index of one.
pub(crate) const OBJECT: usize = VALUE + 64;

/// A text with escapes is kept without them; while those texts grow, there is a copy beside them.
pub(crate) const WITH_ESCAPES: usize = 3;

/// The most that one byte of JSON can cost: there is no object in fewer bytes than `{},`.
pub(crate) const MOST_A_BYTE: usize = OBJECT / 3 + 1;
