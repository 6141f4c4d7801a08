//! No response body.

use axum::body::Body;
use axum::http::{Response, StatusCode};

use super::Kind;
use crate::answer::response;
use crate::paging::Asked;

/// No response body.
pub(super) struct Empty;

impl Kind for Empty {
    fn answer(&self, _: &Asked<'_>) -> Response<Body> {
        response(StatusCode::NO_CONTENT, "", Vec::new())
    }
}
