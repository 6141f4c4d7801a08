//! Requests that are not HTTP.

/// A line over TCP (as in RFC 3912).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its end; `{name}` stands for a parameter or a capture.
    pub send: &'static str,
    /// Parameters that are written as host names in ASCII.
    pub host_names: &'static [&'static str],
    /// How an answer names the server to ask next.
    pub referral: Option<Referral>,
}

/// How an answer names the server to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The names of the fields, whatever their case; the first one with a host counts.
    pub fields: &'static [&'static str],
    /// How many are followed.
    pub most: u32,
    /// What servers are sent that want another line: host and line.
    pub send: &'static [(&'static str, &'static str)],
}

/// A request in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sql {
    /// What runs.
    pub run: Run,
    /// The key of the parameter whose properties are bound too.
    pub arguments: Option<&'static str>,
}

/// What runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// This statement or batch.
    Statement(&'static str),
    /// The statement that the parameter of this key holds.
    StatementFrom(&'static str),
    /// This stored procedure.
    Procedure(&'static str),
    /// The stored procedure that the parameter of this key names.
    ProcedureFrom(&'static str),
}
