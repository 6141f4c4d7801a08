//! The error of a call.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use actionspec_model::ErrorCase;

use crate::descriptor::Action;
use crate::redact::Redactor;
use crate::response::Raw;
use crate::transport::TransportError;
use actionspec_model::Violations;

/// Maximum size of the response body that an error keeps.
pub(crate) const MAX_BODY: usize = 64 * 1024;
/// Maximum number of characters of the vendor's message in `Display`.
const MAX_SHOWN: usize = 500;

/// The kind of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The arguments are invalid; nothing was sent.
    Validation,
    /// The request cannot be built with this client; nothing was sent.
    Build,
    /// The request could not be sent, or its response was lost.
    Transport,
    /// The request timed out.
    Timeout,
    /// The server returned an error status.
    Status,
    /// The server returned a success status with an error in the body or, for protocols other than HTTP, an error.
    Vendor,
    /// The response does not have the declared form.
    Decode,
    /// A polled operation failed or timed out.
    Poll,
    /// The response body exceeds the maximum size in memory, or reading it would take too much memory.
    TooLarge,
    /// No token or session could be obtained with the credentials.
    Authentication,
}

/// The error of a call. `Display` is one line without secrets, suitable for logs.
pub struct Error(Box<Details>);

pub(crate) struct Details {
    pub(crate) kind: ErrorKind,
    pub(crate) action: Option<&'static Action>,
    pub(crate) message: String,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) code: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retryable: bool,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) tries: u32,
    pub(crate) body: Bytes,
    pub(crate) violations: Option<Violations>,
    pub(crate) source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(
        kind: ErrorKind,
        action: &'static Action,
        message: impl Into<String>,
    ) -> Self {
        Self::unbound(kind, message).with(|details| details.action = Some(action))
    }

    /// An error that does not belong to an action.
    pub(crate) fn unbound(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            action: None,
            message: message.into(),
            status: None,
            headers: HeaderMap::new(),
            code: None,
            request_id: None,
            retryable: false,
            retry_after: None,
            tries: 0,
            body: Bytes::new(),
            violations: None,
            source: None,
        }))
    }

    pub(crate) fn invalid(action: &'static Action, violations: Violations) -> Self {
        Self::new(ErrorKind::Validation, action, violations.to_string())
            .with(|details| details.violations = Some(violations))
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(&mut self.0);
        if self.0.body.len() > MAX_BODY {
            self.0.body.truncate(MAX_BODY);
        }
        self
    }

    /// The same with the response that it is about.
    pub(crate) fn about(self, raw: &Raw) -> Self {
        self.with(|details| {
            details.status = Some(raw.status);
            details.headers = raw.headers.clone();
            details.request_id = raw.request_id().map(str::to_owned);
            details.body = raw.body.clone();
        })
    }

    /// The same without credentials, in every text that the error shows. The body stays as the server sent it.
    pub(crate) fn redacted(self, redactor: &Redactor) -> Self {
        self.with(|details| {
            details.message = redactor.text(std::mem::take(&mut details.message));
            for text in [&mut details.code, &mut details.request_id] {
                *text = text.take().map(|text| redactor.text(text));
            }
            details.source = details.source.take().map(|source| {
                let mut cause: Option<&(dyn StdError + 'static)> = Some(&*source);
                while let Some(inner) = cause {
                    if redactor.finds(&format!("{inner} {inner:?}")) {
                        return TransportError::new(redactor.text(source.to_string())).into();
                    }
                    cause = inner.source();
                }
                source
            });
        })
    }

    /// The kind of an error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the name of the action that failed.
    #[must_use]
    pub fn action(&self) -> Option<&'static Action> {
        self.0.action
    }

    /// Returns the HTTP status, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the headers of the response, as the server sent them; empty if there was none. Unlike the message, they are not searched for
    /// credentials.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns a header of the response, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// Returns the vendor's error code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns the error message, the vendor's own if there is one.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the meaning that the spec gives to this status and code.
    #[must_use]
    pub fn meaning(&self) -> Option<&'static str> {
        self.case().map(ErrorCase::description)
    }

    /// The error case of the spec for this status and code.
    pub(crate) fn case(&self) -> Option<&'static ErrorCase> {
        let action = self.0.action?;
        let find = |wanted: &str| {
            action.errors.get(wanted).or_else(|| action.integration.errors.cases.get(wanted))
        };
        let Some(status) = self.0.status else {
            // Answers that are not HTTP have a code alone.
            return find(self.0.code.as_deref()?);
        };
        let exact = self.0.code.as_ref().map(|code| format!("{} {code}", status.as_u16()));
        exact.and_then(|exact| find(&exact)).or_else(|| find(status.as_str()))
    }

    /// Returns the vendor's request ID, for support cases.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Whether the same request may succeed later and is safe to repeat.
    #[must_use]
    pub fn retryable(&self) -> bool {
        self.0.retryable
    }

    /// Returns the delay that the server requests before the next attempt, if any (RFC 9110, section 10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the number of requests that were sent, including retries and polls.
    #[must_use]
    pub fn tries(&self) -> u32 {
        self.0.tries
    }

    /// Whether the request or its response was lost, so that its outcome is unknown.
    pub(crate) fn may_be_lost(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Transport | ErrorKind::Timeout)
    }

    /// Returns the raw response body, truncated to 64 KiB.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// Returns the violations of the arguments.
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        self.0.violations.as_ref()
    }
}

/// Replaces line breaks and control characters in a vendor's message.
fn one_line(text: &str) -> String {
    let mut line: String =
        text.chars().take(MAX_SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.len() < text.len() {
        line.push('…');
    }
    line
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.0;
        if let Some(action) = details.action {
            write!(f, "{}: ", action.name())?;
        }
        if let Some(status) = details.status {
            write!(f, "{status}: ")?;
        }
        if let Some(code) = &details.code {
            write!(f, "[{}] ", one_line(code))?;
        }
        f.write_str(&one_line(&details.message))?;
        if let Some(id) = &details.request_id {
            write!(f, " (request {})", one_line(id))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.to_string())
            .field("retryable", &self.0.retryable)
            .field("body_bytes", &self.0.body.len())
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
