//! HTTP Digest (RFC 7616).

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{Curl, CurlServer, Described, Scheme, Security};
use crate::catalog::Protocol;
use crate::report::Report;
use crate::spec::{Authentication, Digest, IntegrationSpec};

impl Scheme for Digest {
    fn check(&self, _: &str, _: &IntegrationSpec, _: &mut Report) {}

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        false
    }

    fn feature(&self) -> Option<&'static str> {
        Some("digest")
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "HTTP Digest"
    }

    fn place(&self, credential: &str) -> String {
        if credential == "username" { "user name" } else { "used for the digest, never sent" }
            .to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        vec![Curl::Option("--digest --user", Some("USER:PASSWORD".to_owned()))]
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::One(json!({ "type": "http", "scheme": "digest" }))
    }

    fn covers(&self, _: &Authentication) -> bool {
        false
    }

    fn import(described: &Described) -> Option<Value> {
        described.is_http("digest").then(|| described.user("digest", "Digest"))
    }

    fn signs_with() -> &'static [&'static str] {
        &["digest"]
    }
}
