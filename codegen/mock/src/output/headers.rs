//! Response headers: those of the example, without a body.

use actionspec_codegen::catalog::Example;
use axum::body::Body;
use axum::http::{HeaderName, Response, StatusCode};
use indexmap::IndexMap;
use serde_json::Value;

use super::Kind;
use crate::answer::response;
use crate::paging::Asked;

/// Response headers.
pub(super) struct Headers;

impl Kind for Headers {
    fn answer(&self, asked: &Asked<'_>) -> Response<Body> {
        let route = &asked.route;
        let output = &route.action.output;
        match &output.example {
            Example::Given { value, .. } => in_headers(&output.headers, value),
            Example::None(_) => response(StatusCode::OK, "", Vec::new()),
        }
    }
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
