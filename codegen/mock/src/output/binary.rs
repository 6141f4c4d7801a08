//! Binary data: some bytes that are not text.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::Kind;
use crate::answer::response;
use crate::paging::Asked;

/// Binary data: some bytes that are not text.
pub(super) struct Binary;

impl Kind for Binary {
    fn answer(&self, asked: &Asked<'_>) -> Response<Body> {
        let route = &asked.route;
        let media_type = route.action.output.media_type.as_deref();
        response(
            StatusCode::OK,
            media_type.unwrap_or("application/octet-stream"),
            b"\x00mock bytes\xff".to_vec(),
        )
    }
}
