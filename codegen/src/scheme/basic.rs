//! HTTP Basic (RFC 7617), and the login of TDS.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::{Curl, CurlServer, Described, Scheme, Security};
use crate::catalog::Protocol;
use crate::report::Report;
use crate::spec::{Authentication, BasicAuthentication, IntegrationSpec};

impl Scheme for BasicAuthentication {
    fn check(&self, _: &str, _: &IntegrationSpec, _: &mut Report) {}

    fn supports(&self, protocol: Protocol) -> bool {
        matches!(protocol, Protocol::Http | Protocol::Tds)
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

    fn kind(&self, protocol: Protocol) -> &'static str {
        if protocol == Protocol::Http { "HTTP Basic" } else { "User name and password" }
    }

    fn place(&self, credential: &str) -> String {
        if credential == "username" { "user name" } else { "password" }.to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        let user = self.username.example.as_deref().unwrap_or("USER");
        let password = self.password.example.as_deref().unwrap_or("TOKEN");
        vec![Curl::Option("--user", Some(format!("{user}:{password}")))]
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::One(json!({ "type": "http", "scheme": "basic" }))
    }

    fn covers(&self, recorded: &Authentication) -> bool {
        matches!(recorded, Authentication::Basic(_))
    }

    fn import(described: &Described) -> Option<Value> {
        // Version 2 has a separate type for it.
        (described.ty == "basic" || described.is_http("basic"))
            .then(|| user_and_password(described))
    }

    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}

/// A scheme with a user name and a password to give when connecting.
pub(crate) fn user_and_password(described: &Described) -> Value {
    described.user("basic", "User and password")
}
