//! Requests in SQL over TDS.

use serde::{Deserialize, Serialize};

/// The statement or procedure to run: one of `statement`, `statementFrom`, `procedure` and `procedureFrom`.
#[derive(Clone, Debug, PartialEq, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Sql {
    /// A statement or batch that never varies. Each `@name` in it is a parameter of the action, or declared by the batch; a parameter without a
    /// value is NULL.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    #[cfg_attr(feature = "schema", schemars(example = &"SELECT name FROM sys.databases WHERE state_desc = @state"))]
    pub statement: Option<String>,
    /// The parameter that is the whole statement, for actions that run the caller's SQL.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub statement_from: Option<String>,
    /// A constant stored procedure. Parameters with a value are its arguments, by name.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    #[cfg_attr(feature = "schema", schemars(example = &"sys.sp_who"))]
    pub procedure: Option<String>,
    /// The parameter that names the stored procedure, with or without its schema. The name is sent in a separate field, not as SQL.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub procedure_from: Option<String>,
    /// The parameter whose properties are bound as further parameters: an object, name to value. A text is `nvarchar`, a whole number `bigint`, a
    /// number `float`, a boolean `bit`; `{"type": "decimal(18,2)", "value": "12.50"}` states another type.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub arguments_from: Option<String>,
}

impl Sql {
    /// What runs, in a line: `statement`, `procedure sys.sp_who`, `{query}`.
    #[must_use]
    pub fn summary(&self) -> String {
        match (&self.statement, &self.procedure, &self.statement_from, &self.procedure_from) {
            (Some(_), ..) => "statement".to_owned(),
            (None, Some(name), ..) => format!("procedure {name}"),
            (None, None, Some(key), _) => format!("{{{key}}}"),
            (None, None, None, key) => {
                format!("procedure {{{}}}", key.as_deref().unwrap_or_default())
            }
        }
    }

    /// The parameter that gives the statement or the name of the procedure, if one does.
    #[must_use]
    pub fn named_by(&self) -> Option<&str> {
        self.statement_from.as_deref().or(self.procedure_from.as_deref())
    }

    /// Whether a stored procedure runs, whose parameters have defaults of their own.
    #[must_use]
    pub fn is_procedure(&self) -> bool {
        self.procedure.is_some() || self.procedure_from.is_some()
    }
}
