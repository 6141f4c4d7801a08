//! Where errors are described, when requests are sent again, and how many may be sent.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error_case::ErrorCase;

/// Where an error response contains the message and the code.
#[derive(Clone, Debug, PartialEq, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ErrorEnvelope {
    /// JSON pointers of the message; the first one with a string is used.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub message: Vec<String>,
    /// JSON pointers of the vendor's error code; the first one with a string or number is used.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub code: Vec<String>,
    /// Only the part of the vendor's code after the last occurrence of this separator is used: `#`, if codes have a namespace.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub code_after: Option<String>,
    /// The response header with the request ID, for support cases.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub request_id_header: Option<String>,
    /// The condition that a successful body satisfies, for APIs that return errors with status 200.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub success: Option<BodyCheck>,
    /// An example of an error body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub example: Option<Value>,
    /// What each status, or status and code (`404 not_found`), means. For other protocols: the meaning of each code (`18456`).
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub cases: IndexMap<String, ErrorCase>,
}

/// A check of a response body.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BodyCheck {
    /// The JSON pointer of the value.
    pub at: String,
    /// What the value must be. `null` also means that it may be missing.
    pub equals: Value,
}

/// Whether a request that is not read-only may be retried if its response was lost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Retry {
    /// `safe`: the request is idempotent.
    #[serde(rename = "safe")]
    Safe,
    /// The request is never retried; the reason.
    Unsafe(String),
    /// Safe with this header, in which the client sends a generated key for each call.
    IdempotencyKey(String),
    /// Safe with this parameter: the client generates a key for each call unless the caller sets one.
    IdempotencyParameter(String),
}

/// When and how often failed requests are retried.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RetryPolicy {
    /// Statuses of temporary failures, which are retried if the request may be repeated. Default: 408, 429, 500, 502, 503, 504.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub statuses: Vec<u16>,
    /// Maximum number of attempts, including the first. Default: 4.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub max_tries: Option<u32>,
    /// The response header with the delay before the next attempt. Default: `Retry-After` (RFC 9110, section 10.2.3).
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub after_header: Option<String>,
}

impl RetryPolicy {
    /// Statuses of temporary failures.
    #[must_use]
    pub fn statuses(&self) -> &[u16] {
        if self.statuses.is_empty() { &[408, 429, 500, 502, 503, 504] } else { &self.statuses }
    }

    /// Maximum number of attempts per request, including the first.
    #[must_use]
    pub fn max_tries(&self) -> u32 {
        self.max_tries.unwrap_or(4)
    }

    /// The response header with the delay before the next attempt.
    #[must_use]
    pub fn after_header(&self) -> &str {
        self.after_header.as_deref().unwrap_or("Retry-After")
    }
}

/// The rate limit of an API.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RateLimit {
    /// A description of the limit, if numbers are not sufficient. Markdown.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub description: Option<String>,
    /// Maximum number of requests per period.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub requests: Option<u32>,
    /// The period in seconds.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub per_seconds: Option<u32>,
    /// Maximum number of concurrent requests.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub concurrent: Option<u32>,
    /// The response header with the number of remaining requests.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub remaining_header: Option<String>,
    /// The response header with the time when the limit resets.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub reset_header: Option<String>,
}
