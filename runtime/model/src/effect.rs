//! What an action does to the vendor's system.

use serde::{Deserialize, Serialize};

/// The effect of an action on the vendor's system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// Read-only.
    Read,
    /// Creates or changes data.
    Write,
    /// Deletes data or cannot be undone.
    Destructive,
}
