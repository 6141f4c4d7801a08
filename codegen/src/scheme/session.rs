//! Sessions: a login request gives what later requests carry.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Curl, CurlServer, Described, Scheme, Security, check};
use crate::catalog::Protocol;
use crate::report::{Report, check_pointer, join};
use crate::spec::{Authentication, IntegrationSpec, KeyLocation, Session, TokenPlace};

impl Scheme for Session {
    fn check(&self, at: &str, _: &IntegrationSpec, report: &mut Report) {
        check::carriers(self.carry.keys(), &join(at, "carry"), report);
        let headers = self.carry.iter().filter(|(_, key)| key.location == KeyLocation::Header);
        check::headers(headers.map(|(name, _)| name), &join(at, "carry"), report);
        check::headers(self.login.headers.keys(), &join(&join(at, "login"), "headers"), report);
        check::credential_names(&self.credentials, at, report);
        let login = join(at, "login");
        let basic =
            self.credentials.contains_key("username") && self.credentials.contains_key("password");
        let known = self.credentials.keys().map(String::as_str).chain(basic.then_some("basic"));
        for (key, templates) in [("headers", &self.login.headers), ("fields", &self.login.fields)] {
            for (name, template) in templates {
                check::template(template, &join(&join(&login, key), name), &known, report);
            }
        }
        check::path(&self.login.request, &join(&login, "request"), report);
        if let Some(logout) = &self.logout {
            check::path(logout, &join(at, "logout"), report);
        }
        for (name, key) in &self.carry {
            if let TokenPlace::Body(body) = &key.from {
                let at = format!("{}/from/body", join(&join(at, "carry"), name));
                check_pointer(body, &at, report);
            }
        }
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
        "Session"
    }

    fn place(&self, _: &str) -> String {
        "login request".to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        let logout = self.logout.clone().map(|logout| ("Logout".to_owned(), logout));
        [("Login".to_owned(), self.login.request.clone())].into_iter().chain(logout).collect()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        let carried = self.carry.iter().map(|(name, key)| {
            let value = format!("{}TOKEN", key.prefix.as_deref().unwrap_or_default());
            match key.location {
                KeyLocation::Header => Curl::Header(name.clone(), value),
                KeyLocation::Query => Curl::Query(name.clone(), value),
                KeyLocation::Cookie => Curl::Cookie(name.clone(), value),
            }
        });
        carried.collect()
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::keys(
            self.carry.iter().map(|(name, key)| (name, key.location, key.prefix.as_deref())),
        )
    }

    fn covers(&self, recorded: &Authentication) -> bool {
        matches!(recorded, Authentication::ApiKey(seen)
            if seen.keys.keys().all(|name| self.carry.contains_key(name)))
    }

    /// Documents describe what requests of a session carry, not the login.
    fn import(_: &Described) -> Option<Value> {
        None
    }

    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}
