//! HTTP Basic (RFC 7617).

use actionspec_codegen::spec::BasicAuthentication;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, has_token};
use crate::read::Incoming;

impl Scheme for BasicAuthentication {
    fn accepts(&self, incoming: &Incoming) -> bool {
        has_token(incoming, "Basic")
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
