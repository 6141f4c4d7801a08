//! Answers: the example output, or an error as the vendor writes it.

use actionspec_codegen::catalog::{Example, Integration, example_result};
use actionspec_codegen::pointer::put;
use actionspec_codegen::spec::{ErrorCase, OutputKind};
use actionspec_runtime::xml;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, Response, StatusCode};
use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::routes::{self, Route};

/// What a binary output is here.
const BYTES: &[u8] = b"\x00mock bytes\xff";

/// The answer to a request that fits.
pub(crate) fn success(route: &Route<'_>, host: &str) -> Response<Body> {
    if !route.is_last() {
        return json_response(StatusCode::OK, &intermediate(route, host));
    }
    let output = &route.action.output;
    match (output.kind, &output.example) {
        (OutputKind::Json, Example::Given { value, .. }) => {
            json_response(StatusCode::OK, &polled(route, value.clone()))
        }
        (OutputKind::Json, Example::None(_)) => {
            json_response(StatusCode::OK, &polled(route, composed(route)))
        }
        (OutputKind::Xml, Example::Given { value, .. }) => {
            let mut value = value.clone();
            if let Some(name) = &output.item_element {
                xml::wrap_items(&mut value, name);
            }
            xml_response(StatusCode::OK, &value)
        }
        (OutputKind::Headers, Example::Given { value, .. }) => in_headers(&output.headers, value),
        (OutputKind::Headers, Example::None(_)) => response(StatusCode::OK, "", Vec::new()),
        (OutputKind::Xml, Example::None(_)) => {
            xml_response(StatusCode::OK, &json!({"Response": {}}))
        }
        // What is not HTTP is answered elsewhere.
        (OutputKind::Text | OutputKind::Fields, example) => {
            let text = match example {
                Example::Given { value: Value::String(text), .. } => text.clone(),
                _ => "mock text".to_owned(),
            };
            response(StatusCode::OK, "text/plain; charset=utf-8", text.into_bytes())
        }
        (OutputKind::Binary, _) => response(
            StatusCode::OK,
            output.media_type.as_deref().unwrap_or("application/octet-stream"),
            BYTES.to_vec(),
        ),
        (OutputKind::Empty, _) => response(StatusCode::NO_CONTENT, "", Vec::new()),
    }
}

/// A body made from the type of the result.
fn composed(route: &Route<'_>) -> Value {
    let output = &route.action.output;
    let result = example_result(route.integration, &output.schema);
    let mut body = json!({});
    put(&mut body, &output.at, result);
    if let Some(success) = route.integration.errors.success.as_ref().filter(|_| body.is_object()) {
        put(&mut body, &success.at, success.equals.clone());
    }
    body
}

/// An answer whose headers are the result.
fn in_headers(headers: &IndexMap<String, String>, example: &Value) -> Response<Body> {
    let mut answer = response(StatusCode::OK, "", Vec::new());
    let mut put = |name: &str, value: &Value| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let (Ok(name), Ok(text)) = (name.parse::<HeaderName>(), text.parse()) {
            answer.headers_mut().insert(name, text);
        }
    };
    for (property, header) in headers {
        match (header.strip_suffix('*'), &example[property]) {
            (_, Value::Null) => {}
            (Some(prefix), Value::Object(fields)) => {
                fields.iter().for_each(|(key, value)| put(&format!("{prefix}{key}"), value));
            }
            (_, value) => put(header, value),
        }
    }
    answer
}

/// The answer of a step that is not the last: what its captures and its poll look for.
fn intermediate(route: &Route<'_>, host: &str) -> Value {
    let mut body = json!({});
    if let Some(success) = &route.integration.errors.success {
        put(&mut body, &success.at, success.equals.clone());
    }
    for (name, pointer) in &route.step().capture {
        let whole = format!("{{{name}}}");
        let value = match route.action.steps.iter().position(|step| step.path == whole) {
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
fn polled(route: &Route<'_>, mut body: Value) -> Value {
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

fn xml_response(status: StatusCode, body: &Value) -> Response<Body> {
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

fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
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
