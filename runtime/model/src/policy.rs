//! Where errors are described, when requests are sent again, and how many may be sent.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error_case::ErrorCase;

/// Where a failed response says what went wrong.
#[derive(Clone, Debug, PartialEq, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ErrorEnvelope {
    /// JSON pointers of the message; the first one that holds a text counts.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub message: Vec<String>,
    /// JSON pointers of the vendor's error code; the first one that holds a text or number counts.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub code: Vec<String>,
    /// Of the vendor's code only what comes after the last of this text counts: `#`, where codes have a namespace before them.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub code_after: Option<String>,
    /// The response header that identifies the request, to quote in a support case.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub request_id_header: Option<String>,
    /// What a successful body must hold, for vendors that fail with status 200.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub success: Option<BodyCheck>,
    /// An example of an error body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub example: Option<Value>,
    /// What each status, or status and code (`404 not_found`), means. Of integrations that are not HTTP: what each code means (`18456`).
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

/// Whether a request that changes something may be sent again when its answer was lost.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RetryPolicy {
    /// Statuses that pass, of requests that may be sent again. Default: 408, 429, 500, 502, 503, 504.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub statuses: Vec<u16>,
    /// Most tries, the first one included. Default: 4.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub max_tries: Option<u32>,
    /// The header that says how long to wait. Default: `Retry-After` (RFC 9110, section 10.2.3).
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub after_header: Option<String>,
}

impl RetryPolicy {
    /// Statuses of failures that pass.
    #[must_use]
    pub fn statuses(&self) -> &[u16] {
        if self.statuses.is_empty() { &[408, 429, 500, 502, 503, 504] } else { &self.statuses }
    }

    /// Most tries of one request, the first one included.
    #[must_use]
    pub fn max_tries(&self) -> u32 {
        self.max_tries.unwrap_or(4)
    }

    /// The response header that says how long to wait.
    #[must_use]
    pub fn after_header(&self) -> &str {
        self.after_header.as_deref().unwrap_or("Retry-After")
    }
}

/// How many requests the vendor accepts.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RateLimit {
    /// The limit in words, where no number fits. Markdown.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub description: Option<String>,
    /// Requests within the period.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub requests: Option<u32>,
    /// The period in seconds.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub per_seconds: Option<u32>,
    /// Requests at one time.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub concurrent: Option<u32>,
    /// The response header that says how many requests are left.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub remaining_header: Option<String>,
    /// The response header that says when the period ends.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub reset_header: Option<String>,
}
