//! Requests over HTTP: methods, bodies, checksums, and waiting for work to finish.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::signing::{SignatureAlgorithm, SignatureEncoding};

/// A request over HTTP.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The path template, `/users/{id}`; or `{capture}` alone for a whole URL.
    pub path: String,
    /// Constant query parameters; values may contain `{placeholders}`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub query: IndexMap<String, String>,
    /// Constant headers; values may contain `{placeholders}`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// How the body is encoded; `None`: there is no body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub body: Option<BodyKind>,
    /// Constants of the body: JSON pointer to value; strings may contain `{placeholders}`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub constants: IndexMap<String, Value>,
    /// A header with a hash of the body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub checksum: Option<Checksum>,
    /// The document of a GraphQL body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub graphql: Option<String>,
}

impl Default for HttpRequest {
    /// `GET /`
    fn default() -> Self {
        Self {
            method: Method::Get,
            path: "/".to_owned(),
            query: IndexMap::new(),
            headers: IndexMap::new(),
            body: None,
            constants: IndexMap::new(),
            checksum: None,
            graphql: None,
        }
    }
}

/// A header with a hash of the request body.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Checksum {
    /// The name of the header.
    pub header: String,
    /// The hash function.
    pub algorithm: SignatureAlgorithm,
    /// The encoding of the hash.
    pub encoding: SignatureEncoding,
}

/// HTTP request methods (RFC 9110, RFC 5789).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Read.
    Get,
    /// Read the header only.
    Head,
    /// Create, or run an operation.
    Post,
    /// Replace.
    Put,
    /// Change in part.
    Patch,
    /// Delete.
    Delete,
    /// Ask what is possible.
    Options,
}

impl Method {
    /// Returns the name as it is sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
        }
    }
}

/// How a request body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum BodyKind {
    /// A JSON object built from the body parameters and constants.
    Json,
    /// The only body parameter is the whole JSON body.
    JsonValue,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// The only body parameter is the raw body.
    Raw,
    /// An XML document built from the body parameters and constants, as a JSON object whose one key is the root element; `@` precedes the
    /// name of an attribute, and a list repeats its element. There is no body if it would contain only constant attributes.
    Xml,
    /// A GraphQL document with the body parameters as its variables.
    Graphql,
}

/// How a step waits for an operation to complete.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Poll {
    /// The JSON pointer of the state in the response.
    pub state: String,
    /// States that mean success: the action goes on.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub done: Vec<Value>,
    /// States that mean failure: the action ends with an error.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub failed: Vec<Value>,
    /// Seconds between two requests. Default: 2.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub every_seconds: Option<f64>,
    /// The timeout in seconds.
    pub timeout_seconds: f64,
}

impl Poll {
    /// Polling interval in seconds.
    #[must_use]
    pub fn every_seconds(&self) -> f64 {
        self.every_seconds.unwrap_or(2.0)
    }
}
