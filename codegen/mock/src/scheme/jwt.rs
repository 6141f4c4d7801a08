//! JSON Web Tokens (RFC 7519) that the client signs for itself.

use actionspec_codegen::spec::Jwt;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, authorization};
use crate::read::Incoming;

impl Scheme for Jwt {
    fn accepts(&self, incoming: &Incoming) -> bool {
        authorization(incoming, self.token_prefix())
            .is_some_and(|token| token.split('.').count() == 3)
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
