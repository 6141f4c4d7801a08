//! SQL over TDS: a call is matched to an action's, what it binds is held against the spec, and the answer is the example as a result set.

use std::io;
use std::sync::Arc;

use actionspec_codegen::catalog::infer::Types;
use actionspec_codegen::catalog::{Action, Example, Integration, Parameter, Request, Type};
use actionspec_codegen::spec::Sql;
use actionspec_model::validate::{self, Mode};
use actionspec_tds_double::{Cell, Column, Handler, Kind, Login, Rpc, ServerError, Token};
use serde_json::{Map, Value};
use tokio::net::TcpListener;

/// A login with this password is refused, so that a client's error handling can be tried.
const WRONG: &str = "wrong";
/// The number of an error that a statement raises itself.
const RAISED: u32 = 50_000;

/// Serves an integration until accepting fails.
pub(crate) async fn serve(listener: TcpListener, integration: Arc<Integration>) -> io::Result<()> {
    loop {
        let (mut stream, _) = listener.accept().await?;
        let server = Server(Arc::clone(&integration));
        tokio::spawn(async move { actionspec_tds_double::serve(&mut stream, &server).await });
    }
}

struct Server(Arc<Integration>);

impl Handler for Server {
    fn login(&self, login: &Login) -> Result<(), ServerError> {
        let refused = login.user.is_empty() || login.password.is_empty() || login.password == WRONG;
        if refused && !self.0.authentication.is_empty() {
            Err(ServerError::login_failed(&login.user))
        } else {
            Ok(())
        }
    }

    fn call(&self, rpc: &Rpc) -> Vec<Token> {
        let mut complaints = Vec::new();
        for (action, step, sql) in candidates(&self.0, rpc) {
            let problems = Check { integration: &self.0, action, step, sql }.problems(rpc);
            if problems.is_empty() {
                return example(action);
            }
            complaints
                .extend(problems.into_iter().map(|problem| format!("{}: {problem}", action.id)));
        }
        if complaints.is_empty() {
            complaints.push("no action runs this".to_owned());
        }
        vec![Token::Error(ServerError {
            number: RAISED,
            class: 16,
            message: complaints.join("; "),
            line: 1,
        })]
    }
}

type Candidate<'a> = (&'a Action, usize, &'a Sql);

/// Actions that run such a thing: those that always do first, then those whose example it is, then those that run anything.
fn candidates<'a>(integration: &'a Integration, rpc: &Rpc) -> Vec<Candidate<'a>> {
    let statement = rpc.statement().map(|(text, _)| text);
    let said = statement.unwrap_or(&rpc.procedure);
    let mut found: Vec<(u8, Candidate)> = Vec::new();
    for action in &integration.actions {
        for (index, step) in action.steps.iter().enumerate() {
            let Request::Sql(sql) = &step.request else { continue };
            let (fixed, from) = if statement.is_some() {
                (&sql.statement, &sql.statement_from)
            } else {
                (&sql.procedure, &sql.procedure_from)
            };
            let is_example = |key: &String| {
                let parameter = action.parameters.iter().find(|parameter| parameter.key == *key);
                parameter.and_then(|parameter| parameter.schema.example.as_ref()?.as_str())
                    == Some(said)
            };
            let rank = match (fixed, from) {
                (Some(text), _) if text == said => 0,
                (_, Some(key)) if is_example(key) => 1,
                (_, Some(_)) => 2,
                _ => continue,
            };
            found.push((rank, (action, index, sql)));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

struct Check<'a> {
    integration: &'a Integration,
    action: &'a Action,
    step: usize,
    sql: &'a Sql,
}

impl Check<'_> {
    /// Parameters that are bound one by one.
    fn bound(&self) -> impl Iterator<Item = &Parameter> {
        let named = [&self.sql.statement_from, &self.sql.procedure_from, &self.sql.arguments_from];
        self.action.parameters.iter().filter(move |parameter| {
            parameter.step == self.step
                && !named.iter().any(|name| name.as_ref() == Some(&parameter.key))
        })
    }

    fn problems(&self, rpc: &Rpc) -> Vec<String> {
        let mut problems = Vec::new();
        let free = self.sql.arguments_from.is_some();
        if let (Some((_, declared)), false) = (rpc.statement(), free) {
            let expected: Vec<String> = self
                .bound()
                .map(|one| {
                    format!("@{} {}", one.wire_name, one.sql_type.as_deref().unwrap_or_default())
                })
                .collect();
            if declared != expected.join(", ") {
                problems.push(format!(
                    "the parameters are declared as `{declared}`, not as `{}`",
                    expected.join(", ")
                ));
            }
        }
        for parameter in self.bound() {
            let value =
                rpc.value(&parameter.wire_name).map(|value| typed(value, &parameter.schema.ty));
            problems.extend(self.misfits(parameter, value.filter(|value| !value.is_null())));
        }
        let names =
            rpc.parameters.iter().filter_map(|one| Some((one.name.strip_prefix('@')?, &one.value)));
        let others: Map<String, Value> = names
            .filter(|(name, _)| !self.bound().any(|own| own.wire_name == **name))
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
        match self
            .action
            .parameters
            .iter()
            .find(|parameter| Some(&parameter.key) == self.sql.arguments_from.as_ref())
        {
            Some(parameter) => {
                let given = (!others.is_empty()).then_some(Value::Object(others));
                problems.extend(self.misfits(parameter, given));
            }
            None => {
                problems.extend(others.keys().map(|name| format!("unknown parameter `@{name}`")));
            }
        }
        problems
    }

    fn misfits(&self, parameter: &Parameter, value: Option<Value>) -> Vec<String> {
        let types: Types =
            self.integration.types.iter().map(|def| (def.name.as_str(), def)).collect();
        match value {
            None if parameter.schema.required => {
                vec![format!("the required parameter `{}` is missing", parameter.key)]
            }
            None => Vec::new(),
            Some(value) => validate::check(&value, &parameter.schema, &types, Mode::Strict)
                .into_iter()
                .map(|misfit| {
                    format!(
                        "the parameter `{}{}` does not fit: {}",
                        parameter.key,
                        misfit.pointer(),
                        misfit.message
                    )
                })
                .collect(),
        }
    }
}

