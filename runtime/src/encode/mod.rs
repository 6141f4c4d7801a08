//! Arguments into requests. Every text is encoded for the place where it stands, so that no value can leave its place.

mod body;
mod checksum;
mod multipart;
pub(crate) mod style;
mod target;
mod wire;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use url::Url;

use crate::auth::{self, Carrier};
use crate::descriptor::{
    HttpRequest, Location, Output, OutputKind, Parameter, Request, Retry, Step, Style,
};
use crate::error::{Error, ErrorKind};
use crate::percent;
use crate::template;
use crate::transport::{Body, Source};
use crate::untyped::Untyped;
use target::Target;

pub(crate) use target::without_query;
pub(crate) use wire::{Hops, is_host};

/// What earlier steps captured, by name.
pub(crate) type Captures = BTreeMap<&'static str, String>;

const AGENT: &str = concat!("actionspec/", env!("CARGO_PKG_VERSION"));

/// A request as it would be sent. `Debug` shows neither credentials nor secret parameters; the methods do.
#[derive(Clone)]
pub struct PreparedRequest {
    method: Method,
    url: String,
    /// The address without secrets, where that is another.
    shown: Option<String>,
    headers: HeaderMap,
    body: Source,
    timeout: Duration,
    /// The server that it goes to, by name.
    server: &'static str,
    /// It goes to another host than the integration's, so nothing may prove who the client is.
    bare: bool,
    /// Where the answer to a line may lead.
    hops: Option<Hops>,
    /// The output that its answer gives; `None` of a step before the last.
    output: Option<&'static Output>,
}

impl PreparedRequest {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The address, with keys that travel in the query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address without secrets.
    #[must_use]
    pub fn redacted_url(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.url)
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; of files that stream, what stands around them.
    #[must_use]
    pub fn body(&self) -> Bytes {
        self.body.bytes()
    }

    /// How long it may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The server that it goes to, by name.
    pub(crate) fn server(&self) -> &'static str {
        self.server
    }

    /// Whether it goes to a stranger, who must not learn who the client is.
    pub(crate) fn is_bare(&self) -> bool {
        self.bare
    }

    /// Where its answer may lead.
    pub(crate) fn hops(&self) -> Option<&Hops> {
        self.hops.as_ref()
    }

    /// Whether an answer of this status is a success, as the action declares it.
    pub(crate) fn succeeds(&self, status: StatusCode) -> bool {
        status.is_success() || self.output.is_some_and(|output| output.succeeds(status.as_u16()))
    }

    /// Whether it can be sent a second time.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.is_repeatable()
    }

    /// The request to be sent; `None` of the body if it was sent and cannot be sent again.
    pub(crate) fn to_sendable(&self) -> Result<http::Request<Option<Body>>, http::Error> {
        Ok(self.to_http()?.map(|_| self.body.body()))
    }

    /// The same for another address. On another host it carries nothing but what it asks for: no key, no cookie, no header of the user's.
    pub(crate) fn moved_to(mut self, url: &Url, same_host: bool) -> Self {
        self.shown = Some(target::without_query(url.as_str()).to_owned());
        url.as_str().clone_into(&mut self.url);
        if !same_host {
            self.bare = true;
            let headers = std::mem::take(&mut self.headers);
            for name in [ACCEPT, USER_AGENT] {
                if let Some(value) = headers.get(&name) {
                    self.headers.insert(name, value.clone());
                }
            }
        }
        self
    }

    /// The request for any HTTP client, without files that stream. Fails if the address is longer than HTTP libraries allow.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, http::Error> {
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(&self.url)
            .body(self.body.bytes())?;
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }
}

