//! How the vendor cuts long results into pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use actionspec_model::paging::Pagination;

use super::Waiver;

/// The pagination of an action: one that the integration declares, its own, or a waiver.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum PaginationChoice {
    /// The result is not paginated; the reason.
    None(Waiver),
    /// A name of the integration's `pagination`.
    Named(String),
    /// A pagination of this action only.
    Own(Pagination),
}
