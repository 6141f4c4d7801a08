//! JSON Web Tokens (RFC 7519) that the client signs for itself.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Curl, CurlServer, Described, Scheme, Security, check};
use crate::catalog::Protocol;
use crate::report::{Report, join};
use crate::spec::{Authentication, Credential, IntegrationSpec, Jwt, JwtToken};

impl Scheme for Jwt {
    fn check(&self, at: &str, _: &IntegrationSpec, report: &mut Report) {
        check::token_prefix(self.token_prefix.as_ref(), at, report);
        check::credential_names(&self.credentials, at, report);
        check_token(&self.token, &self.credentials, &join(at, "token"), report);
    }

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        false
    }

    fn feature(&self) -> Option<&'static str> {
        Some("jwt")
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        "Signed token (JWT)"
    }

    fn place(&self, credential: &str) -> String {
        place_in_token(&self.token, credential)
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
        Security::token(self.token_prefix(), Some("JWT"))
    }

    fn covers(&self, recorded: &Authentication) -> bool {
        matches!(recorded, Authentication::Bearer(seen) if seen.token_prefix() == self.token_prefix())
    }

    /// A JWT of the user is a token; OpenAPI cannot express that the client signs one.
    fn import(_: &Described) -> Option<Value> {
        None
    }

    fn signs_with() -> &'static [&'static str] {
        &[]
    }
}

/// Checks a token that the client signs with one of the credentials.
pub(super) fn check_token(
    token: &JwtToken,
    credentials: &IndexMap<String, Credential>,
    at: &str,
    report: &mut Report,
) {
    /// What claims may hold beside credentials.
    const PLACEHOLDERS: &[&str] = &["token_url", "scope", "nonce"];
    if !credentials.contains_key(&token.key) {
        report.unknown(
            &join(at, "key"),
            "credential",
            &token.key,
            credentials.keys().map(String::as_str),
        );
    }
    let known = credentials.keys().filter(|name| **name != token.key).map(String::as_str);
    if let Some(key_id) = &token.key_id {
        check::template(key_id, &join(at, "keyId"), &known, report);
    }
    for (name, value) in &token.claims {
        if let Some(text) = value.as_str() {
            let known = known.clone().chain(PLACEHOLDERS.iter().copied());
            check::template(text, &join(&join(at, "claims"), name), &known, report);
        }
    }
}

/// Where a credential of a signed token goes.
pub(super) fn place_in_token(token: &JwtToken, credential: &str) -> String {
    if token.key == credential { "signing key, never sent" } else { "signed token" }.to_owned()
}
