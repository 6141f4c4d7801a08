//! Keys in headers, queries or cookies.

use actionspec_codegen::spec::ApiKey;
use axum::body::Body;
use axum::http::Response;

use super::{Scheme, has_key};
use crate::read::Incoming;

impl Scheme for ApiKey {
    fn accepts(&self, incoming: &Incoming) -> bool {
        self.keys
            .iter()
            .filter(|(_, key)| !key.credential.optional)
            .all(|(name, key)| has_key(incoming, name, key.location, key.prefix.as_deref()))
    }

    fn query(&self) -> Vec<&str> {
        self.keys.keys().map(String::as_str).collect()
    }

    fn grant(&self, _: &str, _: &str) -> Option<Response<Body>> {
        None
    }
}
