//! Actions: what a client must know to validate, send and read one.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::deprecation::Deprecation;
use crate::effect::Effect;
use crate::error_case::ErrorCase;
use crate::output::Output;
use crate::paging::Pagination;
use crate::parameter::Parameter;
use crate::policy::Retry;
use crate::request::Step;
use crate::rule::StatedRule;

/// One action.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Action {
    /// The id within the integration.
    pub id: String,
    /// The name in title case.
    pub title: String,
    /// What it does. Markdown.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub description: String,
    /// The vendor's documentation.
    pub documentation: String,
    /// What the caller must be allowed to do; empty: nothing.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub permissions: Vec<String>,
    /// Scopes by authentication scheme.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub scopes: IndexMap<String, Vec<String>>,
    /// What it does to the vendor's system.
    pub effect: Effect,
    /// Whether a request may be sent again when its response was lost.
    pub retry: Retry,
    /// The parameters, in the order of the page.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub parameters: Vec<Parameter>,
    /// Rules across parameters.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub rules: Vec<StatedRule>,
    /// The requests, in order; at least one. The last one gives the output.
    pub steps: Vec<Step>,
    /// What it returns.
    pub output: Output,
    /// How the result is paged.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub paging: Option<Pagination>,
    /// What failures mean, by status, or by `status code`, where that differs from what the integration says of them.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub errors: IndexMap<String, ErrorCase>,
    /// The timeout of one request in seconds.
    pub timeout_seconds: f64,
    /// The deprecation notice, if the action is deprecated.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub deprecated: Option<Deprecation>,
}

impl Action {
    /// A parameter by its key.
    #[must_use]
    pub fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.key == key)
    }
}

/// The file of an action in a generated crate: its descriptor, and an example of the response body. The parts are generic so that a reader may
/// borrow from the text what it does not need at once.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ActionFile<A, E> {
    /// The action.
    pub action: A,
    /// An example of the response body.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub example: Option<E>,
}

fn none<E>() -> Option<E> {
    None
}
