//! OAuth 2 (RFC 6749).

use actionspec_codegen::spec::OAuth2;
use actionspec_model::scheme::BEARER;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, access_token, has_token};
use crate::read::Incoming;

impl Scheme for OAuth2 {
    fn accepts(&self, incoming: &Incoming) -> bool {
        has_token(incoming, BEARER)
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, method: &str, path: &str) -> Option<Response<Body>> {
        (method == "POST" && path == self.token_url).then(access_token)
    }
}
