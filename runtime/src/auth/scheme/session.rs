//! Sessions: a login gives what later requests carry.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, SET_COOKIE};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Carried, Prepared, Scheme, Setup, TokenSource};
use crate::auth::exchange;
use crate::auth::request::{header_name, secret_value};
use crate::auth::token_cache::Grant;
use crate::auth::{Carrier, Credentials, Problem, Signable};
use crate::client::Client;
use crate::descriptor::scheme::{KeyLocation, Session, TokenPlace};
use crate::document::{Document, Json};
use crate::error::ErrorKind;
use crate::transport::BoxFuture;

impl Scheme for Session {
    fn may_be_empty(&self, _: &str) -> bool {
        false
    }

    fn carried(&self, _: &str) -> Carried {
        Carried::Computed
    }

    fn query_keys(&self) -> Vec<&str> {
        let keys = self.carry.iter().filter(|(_, key)| key.location == KeyLocation::Query);
        keys.map(|(name, _)| name.as_str()).collect()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(&'static self, _: &Credentials, _: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        Ok(Prepared::Cached(Box::new(Source { scheme: self })))
    }
}

/// Logs in and out.
struct Source {
    scheme: &'static Session,
}

impl TokenSource for Source {
    fn obtain<'a>(
        &'a self,
        credentials: &'a Credentials,
        client: &'a Client,
    ) -> BoxFuture<'a, Result<Grant, Problem>> {
        Box::pin(self.log_in(credentials, client))
    }

    fn can_renew(&self) -> bool {
        true
    }

    fn carry(&self, grant: &Grant, request: &mut Signable<'_>, _: &str) -> Result<(), Problem> {
        self.write(grant, &mut request.carrier())
    }

    fn secrets(&self) -> Vec<SecretString> {
        Vec::new()
    }

    fn end<'a>(
        &'a self,
        grant: &'a Grant,
        client: &'a Client,
    ) -> BoxFuture<'a, Result<(), Problem>> {
        Box::pin(self.log_out(grant, client))
    }
}

impl Source {
    fn address(&self, client: &Client, path: &str) -> Result<Url, Problem> {
        let server = client.address(self.scheme.server.as_deref()).map_err(Problem::build)?;
        Url::parse(&format!("{server}{path}"))
            .map_err(|_| Problem::build("the address of the login is not valid"))
    }

    async fn log_in(&self, credentials: &Credentials, client: &Client) -> Result<Grant, Problem> {
        let request = self.login(credentials, client)?;
        let response = exchange::send(client, request, "the login").await?;
        if !response.status().is_success() && !response.status().is_redirection() {
            return Err(Problem {
                passes: exchange::passes(response.status()),
                ..Problem::refused("the login was refused").about(&response)
            });
        }
        let json = Document::parse(response.body().clone()).unwrap_or_default();
        let values = self.scheme.carry.iter().map(|(name, key)| {
            let found = find(&key.from, response.headers(), &json);
            found.map(SecretString::from).ok_or_else(|| Problem {
                kind: ErrorKind::Decode,
                ..Problem::refused(format!(
                    "the login response does not contain the value for `{name}`"
                ))
                .about(&response)
            })
        });
        let values = values.collect::<Result<Vec<_>, _>>()?;
        Ok(Grant::new(
            values,
            self.scheme.lifetime_seconds.map(|seconds| Duration::from_secs(seconds.into())),
        ))
    }

    /// The request of a line (`POST /api/login`) with the values of a session.
    fn request(
        &self,
        client: &Client,
        line: &str,
        grant: Option<&Grant>,
    ) -> Result<Request<Bytes>, Problem> {
        let (method, path) = exchange::method_and_path(line)?;
        let mut url = self.address(client, path)?;
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = method;
        if let Some(grant) = grant {
            self.write(grant, &mut Carrier { headers: request.headers_mut(), query: &mut url })?;
        }
        *request.uri_mut() = url
            .as_str()
            .parse()
            .map_err(|_| Problem::build("the address of the login is not valid"))?;
        Ok(request)
    }

    fn login(&self, credentials: &Credentials, client: &Client) -> Result<Request<Bytes>, Problem> {
        let login = &self.scheme.login;
        let mut request = self.request(client, &login.request, None)?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut fields = Vec::new();
        for (name, text) in &login.fields {
            fields.push((name.as_str(), credentials.fill(text, &[])?));
        }
        *request.body_mut() = exchange::fields_body(fields, login.body, request.headers_mut());
        for (name, text) in &login.headers {
            let value = secret_value(credentials.fill(text, &[])?)?;
            request.headers_mut().insert(header_name(name)?, value);
        }
        Ok(request)
    }

    fn write(&self, grant: &Grant, carrier: &mut Carrier<'_>) -> Result<(), Problem> {
        for ((name, key), value) in self.scheme.carry.iter().zip(&grant.values) {
            let prefix = key.prefix.as_deref().unwrap_or_default();
            carrier.key(key.location, name, [prefix, value.expose_secret()].concat())?;
        }
        Ok(())
    }

    async fn log_out(&self, grant: &Grant, client: &Client) -> Result<(), Problem> {
        let Some(logout) = &self.scheme.logout else { return Ok(()) };
        let request = self.request(client, logout, Some(grant))?;
        let response = exchange::send(client, request, "the logout").await?;
        if response.status().is_client_error() && response.status() != StatusCode::UNAUTHORIZED
            || response.status().is_server_error()
        {
            return Err(Problem { ..Problem::refused("the logout was refused").about(&response) });
        }
        Ok(())
    }
}

fn find(place: &TokenPlace, headers: &HeaderMap, json: &Document) -> Option<String> {
    let found = match place {
        TokenPlace::Body(pointer) => match json.pointer(pointer)?.what() {
            Json::Text(text) => text.to_owned(),
            Json::Number(number) => number.to_string(),
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
