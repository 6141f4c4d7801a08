//! Text: the example, or two words.

use actionspec_codegen::catalog::Example;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::Value;

use super::Kind;
use crate::answer::response;
use crate::paging::Asked;

/// Text: the example, or two words.
pub(super) struct Text;

impl Kind for Text {
    fn answer(&self, asked: &Asked<'_>) -> Response<Body> {
        let route = &asked.route;
        let text = match &route.action.output.example {
            Example::Given { value: Value::String(text), .. } => text.clone(),
            Example::Given { .. } | Example::None(_) => "mock text".to_owned(),
        };
        response(StatusCode::OK, "text/plain; charset=utf-8", text.into_bytes())
    }
}