impl fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedRequest")
            .field("method", &self.method)
            .field("url", &self.redacted_url())
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.bytes().len())
            .finish_non_exhaustive()
    }
}

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

    fn http(&self, http: &'static HttpRequest) -> Result<PreparedRequest, Problem> {
        let method = Method::from_bytes(http.method.as_str().as_bytes())
            .map_err(|_| Problem::build("the method is not valid"))?;
        let mut target = self.target(http)?;
        let content = body::write(self, http)?;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT, HeaderValue::from_static(self.accept()));
        if let Some(content_type) = &content.media_type {
            headers.insert(CONTENT_TYPE, header_value(content_type, false)?);
        }
        self.add_headers(http, &mut headers)?;
        if let Some(declared) = &http.checksum {
            let value =
                checksum::header(declared, &content.source.bytes()).map_err(Problem::build)?;
            headers.insert(header_name(&declared.header)?, header_value(&value, false)?);
        }
        if let (Retry::IdempotencyKey(name), Some(key)) =
            (&self.call.action.retry, &self.call.idempotency_key)
        {
            headers.insert(header_name(name)?, header_value(key, false)?);
        }
        self.add_cookies(&mut headers)?;
        self.add_credentials(&mut headers, &mut target)?;
        let (url, shown) = target.into_parts();
        Ok(PreparedRequest {
            method,
            url,
            shown,
            headers,
            body: content.source,
            timeout: self.timeout(),
            server: self.call.client.server_name(self.step.server.as_deref()),
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

    /// What the result may be; of an answer before the last one, JSON is read.
    fn accept(&self) -> &'static str {
        self.output().map_or(OutputKind::Json.accept(), Output::accept)
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

    fn add_headers(&self, http: &HttpRequest, headers: &mut HeaderMap) -> Result<(), Problem> {
        for (name, text) in &self.call.action.integration.headers {
            let text = HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()));
            headers.insert(header_name(name)?, text.map_err(|_| invalid_header_value())?);
        }
        for (name, value) in self.call.client.headers() {
            headers.insert(name.clone(), value.clone());
        }
        for (name, text) in &http.headers {
            if let Some(text) = template::fill(text, |name| self.placeholder(name))? {
                headers.insert(header_name(name)?, header_value(&text, false)?);
            }
        }
        for parameter in self.parameters(Location::Header) {
            if let Some(value) =
                self.call.arguments.value(parameter).filter(|value| !value.is_null())
            {
                if let (Style::Prefix, Some(fields)) = (parameter.style, value.as_object()) {
                    for (key, field) in fields {
                        let name = header_name(&format!("{}{key}", parameter.wire_name))?;
                        headers.insert(
                            name,
                            header_value(&style::text(field), parameter.schema.secret)?,
                        );
                    }
                    continue;
                }
                let text = style::joined(value, parameter.style, style::plain);
                headers.insert(
                    header_name(&parameter.wire_name)?,
                    header_value(&text, parameter.schema.secret)?,
                );
            }
        }
        Ok(())
    }

    fn add_cookies(&self, headers: &mut HeaderMap) -> Result<(), Problem> {
        let mut cookies = Vec::new();
        for parameter in self.parameters(Location::Cookie) {
            if let Some(value) =
                self.call.arguments.value(parameter).filter(|value| !value.is_null())
            {
                cookies.push(format!(
                    "{}={}",
                    parameter.wire_name,
                    style::joined(value, parameter.style, percent::cookie)
                ));
            }
        }
        if cookies.is_empty() { Ok(()) } else { add_cookie(headers, &cookies.join("; ")) }
    }

    fn add_credentials(&self, headers: &mut HeaderMap, target: &mut Target) -> Result<(), Problem> {
        let Some(authenticator) = self.call.client.authenticator() else { return Ok(()) };
        authenticator.write(&mut Carrier { headers, query: target }).map_err(Problem::from)
    }
}

/// Joins cookies in the one header that carries them all.
fn add_cookie(headers: &mut HeaderMap, cookie: &str) -> Result<(), Problem> {
    let present =
        headers.get(COOKIE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let text = present.map_or_else(|| cookie.to_owned(), |present| format!("{present}; {cookie}"));
    headers.insert(COOKIE, header_value(&text, true)?);
    Ok(())
}

fn header_name(name: &str) -> Result<HeaderName, Problem> {
    auth::header_name(name).map_err(Problem::from)
}

fn header_value(text: &str, secret: bool) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| invalid_header_value())?;
    value.set_sensitive(secret);
    Ok(value)
}

fn invalid_header_value() -> Problem {
    Problem::build("a header would hold control characters")
}
