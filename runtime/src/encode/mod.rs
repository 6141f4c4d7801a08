//! Arguments into requests. Every text is encoded for the place where it stands, so that no value can leave its place.

mod body;
mod checksum;
mod http;
mod line;
mod multipart;
mod prepared;
mod sql;
pub(crate) mod style;
mod target;

use std::collections::BTreeMap;
use std::time::Duration;

use ::http::{HeaderMap, Method};

use crate::auth::{self, Carrier};
use crate::descriptor::{Location, Output, Parameter, Request, Step};
use crate::error::{Error, ErrorKind};
use crate::transport::Source;
use crate::untyped::Untyped;
use target::Target;

pub(crate) use line::is_host;
pub use prepared::PreparedRequest;
pub(crate) use target::without_query;

/// What earlier steps captured, by name.
pub(crate) type Captures = BTreeMap<&'static str, String>;

/// Builds the request of one step. The arguments are valid.
pub(crate) fn request(
    call: &Untyped,
    index: usize,
    captures: &Captures,
) -> Result<PreparedRequest, Error> {
    let failed = |problem: Problem| Error::new(problem.kind, call.action, problem.message);
    let step = call
        .action
        .steps
        .get(index)
        .ok_or_else(|| failed(Problem::build("the action has no request")))?;
    let place = Place { call, step, index, captures };
    place.build().map_err(failed)
}

/// Why a request cannot be built.
struct Problem {
    kind: ErrorKind,
    message: String,
}

impl Problem {
    fn build(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Build, message: message.into() }
    }

    /// An earlier answer lacks what it should hold, or holds what cannot be used.
    fn decode(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Decode, message: message.into() }
    }
}

impl From<auth::Problem> for Problem {
    fn from(problem: auth::Problem) -> Self {
        Self { kind: problem.kind, message: problem.message }
    }
}

/// One step of a call, with all that its request is made of.
struct Place<'a> {
    call: &'a Untyped,
    step: &'static Step,
    index: usize,
    captures: &'a Captures,
}

impl Place<'_> {
    fn build(&self) -> Result<PreparedRequest, Problem> {
        match &self.step.request {
            Request::Http(http) => self.http(http),
            Request::Line(line) => self.line(line),
            Request::Sql(sql) => self.sql(sql),
        }
    }

    /// A request that is not HTTP.
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

    fn timeout(&self) -> Duration {
        self.call.client.timeout().unwrap_or_else(|| self.call.action.timeout())
    }

    /// The output that the answer gives; `None` of a step before the last.
    fn output(&self) -> Option<&'static Output> {
        let is_last = self.index + 1 == self.call.action.steps.len();
        is_last.then_some(&self.call.action.output)
    }

    /// The parameters that travel in this request, in a place.
    fn parameters(&self, location: Location) -> impl Iterator<Item = &'static Parameter> + use<> {
        let index = self.index;
        self.call
            .action
            .parameters
            .iter()
            .filter(move |parameter| parameter.location == location && parameter.step == index)
    }

    /// The text of a placeholder; `None` if its parameter is not given.
    fn placeholder(&self, name: &str) -> Result<Option<String>, Problem> {
        if let Some(text) = self.captures.get(name) {
            return Ok(Some(text.clone()));
        }
        let parameters = &self.call.action.parameters;
        let found = parameters.iter().find(|parameter| parameter.key == name);
        let Some(parameter) =
            found.or_else(|| parameters.iter().find(|parameter| parameter.wire_name == name))
        else {
            return Err(Problem::build(format!("nothing is called `{name}`")));
        };
        Ok(self
            .call
            .arguments
            .value(parameter)
            .map(|value| style::joined(value, parameter.style, style::plain).into_owned()))
    }

    fn add_credentials(&self, headers: &mut HeaderMap, target: &mut Target) -> Result<(), Problem> {
        let Some(authenticator) = self.call.client.authenticator() else { return Ok(()) };
        authenticator.write(&mut Carrier { headers, query: target }).map_err(Problem::from)
    }
}
