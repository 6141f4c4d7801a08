//! Temporary keys: a request that is signed with the user's keys gives the ones that sign everything else.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, DATE};
use http::{HeaderMap, HeaderValue, Request};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Keys, Scopes, sign};
use crate::auth::exchange;
use crate::auth::request::{header_name, secret_value};
use crate::auth::scheme::TokenSource;
use crate::auth::token_cache::Grant;
use crate::auth::{Credentials, Problem, Signable, nonce};
use crate::client::Client;
use crate::content::{self, Form};
use crate::descriptor::scheme::KeyExchange;
use crate::document::Document;
use crate::envelope::Envelope as _;
use crate::error::ErrorKind;
use crate::template as text;
use crate::transport::BoxFuture;
use crate::view::View;

/// The source of temporary keys.
pub(super) struct KeySource {
    pub(super) exchange: &'static KeyExchange,
    pub(super) scopes: Scopes,
}

impl KeySource {
    /// Requests keys.
    async fn temporary_keys(
        &self,
        credentials: &Credentials,
        client: &Client,
    ) -> Result<Grant, Problem> {
        let request = self.request(credentials, client)?;
        let response = exchange::send(client, request, "the request for temporary keys").await?;
        let form = Form::of(response.headers()).unwrap_or(Form::Json);
        let json = Document::from(
            content::read_value(form, response.body(), usize::MAX).unwrap_or_default(),
        );
        if !response.status().is_success() {
            let errors = &client.integration().errors;
            let message = errors.message_in(&json).unwrap_or("the server gives no reason");
            return Err(Problem {
                code: errors.code_in(&json),
                passes: exchange::passes(response.status()),
                ..Problem::refused(format!("no temporary keys were issued: {message}"))
                    .about(&response)
            });
        }
        let at = |pointer: &str| {
            json.pointer(pointer)
                .and_then(View::as_str)
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let keys = &self.exchange.keys;
        let pointers = [&keys.access_key_id, &keys.secret_access_key, &keys.session_token];
        let values: Vec<SecretString> =
            pointers.iter().filter_map(|pointer| at(pointer)).map(SecretString::from).collect();
        let end = at(&keys.expires).and_then(|text| text.parse::<Timestamp>().ok());
        match end {
            Some(end) if values.len() == pointers.len() => {
                Ok(Grant::new(values, Some(lifetime(end, response.headers()))))
            }
            _ => Err(Problem {
                kind: ErrorKind::Decode,
                ..Problem::refused("the response does not contain temporary keys and their expiry")
                    .about(&response)
            }),
        }
    }

    fn request(
        &self,
        credentials: &Credentials,
        client: &Client,
    ) -> Result<Request<Bytes>, Problem> {
        let invalid =
            || Problem::build("the address of the request for temporary keys is not valid");
        let (method, path) = exchange::method_and_path(&self.exchange.request)?;
        let server = client.server_name(self.exchange.server.as_deref());
        let address = client.address(Some(server)).map_err(Problem::build)?;
        let mut url = Url::parse(&format!("{address}{path}")).map_err(|_| invalid())?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        let fill = |template: &str| credentials.fill(template, &[("nonce", &nonce())]);
        let mut fields = Vec::new();
        for (name, template) in &self.exchange.fields {
            if !has_empty_credential(credentials, template) {
                fields.push((name.as_str(), fill(template)?));
            }
        }
        let body = exchange::fields_body(fields, self.exchange.body, &mut headers);
        for (name, template) in &self.exchange.headers {
            headers.insert(header_name(name)?, secret_value(fill(template)?)?);
        }
        let mut signable = Signable {
            method: &method,
            url: &mut url,
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        sign(&Keys::of(credentials), &self.scopes.of(server), &mut signable, Timestamp::now())
            .map_err(Problem::build)?;
        let mut request = Request::new(body);
        *request.uri_mut() = url.as_str().parse().map_err(|_| invalid())?;
        *request.method_mut() = method;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

impl TokenSource for KeySource {
    fn obtain<'a>(
        &'a self,
        credentials: &'a Credentials,
        client: &'a Client,
    ) -> BoxFuture<'a, Result<Grant, Problem>> {
        Box::pin(self.temporary_keys(credentials, client))
    }

    fn can_renew(&self) -> bool {
        true
    }

    /// Signs a request with temporary keys.
    fn carry(
        &self,
        grant: &Grant,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<(), Problem> {
        let values: Vec<&str> = grant.values.iter().map(ExposeSecret::expose_secret).collect();
        let [access_key_id, secret_access_key, session_token] = values[..] else {
            return Err(Problem::build("the temporary keys are not complete"));
        };
        let keys = Keys { access_key_id, secret_access_key, session_token: Some(session_token) };
        sign(&keys, &self.scopes.of(server), request, Timestamp::now()).map_err(Problem::build)
    }

    fn secrets(&self) -> Vec<SecretString> {
        Vec::new()
    }

    fn end<'a>(&'a self, _: &'a Grant, _: &'a Client) -> BoxFuture<'a, Result<(), Problem>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// Whether a template contains a credential that the user left empty.
fn has_empty_credential(credentials: &Credentials, template: &str) -> bool {
    let names = text::parts(template).filter_map(|part| match part {
        text::Part::Placeholder(name) => Some(name),
        text::Part::Constant(_) => None,
    });
    names.filter_map(|name| credentials.get(name)).any(str::is_empty)
}

/// How long keys last. The vendor's clock counts, which its answer tells: this machine's may be wrong.
fn lifetime(end: Timestamp, headers: &HeaderMap) -> Duration {
    let told =
        headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let now = told.and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_else(Timestamp::now);
    Duration::try_from(end.duration_since(now)).unwrap_or_default()
}
