//! `specs/<integration>/integration.yaml`: what holds for all actions of one system.

use actionspec_model::{
    Authentication, Deprecation, ErrorEnvelope, RateLimit, RetryPolicy, ServerVariable,
};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Change, Link, Notes, Pagination, Schema};

/// `specs/<integration>/integration.yaml`: what holds for all actions of one system. The folder's name is the integration's id.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct IntegrationSpec {
    /// The version of the spec language, `1`.
    #[schemars(extend("const" = 1))]
    pub spec: u32,
    /// The system's name as its vendor writes it.
    #[schemars(length(min = 1), example = &"Confluence")]
    pub title: String,
    /// The company or project behind it.
    pub vendor: String,
    /// What the system is, and what people automate in it. Markdown; its first sentence stands alone in lists.
    pub description: String,
    /// A category of `catalog.yaml`.
    pub category: String,
    /// The vendor's documentation of the API, an absolute `https` address.
    #[schemars(url)]
    pub documentation: String,
    /// More pages of the vendor: rate limits, status, changelog.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Boxed remarks.
    #[serde(default)]
    pub notes: Vec<Notes>,
    /// The version of the integration's Rust package, SemVer. Default: `crate.version` of `catalog.yaml`.
    #[serde(default)]
    #[schemars(example = &"1.4.0")]
    pub version: Option<String>,
    /// The version of the vendor's API that the specs describe.
    #[serde(default)]
    pub api_version: Option<String>,
    /// Where the API is, by name. The first one is the default.
    #[schemars(length(min = 1))]
    pub servers: IndexMap<String, Server>,
    /// Authentication schemes, by name; the user chooses one. An empty map means that the API is open to all.
    pub authentication: IndexMap<String, Authentication>,
    /// The action that shows whether a connection works. It must be a `read` without required parameters.
    #[serde(default)]
    pub connection_test: Option<String>,
    /// Headers that every request carries.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// Where a failed response says what went wrong.
    #[serde(default)]
    pub errors: ErrorEnvelope,
    /// Ways to page, by name; actions choose one.
    #[serde(default)]
    pub pagination: IndexMap<String, Pagination>,
    /// How many requests the vendor accepts.
    #[serde(default)]
    pub rate_limit: Option<RateLimit>,
    /// When and how often failed requests are sent again.
    #[serde(default)]
    pub retry: Option<RetryPolicy>,
    /// Groups of actions in the order of the pages: id to title.
    #[serde(default)]
    pub groups: IndexMap<String, String>,
    /// Named types. Most types need no declaration here: examples declare them.
    #[serde(default)]
    pub types: IndexMap<String, Schema>,
    /// That the integration is deprecated.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
    /// What was changed in this spec, the newest first; it goes into the changelog.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// Where the API is.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Server {
    /// The address before every path; `{name}` stands for a variable. `https`, without a slash at the end. Of integrations that are not HTTP
    /// `tcp://host:port`, or `tds://host:port/database`, where TLS is always on; all servers of an integration are of one kind.
    #[schemars(example = &"https://{site}.atlassian.net/wiki")]
    pub url: String,
    /// When to use it. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// The variables of the address.
    #[serde(default)]
    pub variables: IndexMap<String, ServerVariable>,
}
