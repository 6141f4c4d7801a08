//! Errors, retries and rate limits.

use super::{ErrorCase, Literal};

/// Where a failed response says what went wrong.
#[derive(Debug)]
pub struct ErrorEnvelope {
    /// JSON pointers of the message; the first that holds text counts.
    pub message: &'static [&'static str],
    /// JSON pointers of the vendor's code.
    pub code: &'static [&'static str],
    /// Only what comes after the last of this text is the code; empty: all of it.
    pub code_after: &'static str,
    /// The header that identifies the request.
    pub request_id_header: Option<&'static str>,
    /// JSON pointer and value that a successful body must hold.
    pub success: Option<(&'static str, Literal)>,
    /// What failures mean, unless an action says otherwise.
    pub cases: &'static [ErrorCase],
}

/// When failed requests are sent again.
#[derive(Debug)]
pub struct RetryPolicy {
    /// Statuses that pass.
    pub statuses: &'static [u16],
    /// Most tries, the first one included.
    pub max_tries: u32,
    /// The header that says how long to wait.
    pub after_header: &'static str,
}

/// How many requests the vendor accepts.
#[derive(Clone, Debug, Default)]
pub struct RateLimit {
    /// Requests within the period.
    pub requests: Option<u32>,
    /// The period in seconds.
    pub per_seconds: Option<u32>,
    /// Requests at one time.
    pub concurrent: Option<u32>,
    /// The response header that says how many requests are left; empty: none.
    pub remaining_header: &'static str,
    /// The response header that says when the period ends; empty: none.
    pub reset_header: &'static str,
}
