//! A keyed hash (HMAC, RFC 2104) of each request, put together by templates.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Curl, CurlServer, Described, Scheme, Security, check};
use crate::catalog::{Protocol, names};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{
    Authentication, IntegrationSpec, KeyLocation, REQUEST_PLACEHOLDERS, SignatureValue,
    SignedRequests,
};

impl Scheme for SignedRequests {
    fn check(&self, at: &str, _: &IntegrationSpec, report: &mut Report) {
        check::carriers(self.headers.keys(), &join(at, "headers"), report);
        check::headers(self.headers.keys(), &join(at, "headers"), report);
        check::credential_names(&self.credentials, at, report);
        let credentials = self.credentials.keys().map(String::as_str);
        let mut known: Vec<&str> =
            credentials.chain(REQUEST_PLACEHOLDERS.iter().map(|(name, _)| *name)).collect();
        for (name, value) in &self.values {
            let at = join(&join(at, "values"), name);
            if !names::is_id(name) || known.contains(&name.as_str()) {
                report
                    .error_at_key(
                        Code::BadId,
                        &at,
                        format!("`{name}` cannot name a computed value"),
                    )
                    .help("use a unique name in lower case with underscores");
            }
            for (key, template) in templates(value) {
                check::template(template, &format!("{at}/{key}"), &known.iter().copied(), report);
            }
            known.push(name);
        }
        for (name, template) in &self.headers {
            let at = join(&join(at, "headers"), name);
            check::template(template, &at, &known.iter().copied(), report);
        }
    }

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        false
    }

    fn feature(&self) -> Option<&'static str> {
        Some("hmac")
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "Signed requests (HMAC)"
    }

    fn place(&self, credential: &str) -> String {
        let template = format!("{{{credential}}}");
        let is_key = self
            .values
            .values()
            .any(|value| matches!(value, SignatureValue::Hmac(keyed) if keyed.key == template));
        if is_key { "signing key, never sent" } else { "signed headers" }.to_owned()
    }

    fn facts(&self) -> Vec<(String, String)> {
        Vec::new()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        None
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        self.headers.keys().map(|name| Curl::Header(name.clone(), "SIGNED".to_owned())).collect()
    }

    fn security(&self, _: &dyn Fn(&str) -> String) -> Security {
        Security::keys(self.headers.keys().map(|name| (name, KeyLocation::Header, None)))
    }

    fn covers(&self, _: &Authentication) -> bool {
        false
    }

    /// OpenAPI has no form for signed requests.
    fn import(_: &Described) -> Option<Value> {
        None
    }

    fn signs_with() -> &'static [&'static str] {
        &["hawk", "signature"]
    }
}

/// The templates of a computed value, each with its place in it.
fn templates(value: &SignatureValue) -> Vec<(&'static str, &str)> {
    match value {
        SignatureValue::Text(text) => vec![("text", text)],
        SignatureValue::Base64(text) => vec![("base64", text)],
        SignatureValue::Hash(hash) => vec![("hash/of", &hash.of)],
        SignatureValue::Hmac(keyed) => vec![("hmac/of", &keyed.of), ("hmac/key", &keyed.key)],
    }
}
