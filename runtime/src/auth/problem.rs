//! Why a request cannot be authenticated.

use crate::descriptor::Action;
use crate::error::{Error, ErrorKind};

/// Why a request cannot be authenticated. Every call that waited for the same token gets a copy.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) status: Option<http::StatusCode>,
    pub(crate) code: Option<String>,
    /// Whether a later attempt may succeed.
    pub(crate) passes: bool,
}

impl Problem {
    /// The request cannot be built; nothing was sent.
    pub(crate) fn build(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Build,
            message: message.into(),
            status: None,
            code: None,
            passes: false,
        }
    }

    /// The vendor issued no token or session.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Authentication, ..Self::build(message) }
    }

    /// The error of an action that could not be authenticated.
    pub(crate) fn into_error(self, action: &'static Action) -> Error {
        Error::new(self.kind, action, self.message).with(|details| {
            details.status = self.status;
            details.code = self.code;
            details.retryable = self.passes;
        })
    }
}
