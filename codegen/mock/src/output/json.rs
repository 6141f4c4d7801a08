//! JSON: the example, or a body made from the type of the result.

use actionspec_codegen::catalog::{Example, example_result};
use actionspec_codegen::pointer::put;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::Kind;
use crate::answer::{json_response, polled};
use crate::paging::{self, Asked};
use crate::routes::Route;

/// JSON: the example, or a body made from the type of the result.
pub(super) struct Json;

impl Kind for Json {
    fn answer(&self, asked: &Asked<'_>) -> Response<Body> {
        let route = &asked.route;
        let body = match &route.action.output.example {
            Example::Given { value, .. } => value.clone(),
            Example::None(_) => composed(route),
        };
        paging::answer(asked, polled(route, body), |body| json_response(StatusCode::OK, &body))
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
