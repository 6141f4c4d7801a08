//! Why a request cannot be authenticated.

use http::{HeaderMap, Response, StatusCode};

use crate::descriptor::Action;
use crate::error::{Error, ErrorKind};

/// Why a request cannot be authenticated. Every call that waited for the same token gets a copy.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    /// Status and headers of the response, if there was one.
    pub(crate) answer: Option<Box<(StatusCode, HeaderMap)>>,
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
            answer: None,
            code: None,
            passes: false,
        }
    }

    /// The vendor issued no token or session.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Authentication, ..Self::build(message) }
    }

    /// The same with the response that it is about.
    pub(super) fn about<T>(self, response: &Response<T>) -> Self {
        let answer = (response.status(), response.headers().clone());
        Self { answer: Some(Box::new(answer)), ..self }
    }

    /// The error of an action that could not be authenticated, or of no action.
    pub(crate) fn into_error(self, action: impl Into<Option<&'static Action>>) -> Error {
        Error::unbound(self.kind, self.message).with(|details| {
            details.action = action.into();
            if let Some(answer) = self.answer {
                let (status, headers) = *answer;
                (details.status, details.headers) = (Some(status), headers);
            }
            details.code = self.code;
            details.retryable = self.passes;
        })
    }
}
