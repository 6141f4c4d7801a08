//! Rules across parameters.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A rule, and what it says.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StatedRule {
    /// The rule.
    pub rule: Rule,
    /// The rule as a sentence: the message of a violation. Markdown, parameters as code: "Give exactly one of `id` and `name`."
    pub sentence: String,
}

/// A rule across parameters. Parameters are named by their keys.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// Exactly one of these is required.
    ExactlyOneOf(Vec<String>),
    /// At least one of these is required.
    AtLeastOneOf(Vec<String>),
    /// At most one of these is allowed.
    AtMostOneOf(Vec<String>),
    /// All of these, or none.
    AllOrNone(Vec<String>),
    /// The key requires the values too.
    Requires(IndexMap<String, Vec<String>>),
    /// The key cannot be combined with any of the values.
    Conflicts(IndexMap<String, Vec<String>>),
    /// The parameters are required if the conditions are true.
    RequiredIf(Condition),
    /// The parameters are allowed only if the conditions are true.
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
