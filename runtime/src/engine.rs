//! Sends the requests of a call, in order, and judges the answers.

use std::error::Error as _;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Method, Response as HttpResponse};
use serde_json::Value;
use url::Url;

use crate::call::Untyped;
use crate::descriptor::{Body, Effect, Literal, OutputKind, Poll, Retry, Step};
use crate::encode::{self, Captures, PreparedRequest};
use crate::error::{Error, ErrorKind};
use crate::response::{Raw, request_id};
use crate::transport::TransportError;

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

pub(crate) async fn run(call: Untyped) -> Result<Raw, Error> {
    call.check()?;
    let mut captures = Captures::default();
    let mut last = None;
    for (index, step) in call.action.steps.iter().enumerate() {
        let raw = match &step.poll {
            Some(poll) => repeat(&call, index, step, poll, &captures).await?,
            None => once(&call, index, step, &captures).await?,
        };
        capture(&call, step, &raw, &mut captures)?;
        last = Some(raw);
    }
    last.ok_or_else(|| Error::new(ErrorKind::Build, call.action, "the action has no request"))
}

async fn once(call: &Untyped, index: usize, step: &Step, captures: &Captures) -> Result<Raw, Error> {
    let request = encode::request(call, index, captures)?;
    let response = exchange(call, request).await?;
    judge(call, index, step, response)
}

async fn repeat(call: &Untyped, index: usize, step: &Step, poll: &Poll, captures: &Captures) -> Result<Raw, Error> {
    let limit = Duration::from_millis(poll.timeout_ms);
    let pause = Duration::from_millis(poll.every_ms);
    let start = Instant::now();
    loop {
        let raw = once(call, index, step, captures).await?;
        let is = |states: &[Literal]| states.iter().any(|state| state.matches_at(&raw.json, poll.state));
        if is(poll.done) {
            return Ok(raw);
        }
        let state = raw.json.pointer(poll.state).map_or_else(|| "nothing".to_owned(), Value::to_string);
        if is(poll.failed) {
            let message = message_of(call, &raw.json).map_or_else(String::new, |message| format!(": {message}"));
            return Err(poll_error(call, raw, format!("the work ended with the state {state}{message}")));
        }
        if start.elapsed() + pause > limit {
            return Err(poll_error(call, raw, format!("the work was not done after {limit:?}; its state is {state}")));
        }
        tokio::time::sleep(pause).await;
    }
}

fn poll_error(call: &Untyped, raw: Raw, message: String) -> Error {
    Error::new(ErrorKind::Poll, call.action, call.scrub(message)).with(|details| {
        details.status = Some(raw.status);
        details.code = code_of(call, &raw.json);
        details.request_id = raw.request_id().map(str::to_owned);
        details.body = raw.body;
    })
}

/// One request and its answer. Redirects are followed for what only reads, and only on the same host: credentials go nowhere else.
async fn exchange(call: &Untyped, mut request: PreparedRequest) -> Result<HttpResponse<Bytes>, Error> {
    for redirects in 0.. {
        let http = request
            .to_http()
            .map_err(|error| Error::new(ErrorKind::Build, call.action, format!("the request cannot be built: {error}")))?;
        let response = call.client.transport().send(http, request.timeout()).await.map_err(|error| lost(call, &request, error))?;
        match next_address(&request, &response) {
            Some(url) if redirects < MAX_REDIRECTS => request = request.moved_to(url.into()),
            _ => return Ok(response),
        }
    }
    Err(Error::new(ErrorKind::Build, call.action, "no request was sent"))
}

/// There is no answer. The whole chain of causes is in the message, because causes of other crates may hold addresses with keys.
fn lost(call: &Untyped, request: &PreparedRequest, error: TransportError) -> Error {
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
    let mut message = format!("{} {}: {error}", request.method(), request.redacted_url());
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.extend([": ", &inner.to_string()]);
        cause = inner.source();
    }
    Error::new(kind, call.action, call.scrub(message)).with(|details| {
        details.retryable = may_repeat(call);
        details.source = Some(Box::new(error));
    })
}

fn next_address(request: &PreparedRequest, response: &HttpResponse<Bytes>) -> Option<Url> {
    let reads = *request.method() == Method::GET || *request.method() == Method::HEAD;
    if !reads || !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let from = Url::parse(request.url()).ok()?;
    let to = from.join(response.headers().get(LOCATION)?.to_str().ok()?).ok()?;
    let plain = to.username().is_empty() && to.password().is_none();
    (to.origin() == from.origin() && plain).then_some(to)
}

