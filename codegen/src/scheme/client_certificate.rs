//! A client certificate (mutual TLS, RFC 8446, section 4.4.2).

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{Curl, CurlServer, Described, Scheme, Security};
use crate::catalog::Protocol;
use crate::report::Report;
use crate::spec::{Authentication, ClientCertificate, IntegrationSpec};

impl Scheme for ClientCertificate {
    fn check(&self, _: &str, _: &IntegrationSpec, _: &mut Report) {}

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
        "Client certificate (mutual TLS)"
    }

    fn place(&self, credential: &str) -> String {
        if credential == "private_key" { "signing key, never sent" } else { "TLS" }.to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        vec![Curl::Option("--cert certificate.pem --key key.pem", None)]
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::One(json!({ "type": "mutualTLS" }))
    }

    fn covers(&self, _: &Authentication) -> bool {
        false
    }

    fn import(described: &Described) -> Option<Value> {
        (described.ty == "mutualtls").then(|| {
            json!({
                "kind": "clientCertificate",
                "title": described.title_or("Client certificate"),
                "description": described.description,
                "certificate": { "title": "Certificate" },
                "privateKey": { "title": "Private key" },
            })
        })
    }

    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}
