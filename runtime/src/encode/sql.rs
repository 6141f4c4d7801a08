//! SQL with its bound parameters. It travels to the transport in the vocabulary of all requests: a method, an address, credentials in a header,
//! and a body of the statement and its parameters in JSON.

use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::{PreparedRequest, Problem, Target};
use crate::descriptor::{Location, Parameter, Sql};
use crate::error::ErrorKind;
use crate::sql;
use crate::transport::Source;

impl super::Place<'_> {
    pub(super) fn sql(&self, sql: &'static Sql) -> Result<PreparedRequest, Problem> {
        let mut content = Map::new();
        let key = if sql.is_procedure() { "procedure" } else { "statement" };
        let text = match (sql.named_by(), sql.procedure.as_ref().or(sql.statement.as_ref())) {
            (Some(key), _) => self.text_of(key)?,
            (None, Some(text)) => text.clone(),
            (None, None) => return Err(Problem::build("there is nothing to run")),
        };
        content.insert(key.to_owned(), Value::from(text));
        content.insert("parameters".to_owned(), Value::Array(self.bound(sql)?));
        let mut headers = HeaderMap::new();
        self.add_credentials(&mut headers, &mut Target::of(""))?;
        let mut body = Source::default();
        body.add(Value::Object(content).to_string());
        self.prepared("SQL", headers, body)
    }

    fn text_of(&self, key: &str) -> Result<String, Problem> {
        self.placeholder(key)?.ok_or_else(|| Problem::build(format!("`{key}` has no value")))
    }

    /// Every parameter that is bound. A statement knows all of its names, so that those without a value are NULL; a procedure has defaults.
    fn bound(&self, sql: &Sql) -> Result<Vec<Value>, Problem> {
        let names = |parameter: &Parameter| sql.named_by() == Some(parameter.key.as_str());
        let mut bound = Vec::new();
        for parameter in self.parameters(Location::Body).filter(|parameter| !names(parameter)) {
            let value = self.call.arguments.value(parameter);
            if sql.arguments_from.as_ref() == Some(&parameter.key) {
                let Some(Value::Object(arguments)) = value else { continue };
                for (name, argument) in arguments {
                    let wrong = |problem| Problem {
                        kind: ErrorKind::Validation,
                        message: format!("`{name}` {problem}"),
                    };
                    let (ty, value) = sql::argument(name, argument).map_err(wrong)?;
                    bound.push(json!({"name": name, "type": ty, "value": value}));
                }
                continue;
            }
            if value.is_some() || !sql.is_procedure() {
                bound.push(json!({"name": parameter.wire_name, "type": parameter.sql_type, "value": value}));
            }
        }
        Ok(bound)
    }
}