/// Whether a request may be sent again when its answer was lost.
fn may_repeat(call: &Untyped) -> bool {
    call.action.effect == Effect::Read || call.action.retry == Retry::Safe
}

/// The answer, if status and body say success and the body is what the spec says.
fn judge(call: &Untyped, index: usize, step: &Step, response: HttpResponse<Bytes>) -> Result<Raw, Error> {
    let (head, body) = response.into_parts();
    let is_last = index + 1 == call.action.steps.len();
    let needs_json = if is_last { call.action.output.kind == OutputKind::Json } else { !step.capture.is_empty() };
    let needs_json = needs_json || step.poll.is_some();
    let parsed =
        if needs_json || !head.status.is_success() || is_json(&head.headers) { serde_json::from_slice(&body) } else { Ok(Value::Null) };
    let malformed = parsed.is_err() && !body.iter().all(u8::is_ascii_whitespace);
    let raw = Raw { action: call.action, status: head.status, headers: head.headers, body, json: parsed.unwrap_or(Value::Null) };
    let envelope = &call.action.integration.errors;
    if !raw.status.is_success() {
        return Err(refused(call, ErrorKind::Status, raw));
    }
    if needs_json && malformed {
        let error = Error::new(ErrorKind::Decode, call.action, "the answer is not JSON");
        return Err(error.with(|details| {
            details.status = Some(raw.status);
            details.request_id = raw.request_id().map(str::to_owned);
            details.body = raw.body;
        }));
    }
    let says_failure = envelope.success.is_some_and(|(pointer, value)| !raw.json.is_null() && !value.matches_at(&raw.json, pointer));
    let graphql_errors = matches!(step.body, Body::Graphql(_)) && raw.json.pointer("/errors/0").is_some();
    if says_failure || graphql_errors {
        return Err(refused(call, ErrorKind::Vendor, raw));
    }
    Ok(raw)
}

fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.to_ascii_lowercase().ends_with("+json")
}

/// What the vendor says went wrong.
fn refused(call: &Untyped, kind: ErrorKind, raw: Raw) -> Error {
    let message = message_of(call, &raw.json).unwrap_or_default();
    let request_id = request_id(call.action, &raw.headers).map(|id| call.scrub(id.to_owned()));
    let moved = raw.status.is_redirection().then_some("the vendor redirects to an address that is not followed");
    let passes = call.action.integration.retry.statuses.contains(&raw.status.as_u16());
    let error = Error::new(kind, call.action, message).with(|details| {
        details.status = Some(raw.status);
        details.code = code_of(call, &raw.json);
        details.request_id = request_id;
        // "Too many requests" is said before anything is done.
        details.retryable = kind == ErrorKind::Status && passes && (may_repeat(call) || raw.status.as_u16() == 429);
        details.body = raw.body;
    });
    if !error.message().is_empty() {
        return error;
    }
    let fallback = moved.or_else(|| error.meaning()).unwrap_or("the vendor gives no reason").to_owned();
    error.with(|details| details.message = fallback)
}

fn message_of(call: &Untyped, json: &Value) -> Option<String> {
    let pointers = call.action.integration.errors.message.iter().copied().chain(["/errors/0/message"]);
    let found = pointers.filter_map(|pointer| json.pointer(pointer)?.as_str()).find(|text| !text.trim().is_empty());
    found.map(|text| call.scrub(text.to_owned()))
}

fn code_of(call: &Untyped, json: &Value) -> Option<String> {
    let mut pointers = call.action.integration.errors.code.iter();
    pointers.find_map(|pointer| match json.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(call.scrub(text.clone())),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn capture(call: &Untyped, step: &Step, raw: &Raw, captures: &mut Captures) -> Result<(), Error> {
    for (name, pointer) in step.capture {
        let text = match raw.json.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
            _ => {
                let message = format!("the answer to `{}` holds no text or number at `{pointer}`", step.name);
                return Err(Error::new(ErrorKind::Decode, call.action, message).with(|details| {
                    details.status = Some(raw.status);
                    details.request_id = raw.request_id().map(str::to_owned);
                    details.body = raw.body.clone();
                }));
            }
        };
        captures.insert(name, text);
    }
    Ok(())
}
