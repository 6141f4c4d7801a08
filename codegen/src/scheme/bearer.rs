//! A token in the `Authorization` header (RFC 6750).

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{BEARER, Curl, CurlServer, Described, Scheme, Security, check};
use crate::catalog::Protocol;
use crate::report::Report;
use crate::spec::{Authentication, Bearer, IntegrationSpec};

impl Scheme for Bearer {
    fn check(&self, at: &str, _: &IntegrationSpec, report: &mut Report) {
        check::token_prefix(self.token_prefix.as_ref(), at, report);
    }

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        false
    }

    fn feature(&self) -> Option<&'static str> {
        None
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "Bearer token"
    }

    fn place(&self, _: &str) -> String {
        format!("header `Authorization: {} …`", self.token_prefix())
    }

    fn facts(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        Curl::token(self.token_prefix())
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::token(self.token_prefix(), None)
    }

    fn covers(&self, recorded: &Authentication) -> bool {
        matches!(recorded, Authentication::Bearer(seen) if seen.token_prefix() == self.token_prefix())
    }

    fn import(described: &Described) -> Option<Value> {
        (described.is_http("") || described.is_http(BEARER)).then(|| token(described, None))
    }

    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}

/// A scheme with a token to give when connecting, after a prefix.
pub(crate) fn token(described: &Described, prefix: Option<&str>) -> Value {
    json!({
        "kind": "bearer",
        "title": described.title_or("Token"),
        "description": described.description,
        "token": { "title": "Token" },
        "scheme": prefix.filter(|prefix| *prefix != BEARER),
    })
}
