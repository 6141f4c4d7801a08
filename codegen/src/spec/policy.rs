//! Errors, retries and rate limits.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a failed response says what went wrong.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ErrorEnvelope {
    /// JSON pointers of the message; the first one that holds a text counts.
    #[serde(default)]
    pub message: Vec<String>,
    /// JSON pointers of the vendor's error code; the first one that holds a text or number counts.
    #[serde(default)]
    pub code: Vec<String>,
    /// Of the vendor's code only what comes after the last of this text counts: `#`, where codes have a namespace before them.
    #[serde(default)]
    pub code_after: Option<String>,
    /// The response header that identifies the request, to quote in a support case.
    #[serde(default)]
    pub request_id_header: Option<String>,
    /// What a successful body must hold, for vendors that fail with status 200.
    #[serde(default)]
    pub success: Option<BodyCheck>,
    /// An example of an error body.
    #[serde(default)]
    pub example: Option<Value>,
    /// What each status, or status and code (`404 not_found`), means. Of integrations that are not HTTP: what each code means (`18456`).
    #[serde(default)]
    pub cases: IndexMap<String, ErrorCase>,
}

/// A check of a response body.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BodyCheck {
    /// The JSON pointer of the value.
    pub at: String,
    /// What the value must be. `null` also means that it may be missing.
    pub equals: Value,
}

/// What an error means: its description, or its description with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ErrorCase {
    /// Its meaning. Markdown.
    Description(String),
    /// More facts.
    Detailed {
        /// Its meaning. Markdown.
        description: String,
        /// What the caller can do about it. Markdown.
        #[serde(default)]
        remedy: Option<String>,
        /// Whether the same request can succeed later.
        #[serde(default)]
        retryable: bool,
    },
}

/// Whether a request that changes something may be sent again when its answer was lost.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Retry {
    /// `safe`: sending it twice has the effect of sending it once.
    #[serde(rename = "safe")]
    Safe,
    /// It is never sent again, and why: the effect would happen twice.
    Unsafe(String),
    /// Safe with the named header, which carries a key that the client makes up for each call.
    IdempotencyKey(String),
    /// Safe with the named parameter: a key that the client makes up for each call, unless the caller gives one.
    IdempotencyParameter(String),
}

/// When and how often failed requests are sent again.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RetryPolicy {
    /// Statuses that pass, of requests that may be sent again. Default: 408, 429, 500, 502, 503, 504.
    #[serde(default)]
    pub statuses: Vec<u16>,
    /// Most tries, the first one included. Default: 4.
    #[serde(default)]
    pub max_tries: Option<u32>,
    /// The header that says how long to wait. Default: `Retry-After` (RFC 9110, section 10.2.3).
    #[serde(default)]
    pub after_header: Option<String>,
}

/// How many requests the vendor accepts.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RateLimit {
    /// The limit in words, where no number fits. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// Requests within the period.
    #[serde(default)]
    pub requests: Option<u32>,
    /// The period in seconds.
    #[serde(default)]
    pub per_seconds: Option<u32>,
    /// Requests at one time.
    #[serde(default)]
    pub concurrent: Option<u32>,
    /// The response header that says how many requests are left.
    #[serde(default)]
    pub remaining_header: Option<String>,
    /// The response header that says when the period ends.
    #[serde(default)]
    pub reset_header: Option<String>,
}
