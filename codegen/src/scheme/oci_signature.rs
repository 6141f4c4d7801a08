//! HTTP signatures of Oracle Cloud Infrastructure (draft-cavage-http-signatures-08).

use actionspec_model::scheme::OciSignature;
use indexmap::IndexMap;
use serde_json::Value;

use super::{Curl, CurlServer, Described, Scheme, Security};
use crate::catalog::Protocol;
use crate::report::Report;
use crate::spec::{Authentication, IntegrationSpec};

impl Scheme for OciSignature {
    fn check(&self, _: &str, _: &IntegrationSpec, _: &mut Report) {}

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        false
    }

    fn feature(&self) -> Option<&'static str> {
        Some("oci")
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "OCI HTTP signatures"
    }

    fn place(&self, credential: &str) -> String {
        match credential {
            "private_key" => "signing key, never sent",
            _ => "`keyId` in the header `Authorization`",
        }
        .to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        vec![("Algorithm".to_owned(), "RSA with SHA-256".to_owned())]
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        ["Authorization", "Date"]
            .map(|name| Curl::Header(name.to_owned(), "SIGNED".to_owned()))
            .into()
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::authorization(Some("Signature "))
    }

    fn covers(&self, _: &Authentication) -> bool {
        false
    }

    /// OpenAPI has no form for signed requests.
    fn import(_: &Described) -> Option<Value> {
        None
    }

    /// `Signature` is in the list of signed requests in general: a recording does not show whose signature it is.
    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}
