//! Text: the example, or two words.

use actionspec_codegen::catalog::Example;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::Value;

use super::Kind;
use crate::answer::response;
use crate::routes::Route;

/// Text: the example, or two words.
pub(super) struct Text;

impl Kind for Text {
    fn answer(&self, route: &Route<'_>) -> Response<Body> {
        let text = match &route.action.output.example {
            Example::Given { value: Value::String(text), .. } => text.clone(),
            Example::Given { .. } | Example::None(_) => "mock text".to_owned(),
        };
        response(StatusCode::OK, "text/plain; charset=utf-8", text.into_bytes())
    }
}
