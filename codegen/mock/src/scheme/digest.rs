//! HTTP Digest (RFC 7616).

use actionspec_codegen::spec::Digest;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, authorization};
use crate::read::Incoming;

impl Scheme for Digest {
    fn accepts(&self, incoming: &Incoming) -> bool {
        authorization(incoming, "Digest").is_some_and(|fields| fields.contains("response="))
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
