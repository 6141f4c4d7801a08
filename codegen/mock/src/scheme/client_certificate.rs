//! A client certificate (mutual TLS). Loopback knows no TLS, so every request is accepted.

use actionspec_codegen::spec::ClientCertificate;
use axum::body::Body;
use axum::http::Response;

use super::Scheme;
use crate::read::Incoming;

impl Scheme for ClientCertificate {
    fn accepts(&self, _: &Incoming) -> bool {
        true
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
