//! `specs/<integration>/integration.yaml`: settings of all actions of one system.

use actionspec_model::{
    Authentication, Deprecation, ErrorEnvelope, RateLimit, RetryPolicy, ServerVariable,
};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Change, Link, Notes, Pagination, Schema};

/// `specs/<integration>/integration.yaml`: settings of all actions of one system. The folder's name is the integration's id.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct IntegrationSpec {
    /// The version of the spec language, `1`.
    #[schemars(extend("const" = 1))]
    pub spec: u32,
    /// The name of the system, as its vendor spells it.
    #[schemars(length(min = 1), example = &"Confluence")]
    pub title: String,
    /// The company or project that provides it.
    pub vendor: String,
    /// What the system is, and what people automate in it. Markdown; lists show only its first sentence.
    pub description: String,
    /// A category of `catalog.yaml`.
    pub category: String,
    /// Other words that readers search for, such as former names and abbreviations; common synonyms of the title are known.
    #[serde(default)]
    #[schemars(extend("examples" = [["mfa", "second factor"]]))]
    pub keywords: Vec<String>,
    /// The vendor's documentation of the API, an absolute `https` URL.
    #[schemars(url)]
    pub documentation: String,
    /// Further links of the vendor: rate limits, status, changelog.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Notes in boxes.
    #[serde(default)]
    pub notes: Vec<Notes>,
    /// The version of the integration's Rust package, SemVer. Default: `crate.version` of `catalog.yaml`.
    #[serde(default)]
    #[schemars(example = &"1.4.0")]
    pub version: Option<String>,
    /// The version of the vendor's API that the specs describe.
    #[serde(default)]
    pub api_version: Option<String>,
    /// The servers of the API, by name. The first one is the default.
    #[schemars(length(min = 1))]
    pub servers: IndexMap<String, Server>,
    /// Authentication schemes, by name; the user chooses one. An empty map means that no authentication is required.
    pub authentication: IndexMap<String, Authentication>,
    /// The action that tests a connection. It must be a `read` without required parameters.
    #[serde(default)]
    pub connection_test: Option<String>,
    /// Headers of every request.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// Where an error response contains the message and the code.
    #[serde(default)]
    pub errors: ErrorEnvelope,
    /// Paginations, by name; actions reference one.
    #[serde(default)]
    pub pagination: IndexMap<String, Pagination>,
    /// The rate limit of the API.
    #[serde(default)]
    pub rate_limit: Option<RateLimit>,
    /// When and how often failed requests are retried.
    #[serde(default)]
    pub retry: Option<RetryPolicy>,
    /// Groups of actions in the order of the pages: id to title.
    #[serde(default)]
    pub groups: IndexMap<String, String>,
    /// Named types. Most types need no declaration here: examples declare them.
    #[serde(default)]
    pub types: IndexMap<String, Schema>,
    /// Deprecation notice, if any.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
    /// Changes to this spec, newest first; they appear in the changelog.
    #[serde(default)]
    pub changes: Vec<Change>,
}

/// A server of the API.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Server {
    /// The base URL; `{name}` is replaced by a variable. It starts with `https` and has no trailing slash. For other protocols it is
    /// `tcp://host:port`, or `tds://host:port/database`, always with TLS. All servers of an integration use the same protocol.
    #[schemars(example = &"https://{site}.atlassian.net/wiki")]
    pub url: String,
    /// When to use it. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// The variables of the address.
    #[serde(default)]
    pub variables: IndexMap<String, ServerVariable>,
}
