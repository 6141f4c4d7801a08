//! SQL.

use actionspec_model::Checker;
use serde_json::Value;

use crate::descriptor::{Parameter, Sql};
use crate::sql;

/// Names are no values: they cannot be bound, so they must be names and nothing else.
pub(super) fn check(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value, sql: &Sql) {
    match value {
        Value::String(name) if sql.procedure_from.as_ref() == Some(&parameter.key) => {
            if !sql::is_procedure(name) {
                checker.report(
                    "procedure",
                    "must name a stored procedure, with or without database and schema",
                );
            }
        }
        Value::Object(arguments) if sql.arguments_from.as_ref() == Some(&parameter.key) => {
            for (name, argument) in arguments {
                if let Err(problem) = sql::argument(name, argument) {
                    checker.report(
                        "argument",
                        format!("must be arguments of SQL: `{}` {problem}", name.escape_debug()),
                    );
                }
            }
        }
        _ if sql.statement_from.as_ref() == Some(&parameter.key) => {}
        value => {
            let sql_type = parameter.sql_type.as_deref().unwrap_or_default();
            if let Err(problem) = sql::bind(sql_type, value) {
                checker.report("sql_type", problem);
            }
        }
    }
}
