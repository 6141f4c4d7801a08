//! The request, or the requests, of an action.

use actionspec_model::{BodyKind, Checksum, Poll};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SqlRequest, TcpRequest};

/// A request: its line (`GET /users/{id}`), or the line with what never varies; or one that is not HTTP, a line over TCP or SQL.
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

/// A request with everything that never varies.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RequestSpec {
    /// Method and path template; `{name}` stands for a parameter or a capture. The path is appended to the server's address. A template that is
    /// one capture alone (`GET {uploadUrl}`) is a whole address, which must be on the integration's own host.
    #[schemars(regex(
        pattern = r"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (/[^\s?#]*|\{[A-Za-z0-9_]+\})$"
    ))]
    pub line: String,
    /// The server to use (a name of the integration's `servers`). Default: the one of the chosen authentication, or the first.
    #[serde(default)]
    pub server: Option<String>,
    /// Query parameters that never vary. `{name}` in a value stands for a parameter or a capture.
    #[serde(default)]
    pub query: IndexMap<String, String>,
    /// Headers that never vary. `{name}` in a value stands for a parameter or a capture.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// The kind of body. Default: `json` when a parameter or a constant is in the body.
    #[serde(default)]
    pub body: Option<BodyKind>,
    /// Constants of the body: JSON pointer to value. `{name}` in a text stands for a parameter or a capture.
    #[serde(default)]
    #[schemars(example = &"/type: page")]
    pub constants: IndexMap<String, Value>,
    /// A header with a hash of the body, for vendors that want to see that it arrived whole.
    #[serde(default)]
    pub checksum: Option<Checksum>,
    /// For a GraphQL body: the document. Its variables are the body parameters.
    #[serde(default)]
    pub graphql: Option<String>,
}

/// One step of an action that needs several requests.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StepSpec {
    /// The step's name, unique in the action.
    pub name: String,
    /// The request.
    pub request: RequestLine,
    /// Values taken from the response for later steps: name to JSON pointer.
    #[serde(default)]
    pub capture: IndexMap<String, String>,
    /// Repeat the request until its response says that the work is done.
    #[serde(default)]
    pub poll: Option<Poll>,
}
