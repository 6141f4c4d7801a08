//! Requests that are not HTTP: a line over TCP, and SQL over TDS.

use actionspec_model::{Line, Sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A request of one line over TCP; the response is all data until the server closes the connection (as in RFC 3912). For integrations whose
/// servers are `tcp://host:port`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TcpRequest {
    /// The line, and which referrals to follow.
    pub tcp: Line,
    /// The server to use (a name of the integration's `servers`). Default: the first.
    #[serde(default)]
    pub server: Option<String>,
}

/// A request in SQL over TDS. For integrations whose servers are `tds://host:port/database`. Parameters are bound, never part of the statement's
/// text. The response is JSON: `rows` (the first result set, an object a row; names that repeat get a number, a column without a name is
/// `column` and its number), `rowsAffected` (the rows that statements without a result set changed), `moreRows` (a list for each further result
/// set, if there are any) and, of a procedure, `returnValue`. Integers, `bit`, `float` and `money` are numbers and booleans; `decimal` is a text, so
/// that no digit is lost; dates and times are texts in ISO 8601; `varbinary` is base64; NULL is `null`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SqlRequest {
    /// The statement or procedure to run.
    pub sql: Sql,
    /// The server to use (a name of the integration's `servers`). Default: the server of the authentication scheme, or the first one.
    #[serde(default)]
    pub server: Option<String>,
}
