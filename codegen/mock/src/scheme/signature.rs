//! A keyed hash (HMAC) of each request.

use actionspec_codegen::spec::SignedRequests;
use axum::body::Body;
use axum::http::Response;

use super::Scheme;
use crate::read::Incoming;

impl Scheme for SignedRequests {
    fn accepts(&self, incoming: &Incoming) -> bool {
        self.headers.keys().all(|name| incoming.headers.contains_key(name.as_str()))
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
