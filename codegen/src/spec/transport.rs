//! Requests that are not HTTP: a line over TCP, and SQL over TDS.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A request of one line over TCP; the answer is everything until the server closes the connection (as in RFC 3912). For integrations whose
/// servers are `tcp://host:port`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TcpRequest {
    /// The line, and where its answer may lead.
    pub tcp: TcpSpec,
    /// The server to use (a name of the integration's `servers`). Default: the first.
    #[serde(default)]
    pub server: Option<String>,
}

/// A line, and where its answer may lead. Answers are UTF-8; one that is not is read as ISO 8859-1. Line ends become LF.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TcpSpec {
    /// The line without its end, which is CR LF; `{name}` stands for a parameter or a capture. Values with control characters are refused
    /// before anything is sent.
    #[schemars(length(min = 1), example = &"n + {ip}")]
    pub send: String,
    /// Parameters that are host names: they are written in ASCII (IDNA, RFC 5891).
    #[serde(default)]
    pub host_names: Vec<String>,
    /// That an answer may name another server, which is asked next. The last answer is the result.
    #[serde(default)]
    pub referral: Option<ReferralSpec>,
}

/// How an answer names the server to ask next: a field whose value is `host`, `host:port` or `whois://host`. Only public hosts are asked, on the
/// port of the server that was asked first, and none twice; a client whose base address was replaced asks that host alone.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReferralSpec {
    /// The names of the fields, whatever their case; the first one in the answer with a host counts.
    #[schemars(length(min = 1))]
    pub fields: Vec<String>,
    /// How many referrals are followed, 1 to 5. Default: 2.
    #[serde(default)]
    pub most: Option<u32>,
    /// What servers want to be sent that are not content with `send`: host to line.
    #[serde(default)]
    pub send: IndexMap<String, String>,
}

/// A request in SQL over TDS. For integrations whose servers are `tds://host:port/database`. Parameters are bound, never part of the statement's
/// text. The answer is JSON: `rows` (the first result set, an object a row; names that repeat get a number, a column without a name is
/// `column` and its number), `rowsAffected` (the rows that statements without a result set changed), `moreRows` (a list for each further result
/// set, if there are any) and, of a procedure, `returnValue`. Integers, `bit`, `float` and `money` are numbers and booleans; `decimal` is a text, so
/// that no digit is lost; dates and times are texts in ISO 8601; `varbinary` is base64; NULL is `null`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SqlRequest {
    /// What runs.
    pub sql: SqlSpec,
    /// The server to use (a name of the integration's `servers`). Default: the one of the chosen authentication, or the first.
    #[serde(default)]
    pub server: Option<String>,
}

/// What runs: one of `statement`, `statementFrom`, `procedure` and `procedureFrom`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SqlSpec {
    /// A statement or batch that never varies. Each `@name` in it is a parameter of the action, or declared by the batch; a parameter without a
    /// value is NULL.
    #[serde(default)]
    #[schemars(example = &"SELECT name FROM sys.databases WHERE state_desc = @state")]
    pub statement: Option<String>,
    /// The parameter that is the whole statement, for actions that run what the caller wrote.
    #[serde(default)]
    pub statement_from: Option<String>,
    /// A stored procedure that never varies. Parameters that have a value are its arguments, by name.
    #[serde(default)]
    #[schemars(example = &"sys.sp_who")]
    pub procedure: Option<String>,
    /// The parameter that names the stored procedure, with or without its schema. The name travels in a field of its own, not in SQL.
    #[serde(default)]
    pub procedure_from: Option<String>,
    /// The parameter whose properties are bound as further parameters: an object, name to value. A text is `nvarchar`, a whole number `bigint`, a
    /// number `float`, a boolean `bit`; `{"type": "decimal(18,2)", "value": "12.50"}` states another type.
    #[serde(default)]
    pub arguments_from: Option<String>,
}
