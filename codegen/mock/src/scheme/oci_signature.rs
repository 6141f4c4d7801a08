//! HTTP signatures of Oracle Cloud Infrastructure (draft-cavage-http-signatures-08).

use actionspec_model::scheme::OciSignature;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, authorization};
use crate::read::Incoming;

impl Scheme for OciSignature {
    /// Every header that a signature covers must be there: `(request-target)` is not a header.
    fn accepts(&self, incoming: &Incoming) -> bool {
        let Some(fields) = authorization(incoming, "Signature") else { return false };
        let field = |name: &str| {
            let (_, rest) = fields.split_once(&format!("{name}=\""))?;
            Some(rest.split_once('"')?.0)
        };
        let covers = |headers: &str| {
            headers
                .split(' ')
                .filter(|name| *name != "(request-target)")
                .all(|name| incoming.headers.contains_key(name))
        };
        field("algorithm") == Some("rsa-sha256")
            && field("keyId").is_some_and(|id| id.split('/').count() == 3)
            && field("signature").is_some_and(|signature| !signature.is_empty())
            && field("headers").is_some_and(covers)
    }

    fn query(&self) -> Vec<&str> {
        Vec::new()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