/// A decimal number travels as digits.
fn typed(value: &Value, ty: &Type) -> Value {
    match (ty, value) {
        (Type::Number | Type::Integer, Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| value.clone())
        }
        _ => value.clone(),
    }
}

/// The example as the server's answer.
fn example(action: &Action) -> Vec<Token> {
    let Example::Given { value, .. } = &action.output.example else { return Vec::new() };
    let empty = Vec::new();
    let rows = value["rows"].as_array().unwrap_or(&empty);
    let mut tokens = if rows.is_empty() { Vec::new() } else { result_set(rows) };
    for more in value["moreRows"].as_array().unwrap_or(&empty) {
        tokens.extend(result_set(more.as_array().unwrap_or(&empty)));
    }
    tokens.extend(value["rowsAffected"].as_u64().filter(|count| *count > 0).map(Token::Count));
    let status = value["returnValue"].as_i64().and_then(|status| i32::try_from(status).ok());
    tokens.extend(status.map(Token::Return));
    tokens
}

fn result_set(rows: &[Value]) -> Vec<Token> {
    let mut names: Vec<&String> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let columns: Vec<Column> =
        names.iter().map(|name| Column { name: (*name).clone(), kind: kind(rows, name) }).collect();
    let cells =
        |row: &Value| columns.iter().map(|column| cell(&row[&column.name], column.kind)).collect();
    let mut tokens: Vec<Token> = rows.iter().map(|row| Token::Row(cells(row))).collect();
    tokens.push(Token::Count(rows.len() as u64));
    tokens.insert(0, Token::Columns(columns));
    tokens
}

fn kind(rows: &[Value], name: &str) -> Kind {
    let mut values = rows.iter().map(|row| &row[name]).filter(|value| !value.is_null()).peekable();
    match values.peek() {
        Some(Value::Bool(_)) => Kind::Bit,
        Some(Value::Number(_)) => {
            if values.all(Value::is_i64) {
                Kind::BigInt
            } else {
                Kind::Float
            }
        }
        _ => Kind::Text,
    }
}

fn cell(value: &Value, kind: Kind) -> Cell {
    match (value, kind) {
        (Value::Null, _) => Cell::Null,
        (Value::Bool(flag), _) => Cell::Bit(*flag),
        (Value::Number(number), Kind::Float) => Cell::Float(number.as_f64().unwrap_or_default()),
        (Value::Number(number), _) => Cell::Whole(number.as_i64().unwrap_or_default()),
        (Value::String(text), _) => Cell::Text(text.clone()),
        (other, _) => Cell::Text(other.to_string()),
    }
}
