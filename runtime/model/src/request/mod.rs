//! Requests: what is sent, by protocol.
//!
//! A protocol is one file and one variant of [`Request`].

mod http;
mod line;
mod sql;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

pub use http::{BodyKind, Checksum, HttpRequest, Method, Poll};
pub use line::{Line, Referral};
pub use sql::Sql;

use crate::protocol::Protocol;

/// One request of an action.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Step {
    /// The name; empty in an action of one request.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub name: String,
    /// The server, by name; `None`: that of the chosen authentication scheme, or else the first one.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub server: Option<String>,
    /// What is sent.
    pub request: Request,
    /// Values of the response that later steps use: name to JSON pointer.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub capture: IndexMap<String, String>,
    /// How the step waits for an operation to complete.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub poll: Option<Poll>,
}

impl Step {
    /// The request, if it is HTTP.
    #[must_use]
    pub fn http(&self) -> Option<&HttpRequest> {
        match &self.request {
            Request::Http(http) => Some(http),
            Request::Line(_) | Request::Sql(_) => None,
        }
    }

    /// The path template of an HTTP request; empty for other protocols, whose requests have none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.http().map_or("", |http| &http.path)
    }

    /// How the body of an HTTP request is encoded; `None` without a body, and for other protocols.
    #[must_use]
    pub fn body(&self) -> Option<BodyKind> {
        self.http()?.body
    }
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Request {
    /// A request over HTTP.
    Http(HttpRequest),
    /// A line over TCP.
    Line(Line),
    /// A statement or procedure over TDS.
    Sql(Sql),
}

impl Default for Request {
    fn default() -> Self {
        Self::Http(HttpRequest::default())
    }
}

impl Request {
    /// The protocol that it is sent over.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        match self {
            Self::Http(_) => Protocol::Http,
            Self::Line(_) => Protocol::Tcp,
            Self::Sql(_) => Protocol::Tds,
        }
    }

    /// The request in a line: `GET /users/{id}`, `TCP n + {ip}`, `SQL procedure sys.sp_who`.
    #[must_use]
    pub fn summary(&self) -> String {
        match self {
            Self::Http(http) => format!("{} {}", http.method.as_str(), http.path),
            Self::Line(line) => format!("TCP {}", line.send),
            Self::Sql(sql) => format!("SQL {}", sql.summary()),
        }
    }
}
