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
    /// What the action does. Markdown; its first sentence stands alone in lists.
    #[schemars(length(min = 1))]
    pub description: String,
    /// The group that the action belongs to (an id of the integration's `groups`).
    #[serde(default)]
    pub group: Option<String>,
    /// Boxed remarks.
    #[serde(default)]
    pub notes: Vec<Notes>,
    /// What the caller must be allowed to do, or `{none: why}`.
    pub permissions: Permissions,
    /// The scopes that each authentication scheme needs: a map from the name of the scheme to its scopes, all of which are required.
    #[serde(default)]
    pub scopes: IndexMap<String, Vec<String>>,
    /// The vendor's page about this operation, an absolute `https` address.
    #[schemars(url)]
    pub documentation: String,
    /// More pages worth reading.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The request. Either this or `steps`.
    #[serde(default)]
    pub request: Option<RequestLine>,
    /// The requests of an action that needs several, in order. The last one gives the output.
    #[serde(default)]
    pub steps: Vec<StepSpec>,
    /// The parameters by wire name, in the order of the page.
    #[serde(default)]
    pub parameters: IndexMap<String, ParameterSpec>,
    /// Rules across parameters.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// What the action returns.
    pub output: OutputSpec,
    /// How the result is paged, or `{none: why}`. Needed for lists: reading actions whose result is an array, or an object with an array called
    /// `results`, `items`, `values`, `data`, `entries`, `records` or `list`.
    #[serde(default)]
    pub pagination: Option<PaginationChoice>,
    /// What the action does to the vendor's system. Default: `read` for GET, HEAD and a line over TCP, `destructive` for DELETE, otherwise `write`.
    #[serde(default)]
    pub effect: Option<Effect>,
    /// Whether the request may be sent again. Needed for actions that change something.
    #[serde(default)]
    pub retry: Option<Retry>,
    /// What statuses mean here, beside the integration's.
    #[serde(default)]
    pub errors: IndexMap<String, ErrorCase>,
    /// Seconds after which the client gives up on one request. Default: 60.
    #[serde(default)]
    pub timeout_seconds: Option<f64>,
    /// Titles of workflow examples that use the action.
    #[serde(default)]
    pub workflows: Vec<String>,
    /// Former ids of the action: their pages lead to this one.
    #[serde(default)]
    pub renamed_from: Vec<String>,
    /// That the action is deprecated.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
    /// What was changed in this spec, the newest first; it goes into the changelog.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// What these facts were verified against.
    pub source: Source,
}
