//! Waivers: the answer is "none", and this is why.

use serde::{Deserialize, Serialize};

/// A waiver: none, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The reason. One sentence, shown on the page.
    #[cfg_attr(feature = "schema", schemars(length(min = 1), example = &"Any caller may use this, also without an account."))]
    pub none: String,
}
