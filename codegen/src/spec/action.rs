//! `specs/<integration>/actions/<action>.yaml`: one action.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Change, Deprecation, Effect, ErrorCase, Link, Notes, OutputSpec, PaginationChoice,
    ParameterSpec, Permissions, RequestLine, Retry, Rule, Source, StepSpec,
};

/// `specs/<integration>/actions/<action>.yaml`: one action. The file's stem is the action's id, in `snake_case`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ActionSpec {
    /// The action's name, in title case.
    #[schemars(length(min = 1), example = &"Get User")]
    pub title: String,
    /// What the action does. Markdown; lists show only its first sentence.
    #[schemars(length(min = 1))]
    pub description: String,
    /// The group that the action belongs to (an id of the integration's `groups`).
    #[serde(default)]
    pub group: Option<String>,
    /// Other words that readers search for, such as former names and abbreviations; common synonyms of the title are known.
    #[serde(default)]
    #[schemars(extend("examples" = [["mfa", "second factor"]]))]
    pub keywords: Vec<String>,
    /// Notes in boxes.
    #[serde(default)]
    pub notes: Vec<Notes>,
    /// The permissions that the caller requires, or `{none: why}`.
    pub permissions: Permissions,
    /// The scopes that each authentication scheme needs: a map from the name of the scheme to its scopes, all of which are required.
    #[serde(default)]
    pub scopes: IndexMap<String, Vec<String>>,
    /// The vendor's documentation of this operation, an absolute `https` URL.
    #[schemars(url)]
    pub documentation: String,
    /// Further links.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The request. Either this or `steps`.
    #[serde(default)]
    pub request: Option<RequestLine>,
    /// The requests of an action with several requests, in order. The last one returns the output.
    #[serde(default)]
    pub steps: Vec<StepSpec>,
    /// The parameters by the name that is sent, in the order of the page.
    #[serde(default)]
    pub parameters: IndexMap<String, ParameterSpec>,
    /// Rules across parameters.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// What the action returns.
    pub output: OutputSpec,
    /// The pagination of the result, or `{none: why}`. Required for lists: reading actions whose result is an array, or an object with an array called
    /// `results`, `items`, `values`, `data`, `entries`, `records` or `list`.
    #[serde(default)]
    pub pagination: Option<PaginationChoice>,
    /// What the action does to the vendor's system. Default: `read` for GET, HEAD and a line over TCP, `destructive` for DELETE, otherwise `write`.
    #[serde(default)]
    pub effect: Option<Effect>,
    /// Whether the request may be retried. Required for actions that are not read-only.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// Error cases of this action, in addition to the integration's.
    #[serde(default)]
    pub errors: IndexMap<String, ErrorCase>,
    /// The timeout of one request, in seconds. Default: 60.
    #[serde(default)]
    pub timeout_seconds: Option<f64>,
    /// Titles of workflow examples that use the action.
    #[serde(default)]
    pub workflows: Vec<String>,
    /// Former ids of the action; their pages redirect to this one.
    #[serde(default)]
    pub renamed_from: Vec<String>,
    /// Deprecation notice, if any.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
    /// Changes to this spec, newest first; they appear in the changelog.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The sources that this spec was verified against.
    pub source: Source,
}
