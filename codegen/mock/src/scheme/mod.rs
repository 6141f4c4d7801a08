//! Authentication schemes: the credentials that the server accepts, and the tokens and sessions that it issues.
//!
//! One file a scheme, one row each in the table below. The server knows no user, so it accepts every credential of the right form.

mod api_key;
mod aws_sig_v4;
mod basic;
mod bearer;
mod client_certificate;
mod digest;
mod jwt;
mod oauth2;
mod oci_signature;
mod session;
mod signature;
#[cfg(test)]
mod tests;

use actionspec_codegen::catalog::{Catalog, Integration, Step};
use actionspec_codegen::spec::{Authentication, KeyLocation};
use actionspec_model::scheme::BEARER;
use axum::body::Body;
use axum::http::header::AUTHORIZATION;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::answer;
use crate::read::{self, Incoming};

/// What is given to everyone who asks.
const TOKEN: &str = "mock-token";

/// How the server treats a scheme. No method has a default: a new scheme answers every question.
trait Scheme {
    /// Whether a request carries credentials of this scheme, in the right form.
    fn accepts(&self, incoming: &Incoming) -> bool;

    /// The names of query parameters that carry credentials.
    fn query(&self) -> Vec<&str>;

    /// The answer to a request for a token or a session, made of method and path; `None` if it is another request.
    fn grant(&self, method: &str, path: &str) -> Option<Response<Body>>;
}

fn of(scheme: &Authentication) -> &dyn Scheme {
    match scheme {
        Authentication::Basic(scheme) => scheme,
        Authentication::Bearer(scheme) => scheme,
        Authentication::ApiKey(scheme) => scheme,
        Authentication::Oauth2(scheme) => scheme,
        Authentication::Jwt(scheme) => scheme,
        Authentication::AwsSigV4(scheme) => scheme,
        Authentication::Signature(scheme) => scheme,
        Authentication::OciSignature(scheme) => scheme,
        Authentication::Session(scheme) => scheme,
        Authentication::Digest(scheme) => scheme,
        Authentication::ClientCertificate(scheme) => scheme,
    }
}

/// Whether a request carries credentials of one of the declared schemes.
pub(crate) fn is_authenticated(integration: &Integration, incoming: &Incoming) -> bool {
    let schemes = &integration.authentication;
    schemes.is_empty() || schemes.values().any(|scheme| of(scheme).accepts(incoming))
}

/// The names of query parameters that carry credentials of any declared scheme.
pub(crate) fn query(integration: &Integration) -> impl Iterator<Item = &str> {
    integration.authentication.values().flat_map(|scheme| of(scheme).query())
}

/// The response to a login, a logout or a token request on the server itself.
pub(crate) fn grant(catalog: &Catalog, method: &str, path: &str) -> Option<Response<Body>> {
    let (slug, rest) = path.trim_start_matches('/').split_once('/')?;
    let integration = catalog.integrations.iter().find(|integration| integration.slug == slug)?;
    let path = format!("/{rest}");
    // An action takes precedence over a login or token request at the same address.
    let shares = |step: &Step| {
        step.http().is_some_and(|http| http.method.as_str() == method && http.path == path)
    };
    if integration.actions.iter().flat_map(|action| &action.steps).any(shares) {
        return None;
    }
    integration.authentication.values().find_map(|scheme| of(scheme).grant(method, &path))
}

/// What follows a prefix in the `Authorization` header.
fn authorization<'a>(incoming: &'a Incoming, prefix: &str) -> Option<&'a str> {
    let value = incoming.headers.get(AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix(prefix)?.strip_prefix(' ').map(str::trim)
}

/// Whether there is a token after a prefix in the `Authorization` header.
fn has_token(incoming: &Incoming, prefix: &str) -> bool {
    authorization(incoming, prefix).is_some_and(|token| !token.is_empty())
}

/// Whether a key is in its place, after its prefix.
fn has_key(incoming: &Incoming, name: &str, location: KeyLocation, prefix: Option<&str>) -> bool {
    let value = match location {
        KeyLocation::Header => {
            incoming.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        }
        KeyLocation::Query => {
            incoming.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        }
        KeyLocation::Cookie => read::cookie(&incoming.headers, name),
    };
    value.is_some_and(|value| {
        value.strip_prefix(prefix.unwrap_or("")).is_some_and(|key| !key.is_empty())
    })
}

/// Whether method and path are those of a request line.
fn is_line(line: &str, method: &str, path: &str) -> bool {
    line.split_once(' ') == Some((method, path))
}

fn json_response(body: &Value) -> Response<Body> {
    answer::response(StatusCode::OK, "application/json", body.to_string().into_bytes())
}

/// An access token (RFC 6749, section 5.1).
fn access_token() -> Response<Body> {
    json_response(&json!({ "access_token": TOKEN, "token_type": BEARER, "expires_in": 3600 }))
}
