//! Answers: the example output, or an error as the vendor writes it.

use actionspec_codegen::catalog::Integration;
use actionspec_codegen::pointer::put;
use actionspec_codegen::spec::{ErrorCase, OutputKind};
use actionspec_runtime::xml;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::output;
use crate::paging::Asked;
use crate::routes::{self, Route};

/// The answer to a request that fits.
pub(crate) fn success(asked: &Asked<'_>, host: &str) -> Response<Body> {
    let route = &asked.route;
    if !route.is_last() {
        return json_response(StatusCode::OK, &intermediate(route, host));
    }
    let mut response = output::kind(route.action.output.kind).answer(asked);
    // Clients accept 2xx without being told.
    let declared = route.action.output.statuses.first();
    if let Some(status) = declared.and_then(|status| StatusCode::from_u16(*status).ok()) {
        *response.status_mut() = status;
    }
    response
}

/// The answer of a step that is not the last: what its captures and its poll look for.
fn intermediate(route: &Route<'_>, host: &str) -> Value {
    let mut body = json!({});
    if let Some(success) = &route.integration.errors.success {
        put(&mut body, &success.at, success.equals.clone());
    }
    for (name, pointer) in &route.step().capture {
        let whole = format!("{{{name}}}");
        let value = match route.action.steps.iter().position(|step| step.path() == whole) {
            Some(index) => format!(
                "http://{host}/{}/{}",
                route.integration.slug,
                routes::captured_path(route.action, index)
            ),
            None => format!("mock-{name}"),
        };
        put(&mut body, pointer, json!(value));
    }
    polled(route, body)
}

/// A body in which the poll finds its work done.
pub(crate) fn polled(route: &Route<'_>, mut body: Value) -> Value {
    if let Some(poll) = &route.step().poll
        && let Some(done) = poll.done.first()
    {
        put(&mut body, &poll.state, done.clone());
    }
    body
}

/// An error in the vendor's envelope, with the declared meaning of its status.
pub(crate) fn error(
    integration: &Integration,
    status: StatusCode,
    message: &str,
) -> Response<Body> {
    let envelope = &integration.errors;
    let mut body = envelope.example.clone().unwrap_or_else(|| json!({}));
    let message_at = envelope
        .message
        .iter()
        .find(|pointer| body.pointer(pointer).is_some())
        .or(envelope.message.first());
    put(&mut body, message_at.map_or("/message", String::as_str), json!(message));
    if let Some(pointer) = envelope
        .code
        .iter()
        .find(|pointer| body.pointer(pointer).is_some())
        .or(envelope.code.first())
    {
        let code = if body.pointer(pointer).is_some_and(Value::is_number) {
            json!(status.as_u16())
        } else {
            json!(status.as_u16().to_string())
        };
        put(&mut body, pointer, code);
    }
    if speaks_xml(integration) { xml_response(status, &body) } else { json_response(status, &body) }
}

/// Whether every result that has a structure is XML.
fn speaks_xml(integration: &Integration) -> bool {
    let mut kinds = integration
        .actions
        .iter()
        .map(|action| action.output.kind)
        .filter(|kind| kind.is_structured())
        .peekable();
    kinds.peek().is_some() && kinds.all(|kind| kind == OutputKind::Xml)
}

pub(crate) fn xml_response(status: StatusCode, body: &Value) -> Response<Body> {
    match xml::write(body) {
        Ok(text) => response(status, "text/xml", text.into_bytes()),
        Err(problem) => response(
            StatusCode::INTERNAL_SERVER_ERROR,
            "text/plain",
            format!("the spec's example is not XML: {problem}").into_bytes(),
        ),
    }
}

/// The declared meaning of a status.
pub(crate) fn meaning(route: &Route<'_>, status: StatusCode) -> String {
    match route.action.errors.get(status.as_str()) {
        Some(ErrorCase::Description(text) | ErrorCase::Detailed { description: text, .. }) => {
            text.clone()
        }
        None => status.canonical_reason().unwrap_or("error").to_owned(),
    }
}

pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
    response(status, "application/json", body.to_string().into_bytes())
}

pub(crate) fn response(status: StatusCode, media_type: &str, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    if let Ok(value) = media_type.parse()
        && !media_type.is_empty()
    {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}
