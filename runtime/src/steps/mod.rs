//! Sends the requests of a call, in order, and judges the answers.

mod line;
mod sql;

use std::sync::Arc;

use bytes::Bytes;
use http::Response as HttpResponse;
use serde_json::Value;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::attempt::{self, Progress, Stays};
use crate::auth;
use crate::content::{self, Form, Unreadable};
use crate::descriptor::{BodyKind, ErrorCase, Poll, Request, Retry, Step, seconds};
use crate::document::{Document, Json};
use crate::encode::{self, Captures, without_query};
use crate::envelope::Envelope as _;
use crate::error::{Error, ErrorKind};
use crate::output::{self, Answer};
use crate::pointer::is_at;
use crate::response::Raw;
use crate::retry;
use crate::transport::Body;
use crate::untyped::Untyped;
use crate::validate;
use crate::view::View;

/// Runs a call.
pub(crate) async fn run(call: Untyped) -> Result<Raw, Error> {
    Ok(observed(call, false).await?.0)
}

/// Runs a call whose result is given as it comes.
pub(crate) async fn run_streaming(call: Untyped) -> Result<(Raw, Body), Error> {
    let (raw, rest) = observed(call, true).await?;
    let body = rest.unwrap_or_else(|| raw.body.clone().into());
    Ok((raw, body))
}

/// Runs a call within a span that says what became of it.
async fn observed(mut call: Untyped, streams: bool) -> Result<(Raw, Option<Body>), Error> {
    if matches!(call.action.retry, Retry::IdempotencyKey(_)) && call.idempotency_key.is_none() {
        call.idempotency_key = Some(auth::nonce());
    }
    if let Retry::IdempotencyParameter(key) = &call.action.retry
        && !call.arguments.has(key)
    {
        let value = call.idempotency_key.clone().unwrap_or_else(auth::nonce);
        call.arguments.values.set(call.action, key, value.into());
    }
    let mut progress = Progress::new(call.deadline.or(call.client.deadline()), streams);
    let span = tracing::info_span!(
        "actionspec.call",
        action = %call.action.name(),
        status = tracing::field::Empty,
        tries = tracing::field::Empty,
        duration_ms = tracing::field::Empty,
        error = tracing::field::Empty,
    );
    if span.is_disabled() {
        let result = steps(&call, &mut progress).await;
        return finished(redacted(result, &call, &mut progress), progress);
    }
    let start = Instant::now();
    let result = steps(&call, &mut progress).instrument(span.clone()).await;
    let result = redacted(result, &call, &mut progress);
    let status = match &result {
        Ok(raw) => Some(raw.status),
        Err(error) => error.status(),
    };
    status.map(|status| span.record("status", status.as_u16()));
    span.record("tries", progress.tries);
    span.record("duration_ms", u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX));
    if let Err(error) = &result {
        span.record("error", tracing::field::display(error));
    }
    finished(result, progress)
}

/// The one place where errors of a call leave it: none shows a credential.
fn redacted(
    result: Result<Raw, Error>,
    call: &Untyped,
    progress: &mut Progress,
) -> Result<Raw, Error> {
    result.map_err(|error| error.redacted(&call.redactor(progress.sent())))
}

fn finished(result: Result<Raw, Error>, progress: Progress) -> Result<(Raw, Option<Body>), Error> {
    match result {
        Ok(raw) => Ok((raw, progress.into_rest())),
        Err(error) => Err(error.with(|details| details.tries = progress.tries)),
    }
}

impl Untyped {
    /// Checks that the client is of the integration, and validates the arguments.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.client.integration().id != self.action.integration.id {
            let message = format!(
                "the client belongs to another integration, `{}`",
                self.client.integration().id
            );
            return Err(Error::new(ErrorKind::Build, self.action, message));
        }
        validate::arguments(self.action, &self.arguments)
            .map_err(|violations| Error::invalid(self.action, violations))
    }
}

