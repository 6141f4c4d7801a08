//! A token in the `Authorization` header (RFC 6750).

use actionspec_codegen::spec::Bearer;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, has_token};
use crate::read::Incoming;

impl Scheme for Bearer {
    fn accepts(&self, incoming: &Incoming) -> bool {
        has_token(incoming, self.token_prefix())
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
