//! OAuth 2 (RFC 6749).

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{BEARER, Curl, CurlServer, Described, Scheme, Security, check, jwt};
use crate::catalog::Protocol;
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{Authentication, IntegrationSpec, OAuth2, OAuth2Flow};

impl Scheme for OAuth2 {
    fn check(&self, at: &str, spec: &IntegrationSpec, report: &mut Report) {
        check::address(&self.token_url, &join(at, "tokenUrl"), spec, report);
        if let Some(url) = &self.authorization_url {
            check::address(url, &join(at, "authorizationUrl"), spec, report);
        } else if self.flow == OAuth2Flow::AuthorizationCode {
            report
                .error_at_key(
                    Code::BadAuthentication,
                    at,
                    "the authorization code flow requires `authorizationUrl`",
                )
                .help("add the address where the user grants access");
        }
        for (name, value) in &self.parameters {
            let at = join(&join(at, "parameters"), name);
            check::template(value, &at, &check::variables(spec), report);
        }
        check::credential_names(&self.credentials, at, report);
        check_assertion(self, at, report);
    }

    fn supports(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }

    fn may_be_optional(&self, _: &str) -> bool {
        false
    }

    fn feature(&self) -> Option<&'static str> {
        self.assertion.as_ref().map(|_| "jwt")
    }

    fn credentials_are_keys(&self) -> bool {
        false
    }

    fn kind(&self, _: Protocol) -> &'static str {
        match self.flow {
            OAuth2Flow::ClientCredentials => "OAuth 2, client credentials",
            OAuth2Flow::JwtBearer => "OAuth 2, service account",
            OAuth2Flow::AuthorizationCode => "OAuth 2, authorization code",
        }
    }

    fn place(&self, credential: &str) -> String {
        match (self.flow, &self.assertion) {
            (OAuth2Flow::AuthorizationCode, _) => format!("header `Authorization: {BEARER} …`"),
            (OAuth2Flow::ClientCredentials, _) => "token request".to_owned(),
            (OAuth2Flow::JwtBearer, Some(token)) => jwt::place_in_token(token, credential),
            (OAuth2Flow::JwtBearer, None) => "signed token".to_owned(),
        }
    }

    fn facts(&self) -> Vec<(String, String)> {
        let authorization =
            self.authorization_url.clone().map(|url| ("Authorization URL".to_owned(), url));
        let token = ("Token URL".to_owned(), self.token_url.clone());
        authorization.into_iter().chain([token]).collect()
    }

    fn scopes(&self) -> Option<&IndexMap<String, String>> {
        Some(&self.scopes)
    }

    fn curl(&self, _: &CurlServer<'_>) -> Vec<Curl> {
        Curl::token(BEARER)
    }

    /// The flow, where OpenAPI knows it and the spec names its addresses. Otherwise what travels: a bearer token.
    fn security(&self, address: &dyn Fn(&str) -> String) -> Security {
        let token = address(&self.token_url);
        let flow = match (self.flow, &self.authorization_url) {
            (OAuth2Flow::AuthorizationCode, Some(url)) => Some((
                "authorizationCode",
                json!({ "authorizationUrl": address(url), "tokenUrl": token, "refreshUrl": token, "scopes": self.scopes }),
            )),
            (OAuth2Flow::ClientCredentials, _) => {
                Some(("clientCredentials", json!({ "tokenUrl": token, "scopes": self.scopes })))
            }
            (OAuth2Flow::AuthorizationCode, None) | (OAuth2Flow::JwtBearer, _) => None,
        };
        let Some((kind, flow)) = flow else {
            return Security::One(
                json!({ "type": "http", "scheme": "bearer", "x-actionspec-token-url": self.token_url }),
            );
        };
        let templated = (self.token_url.contains('{') || self.token_url.starts_with('/'))
            .then_some(&self.token_url);
        let mut flows = Map::new();
        flows.insert(kind.to_owned(), flow);
        let scopes = Some(&self.default_scopes).filter(|scopes| !scopes.is_empty());
        Security::One(json!({
            "type": "oauth2",
            "flows": flows,
            "x-actionspec-token-url": templated,
            "x-actionspec-default-scopes": scopes,
        }))
    }

    fn covers(&self, recorded: &Authentication) -> bool {
        matches!(recorded, Authentication::Bearer(seen) if seen.token_prefix() == BEARER)
    }

    fn import(described: &Described) -> Option<Value> {
        let flow = described.flow.as_ref().filter(|_| described.ty == "oauth2")?;
        Some(json!({
            "kind": "oauth2",
            "title": described.title_or("OAuth 2"),
            "description": described.description,
            "flow": flow.name,
            "tokenUrl": flow.token_url,
            "authorizationUrl": flow.authorization_url,
            "scopes": flow.scopes,
        }))
    }

    /// OAuth 1, whose signatures a recording does not explain.
    fn signs_with() -> &'static [&'static str] {
        &["oauth"]
    }
}

/// Checks that the flow of service accounts has an assertion, and no other flow.
fn check_assertion(scheme: &OAuth2, at: &str, report: &mut Report) {
    match (&scheme.assertion, scheme.flow) {
        (Some(token), OAuth2Flow::JwtBearer) => {
            jwt::check_token(token, &scheme.credentials, &join(at, "assertion"), report);
        }
        (None, OAuth2Flow::JwtBearer) => {
            report
                .error_at_key(
                    Code::BadAuthentication,
                    at,
                    "the flow `jwtBearer` requires `assertion`",
                )
                .help(
                    "add `assertion:` with the algorithm, the key and the claims of the \
                    token that the client signs",
                );
        }
        (Some(_), _) => {
            report
                .error_at_key(
                    Code::BadAuthentication,
                    &join(at, "assertion"),
                    "only the flow `jwtBearer` signs an assertion",
                )
                .help("remove it, or write `flow: jwtBearer`");
        }
        (None, _) => {}
    }
}