async fn steps(call: &Untyped, progress: &mut Progress) -> Result<Raw, Error> {
    call.check()?;
    let mut captures = Captures::default();
    let mut last = None;
    for (index, step) in call.action.steps.iter().enumerate() {
        let raw = match &step.poll {
            Some(poll) => Box::pin(repeat(call, index, step, poll, &captures, progress)).await?,
            None => once(call, index, step, &captures, progress).await?,
        };
        capture(call, step, &raw, &mut captures)?;
        last = Some(raw);
    }
    last.ok_or_else(|| Error::new(ErrorKind::Build, call.action, "the action has no request"))
}

async fn once(
    call: &Untyped,
    index: usize,
    step: &Step,
    captures: &Captures,
    progress: &mut Progress,
) -> Result<Raw, Error> {
    let request = encode::request(call, index, captures)?;
    let address = call.action.paging.as_ref().map(|_| without_query(request.url()).to_owned());
    let streams = progress.streams && step.poll.is_none() && index + 1 == call.action.steps.len();
    // Who answered, and what it says, decides what comes next: that is not known of a stream.
    let streams = streams && step.http().is_some();
    let answer = attempt::send(call, request, progress, streams).await?;
    progress.set_rest(answer.rest);
    match &step.request {
        Request::Http(_) => {
            let raw = judge(call, index, step, answer.response)?;
            Ok(Raw { address, ..raw })
        }
        Request::Line(_) => {
            let is_last = index + 1 == call.action.steps.len();
            line::answer(call, is_last, answer.response, &answer.from)
        }
        Request::Sql(_) => sql::answer(call, answer.response),
    }
}

async fn repeat(
    call: &Untyped,
    index: usize,
    step: &Step,
    poll: &Poll,
    captures: &Captures,
    progress: &mut Progress,
) -> Result<Raw, Error> {
    let limit = seconds(poll.timeout_seconds);
    let pause = seconds(poll.every_seconds());
    let start = Instant::now();
    loop {
        let raw = once(call, index, step, captures, progress).await?;
        let is = |states: &[Value]| states.iter().any(|one| is_at(one, &raw.json, &poll.state));
        if is(&poll.done) {
            return Ok(raw);
        }
        let state = raw
            .json
            .pointer(&poll.state)
            .map_or_else(|| "nothing".to_owned(), |state| state.to_value().to_string());
        if is(&poll.failed) {
            let message = message_of(call, &raw.json)
                .map_or_else(String::new, |message| format!(": {message}"));
            return Err(poll_error(
                call,
                &raw,
                format!("the operation ended with the state {state}{message}"),
            ));
        }
        if start.elapsed() + pause > limit || !progress.pause(pause).await {
            return Err(poll_error(
                call,
                &raw,
                format!("the operation did not finish within {limit:?}; its state is {state}"),
            ));
        }
    }
}

fn poll_error(call: &Untyped, raw: &Raw, message: String) -> Error {
    Error::new(ErrorKind::Poll, call.action, message)
        .about(raw)
        .with(|details| details.code = code_of(call, &raw.json))
}

/// The answer, if status and body say success and the body is what the spec says.
fn judge(
    call: &Untyped,
    index: usize,
    step: &Step,
    response: HttpResponse<Bytes>,
) -> Result<Raw, Error> {
    let (head, body) = response.into_parts();
    let is_last = index + 1 == call.action.steps.len();
    let result = is_last.then(|| output::kind(call.action.output.kind));
    let is_read = result.is_some_and(output::Kind::is_read)
        || !step.capture.is_empty()
        || step.poll.is_some();
    let succeeds =
        head.status.is_success() || (is_last && call.action.output.succeeds(head.status.as_u16()));
    let said = Form::of(&head.headers);
    let wanted = is_read || !succeeds || said.is_some();
    // A result within the answer is wanted whole, and so are lists.
    let within = !call.action.output.at.is_empty() || is_graphql(step);
    let has_fields = call.action.paging.is_none() && !within;
    let memory = call.client.max_response_memory();
    let answer =
        Answer { action: call.action, headers: &head.headers, body: &body, form: said, memory };
    let of_texts = result.filter(|_| succeeds).and_then(|kind| kind.of_texts(&answer));
    let read = match (of_texts, said.or(result.map(output::Kind::form))) {
        (Some(json), _) => json.map(Document::from),
        (None, Some(Form::Xml)) => content::read_value(Form::Xml, &body, memory).map(|mut json| {
            if succeeds {
                content::unwrap_items(&mut json, call.action.output.item_element.as_deref());
            }
            Document::from(json)
        }),
        (None, _) if wanted => content::read(&body, has_fields, memory),
        (None, _) => Ok(Document::default()),
    };
    let (json, problem) =
        read.map_or_else(|problem| (Document::default(), Some(problem)), |json| (json, None));
    let stays = head.extensions.get::<Stays>().copied();
    let raw = Raw {
        action: call.action,
        status: head.status,
        headers: head.headers,
        body,
        json: Arc::new(json),
        address: None,
    };
    let envelope = &call.action.integration.errors;
    if !succeeds {
        return Err(refused(call, ErrorKind::Status, &raw, stays));
    }
    if let Some(problem) = problem.filter(|_| is_read) {
        return Err(unreadable(call, problem).about(&raw));
    }
    let says_failure = result.is_none_or(output::Kind::may_say_failure)
        && envelope.success.as_ref().is_some_and(|check| {
            !raw.json.root().is_null() && !is_at(&check.equals, &raw.json, &check.at)
        });
    let graphql_errors = is_graphql(step) && raw.json.pointer("/errors/0").is_some();
    if says_failure || graphql_errors {
        return Err(refused(call, ErrorKind::Vendor, &raw, None));
    }
    Ok(raw)
}

