//! Lines of `name: value`: over HTTP, as text. Over TCP the mock server answers with lines; see `lines`.

use axum::body::Body;
use axum::http::Response;

use super::{Kind, text};
use crate::paging::Asked;

/// Lines of `name: value`.
pub(super) struct Fields;

impl Kind for Fields {
    fn answer(&self, asked: &Asked<'_>) -> Response<Body> {
        text::Text.answer(asked)
    }
}
