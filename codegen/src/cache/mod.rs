//! What the last run saw and wrote, so that the next one need not look again: only ever a matter of time, never of what is generated.
//!
//! ```text
//! stamp   whether a file is certainly the one that was seen
//! scan    every file of a folder, with its stamp
//! state   what is remembered: of each integration its files, what came of them, and its resolved form
//! ```
//!
//! An integration is *clean* if its files hold what they held and its outputs are what was written. Everything else is loaded, resolved,
//! emitted and compared as if nothing was known. What is remembered is thrown away as a whole when the program, the templates, the settings or
//! `catalog.yaml` are others, or when it is damaged in any way. An integration with findings is never remembered: they must be shown again.

pub(crate) mod scan;
pub(crate) mod stamp;
mod state;

pub(crate) use state::{Holds, Mark, Memory, Part, State};

use std::hash::{DefaultHasher, Hash, Hasher};

/// A hash of contents. It need not be the same in another version of this program, which remembers nothing of this one.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    // Zero stands for what has no contents.
    hasher.finish().max(1)
}
