//! The request, or the requests, of an action.

use actionspec_model::{BodyKind, Checksum, Poll};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SqlRequest, TcpRequest};

/// A request: its request line (`GET /users/{id}`), optionally with constants; a line over TCP; or SQL.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum RequestLine {
    /// Method and path template.
    Line(
        #[schemars(regex(pattern = r"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[^\s?#]*|\{[A-Za-z0-9_]+\})$"), example = &"GET /rest/api/user")]
         String,
    ),
    /// Method and path template with constants, body kind or another server.
    Full(Box<RequestSpec>),
    /// A line over TCP.
    Tcp(Box<TcpRequest>),
    /// A statement or stored procedure.
    Sql(Box<SqlRequest>),
}

/// A request with its constants.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestSpec {
    /// Method and path template; `{name}` is replaced by a parameter or a capture. The path is appended to the server's URL. A template that is
    /// only a capture (`GET {uploadUrl}`) is a full URL, which must be on a host of the integration.
    #[schemars(regex(
        pattern = r"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[^\s?#]*|\{[A-Za-z0-9_]+\})$"
    ))]
    pub line: String,
    /// The server to use (a name of the integration's `servers`). Default: the server of the authentication scheme, or the first one.
    #[serde(default)]
    pub server: Option<String>,
    /// Constant query parameters. `{name}` in a value is replaced by a parameter or a capture.
    #[serde(default)]
    pub query: IndexMap<String, String>,
    /// Constant headers. `{name}` in a value is replaced by a parameter or a capture.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// The kind of body. Default: `json` when a parameter or a constant is in the body.
    #[serde(default)]
    pub body: Option<BodyKind>,
    /// Constants of the body: JSON pointer to value. `{name}` in a string is replaced by a parameter or a capture.
    #[serde(default)]
    #[schemars(example = &"/type: page")]
    pub constants: IndexMap<String, Value>,
    /// A header with a hash of the body, for vendors that verify its integrity.
    #[serde(default)]
    pub checksum: Option<Checksum>,
    /// For a GraphQL body: the document. Its variables are the body parameters.
    #[serde(default)]
    pub graphql: Option<String>,
}

/// One step of an action with several requests.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StepSpec {
    /// The step's name, unique in the action.
    pub name: String,
    /// The request.
    pub request: RequestLine,
    /// Values from the response for later steps: name to JSON pointer.
    #[serde(default)]
    pub capture: IndexMap<String, String>,
    /// Repeats the request until the operation is complete.
    #[serde(default)]
    pub poll: Option<Poll>,
}
