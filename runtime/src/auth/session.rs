//! Sessions: a login gives what later requests carry.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::token_cache::Grant;
use super::{Authenticator, Problem, put_key, secret_value, template};
use crate::client::Client;
use crate::descriptor::scheme::{self, SessionBody, TokenPlace};
use crate::encode::percent_encoded;
use crate::error::ErrorKind;
use crate::transport::{Body, Incomplete, TransportError};

/// How long a request for a token or session may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long its answer may be.
const MOST_BYTES: usize = 1 << 20;

/// A session of the vendor.
pub(super) struct Session {
    pub(super) scheme: &'static scheme::Session,
}

impl Session {
    fn address(&self, client: &Client, path: &str) -> Result<http::Uri, Problem> {
        let server = client.address(self.scheme.server.as_deref()).map_err(Problem::build)?;
        format!("{server}{path}")
            .parse()
            .map_err(|_| Problem::build("the address of the login is not valid".to_owned()))
    }

    pub(super) async fn log_in(
        &self,
        authenticator: &Authenticator,
        client: &Client,
    ) -> Result<Grant, Problem> {
        let request = self.login(authenticator, client)?;
        let response = exchange(client, request, "the login").await?;
        if !response.status().is_success() && !response.status().is_redirection() {
            return Err(Problem {
                status: Some(response.status()),
                passes: matches!(response.status().as_u16(), 429 | 500..=599),
                ..Problem::refused("the login was refused")
            });
        }
        let json = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        let values = self.scheme.carry.iter().map(|(name, key)| {
            let found = find(&key.from, response.headers(), &json);
            found.map(SecretString::from).ok_or_else(|| Problem {
                kind: ErrorKind::Decode,
                status: Some(response.status()),
                ..Problem::refused(format!(
                    "the login response does not contain the value for `{name}`"
                ))
            })
        });
        let values = values.collect::<Result<Vec<_>, _>>()?;
        Ok(Grant::new(
            values,
            self.scheme.lifetime_seconds.map(|seconds| Duration::from_secs(seconds.into())),
        ))
    }

    /// The request of a line: `POST /api/login`.
    fn request(&self, client: &Client, line: &str) -> Result<Request<Bytes>, Problem> {
        let (method, path) = method_and_path(line)?;
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = method;
        *request.uri_mut() = self.address(client, path)?;
        Ok(request)
    }

    fn login(
        &self,
        authenticator: &Authenticator,
        client: &Client,
    ) -> Result<Request<Bytes>, Problem> {
        let login = &self.scheme.login;
        let mut request = self.request(client, &login.request)?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut fields = Vec::new();
        for (name, text) in &login.fields {
            fields.push((name.as_str(), template::fill(authenticator, text, &[])?));
        }
        if !fields.is_empty() && login.body == SessionBody::Form {
            let pairs: Vec<String> = fields
                .iter()
                .map(|(name, value)| {
                    format!("{}={}", percent_encoded(name), percent_encoded(value))
                })
                .collect();
            request.headers_mut().insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            );
            *request.body_mut() = Bytes::from(pairs.join("&"));
        } else if !fields.is_empty() {
            let object: Map<String, Value> = fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect();
            request
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            *request.body_mut() = Bytes::from(Value::Object(object).to_string());
        }
        for (name, text) in &login.headers {
            let value = secret_value(&template::fill(authenticator, text, &[])?)?;
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| Problem::build(format!("`{name}` cannot name a header")))?;
            request.headers_mut().insert(name, value);
        }
        Ok(request)
    }

    pub(super) fn carry(&self, grant: &Grant, headers: &mut HeaderMap) -> Result<(), Problem> {
        for ((name, key), value) in self.scheme.carry.iter().zip(&grant.values) {
            let prefix = key.prefix.as_deref().unwrap_or_default();
            put_key(headers, key.location, name, &format!("{prefix}{}", value.expose_secret()))?;
        }
        Ok(())
    }

    pub(super) async fn log_out(&self, grant: &Grant, client: &Client) -> Result<(), Problem> {
        let Some(logout) = &self.scheme.logout else { return Ok(()) };
        let mut request = self.request(client, logout)?;
        self.carry(grant, request.headers_mut())?;
        let response = exchange(client, request, "the logout").await?;
        if response.status().is_client_error() && response.status() != StatusCode::UNAUTHORIZED
            || response.status().is_server_error()
        {
            return Err(Problem {
                status: Some(response.status()),
                ..Problem::refused("the logout was refused")
            });
        }
        Ok(())
    }
}

/// Method and path of a request line.
pub(super) fn method_and_path(line: &str) -> Result<(Method, &str), Problem> {
    let (method, path) = line.split_once(' ').unwrap_or((line, ""));
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Problem::build("the method is not valid".to_owned()))?;
    Ok((method, path))
}

fn find(place: &TokenPlace, headers: &HeaderMap, json: &Value) -> Option<String> {
    let found = match place {
        TokenPlace::Body(pointer) => match json.pointer(pointer)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        },
        TokenPlace::Header(name) => headers.get(name)?.to_str().ok()?.to_owned(),
        TokenPlace::Cookie(name) => headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next()?.split_once('='))
            .find(|(cookie, _)| cookie.trim() == name)
            .map(|(_, value)| value.trim().to_owned())?,
    };
    Some(found).filter(|text| !text.is_empty() && !text.chars().any(char::is_control))
}

/// Sends a request of authentication itself, and reads its JSON answer.
pub(super) async fn send(
    client: &Client,
    request: Request<Bytes>,
    what: &str,
) -> Result<(StatusCode, Value), Problem> {
    let response = exchange(client, request, what).await?;
    Ok((response.status(), serde_json::from_slice(response.body()).unwrap_or(Value::Null)))
}

pub(super) async fn exchange(
    client: &Client,
    request: Request<Bytes>,
    what: &str,
) -> Result<Response<Bytes>, Problem> {
    let exchange = async {
        let response = client.transport().send(request.map(Body::from)).await?;
        let (head, body) = response.into_parts();
        match body.collect(MOST_BYTES).await {
            Ok(bytes) => Ok(Response::from_parts(head, bytes)),
            Err(Incomplete::Lost(error)) => Err(error),
            Err(Incomplete::TooLong(_)) => Err(TransportError::new("the answer is too long")),
        }
    };
    tokio::time::timeout(TIMEOUT, exchange)
        .await
        .unwrap_or_else(|_| Err(TransportError::timeout()))
        .map_err(|error| {
            let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
            let mut message = format!("{what} was lost: {error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                message.extend([": ", &inner.to_string()]);
                cause = inner.source();
            }
            Problem { kind, message, status: None, code: None, passes: true }
        })
}
