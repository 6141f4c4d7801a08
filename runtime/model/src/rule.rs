//! Rules across parameters.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A rule across parameters. Parameters are named by their keys.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// One of these must be given, and only one.
    ExactlyOneOf(Vec<String>),
    /// At least one of these must be given.
    AtLeastOneOf(Vec<String>),
    /// One of these may be given, but not two.
    AtMostOneOf(Vec<String>),
    /// All of these are given, or none.
    AllOrNone(Vec<String>),
    /// Whoever gives the key must give the values too.
    Requires(IndexMap<String, Vec<String>>),
    /// The key cannot be given together with any of the values.
    Conflicts(IndexMap<String, Vec<String>>),
    /// The parameters must be given when the conditions hold.
    RequiredIf(Condition),
    /// The parameters may be given only when the conditions hold.
    AllowedIf(Condition),
}

/// Parameters, and when a rule applies to them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Condition {
    /// The parameters that the rule is about.
    pub parameters: Vec<String>,
    /// The values that other parameters must have, all of them: the value itself, or a list of which one must match.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub when: IndexMap<String, Value>,
}