fn is_graphql(step: &Step) -> bool {
    step.body() == Some(BodyKind::Graphql)
}

fn unreadable(call: &Untyped, problem: Unreadable) -> Error {
    match problem {
        Unreadable::Wrong(message) => Error::new(ErrorKind::Decode, call.action, message),
        Unreadable::TooLarge => {
            let message = format!(
                "the response takes more than {} bytes of memory to read; raise `max_response_memory`",
                call.client.max_response_memory()
            );
            Error::new(ErrorKind::TooLarge, call.action, message)
        }
    }
}

/// What the vendor says went wrong.
fn refused(call: &Untyped, kind: ErrorKind, raw: &Raw, stays: Option<Stays>) -> Error {
    let message = message_of(call, &raw.json).unwrap_or_default();
    let moved = stays.and_then(Stays::reason);
    let integration = call.action.integration;
    let passes = retry::passes(integration, raw.status, &raw.headers);
    let is_limit = retry::is_limit(integration, raw.status, &raw.headers);
    let retry_after =
        retry::asked_wait(integration, &raw.headers).filter(|_| !raw.status.is_success());
    let error = Error::new(kind, call.action, message).about(raw).with(|details| {
        details.code = code_of(call, &raw.json);
        // A limit refuses a request before anything is done.
        details.retryable =
            kind == ErrorKind::Status && passes && (retry::is_safe(call.action) || is_limit);
        details.retry_after = retry_after;
    });
    let declared = error.case().is_some_and(ErrorCase::is_retryable) && retry::is_safe(call.action);
    let error = error.with(|details| details.retryable |= declared);
    if !error.message().is_empty() {
        return error;
    }
    let fallback =
        moved.or_else(|| error.meaning()).unwrap_or("the server gives no reason").to_owned();
    error.with(|details| details.message = fallback)
}

fn message_of(call: &Untyped, json: &Document) -> Option<String> {
    call.action.integration.errors.message_in(json).map(str::to_owned)
}

fn code_of(call: &Untyped, json: &Document) -> Option<String> {
    call.action.integration.errors.code_in(json)
}

fn capture(
    call: &Untyped,
    step: &'static Step,
    raw: &Raw,
    captures: &mut Captures,
) -> Result<(), Error> {
    for (name, pointer) in &step.capture {
        let text = match raw.json.pointer(pointer).map(View::what) {
            Some(Json::Text(text)) => text.to_owned(),
            Some(Json::Number(number)) => number.to_string(),
            Some(Json::Bool(flag)) => flag.to_string(),
            _ => {
                let message = format!(
                    "the response to `{}` has no string or number at `{pointer}`",
                    step.name
                );
                return Err(Error::new(ErrorKind::Decode, call.action, message).about(raw));
            }
        };
        captures.insert(name.as_str(), text);
    }
    Ok(())
}
