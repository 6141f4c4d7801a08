//! Requests that are not HTTP: a line over TCP, and SQL with its bound parameters. They travel to the transport in the vocabulary of all
//! requests: a method, an address, credentials in a header, and a body.

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Map, Value, json};
use url::Host;

use super::{PreparedRequest, Problem, Target, style};
use crate::descriptor::{Line, Location, Parameter, Referral, Sql};
use crate::error::ErrorKind;
use crate::sql;
use crate::template;
use crate::transport::Source;

/// Where the answer to a line may lead, and what is sent there.
#[derive(Clone)]
pub(crate) struct Hops {
    pub(crate) rule: &'static Referral,
    usual: Bytes,
    others: Vec<(&'static str, Bytes)>,
}

impl Hops {
    /// What a host is sent.
    fn line(&self, host: &str) -> Bytes {
        let other = self.others.iter().find(|(other, _)| other.eq_ignore_ascii_case(host));
        other.map_or(&self.usual, |(_, line)| line).clone()
    }
}

impl PreparedRequest {
    /// The same question for another server.
    pub(crate) fn referred_to(mut self, host: &str, port: u16) -> Self {
        self.bare = true;
        let mut body = Source::default();
        body.add(self.hops.as_ref().map(|hops| hops.line(host)).unwrap_or_default());
        self.body = body;
        self.url = format!("tcp://{host}:{port}");
        self.shown = None;
        self
    }
}

impl super::Place<'_> {
    pub(super) fn line(&self, line: &'static Line) -> Result<PreparedRequest, Problem> {
        let usual = self.filled(line, &line.send)?;
        let hops = match &line.referral {
            None => None,
            Some(rule) => {
                let others = rule
                    .send
                    .iter()
                    .map(|(host, text)| Ok((host.as_str(), self.filled(line, text)?)));
                Some(Hops {
                    rule,
                    usual: usual.clone(),
                    others: others.collect::<Result<_, Problem>>()?,
                })
            }
        };
        let mut body = Source::default();
        body.add(usual);
        self.prepared("TCP", HeaderMap::new(), body)
            .map(|request| PreparedRequest { hops, ..request })
    }

    /// A line with its values and its end. No value can hold another line.
    fn filled(&self, line: &Line, text: &str) -> Result<Bytes, Problem> {
        let filled = template::fill(text, |name| {
            let Some(value) = self.placeholder(name)? else { return Ok(None) };
            if !line.host_names.iter().any(|known| known == name) {
                return Ok(Some(value));
            }
            match Host::parse(&value) {
                Ok(Host::Domain(ascii)) => Ok(Some(ascii)),
                Ok(_) => Ok(Some(value)),
                Err(_) => Err(Problem::build(format!("`{name}` is not a host name"))),
            }
        })?;
        let Some(filled) = filled else {
            return Err(Problem::build("the line names a parameter that has no value"));
        };
        if filled.chars().any(char::is_control) {
            return Err(Problem::decode("what an earlier request gave cannot be sent in a line"));
        }
        Ok(Bytes::from(filled + "\r\n"))
    }

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

    fn prepared(
        &self,
        method: &'static str,
        headers: HeaderMap,
        body: Source,
    ) -> Result<PreparedRequest, Problem> {
        let server = self.step.server.as_deref();
        let address = self.call.client.address(server).map_err(Problem::build)?.to_owned();
        Ok(PreparedRequest {
            method: Method::from_bytes(method.as_bytes())
                .map_err(|_| Problem::build("the method is not valid"))?,
            shown: None,
            url: address,
            headers,
            body,
            timeout: self.timeout(),
            server: self.call.client.server_name(server),
            bare: false,
            hops: None,
            output: self.output(),
        })
    }
}

/// Whether a value can be written as a host name.
pub(crate) fn is_host(value: &Value) -> bool {
    Host::parse(&style::text(value)).is_ok()
}
