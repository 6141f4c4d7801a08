//! Temporary keys: a request that is signed with the user's keys gives the ones that sign everything else.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::Url;

use super::{Keys, Scopes, sign};
use crate::auth::token_cache::Grant;
use crate::auth::{Authenticator, Problem, Signable, secret_value, session, template};
use crate::client::Client;
use crate::content::{self, Form};
use crate::descriptor::ErrorEnvelope;
use crate::descriptor::scheme::{KeyExchange, SessionBody};
use crate::document::Document;
use crate::encode::{percent_encoded, template as text};
use crate::envelope::Envelope as _;
use crate::error::ErrorKind;
use crate::view::View;

/// The access keys that the user gave, with the session token of temporary ones.
pub(crate) fn keys(authenticator: &Authenticator) -> Result<Keys<'_>, Problem> {
    let [access_key_id, secret_access_key, ..] = authenticator.exposed()[..] else {
        return Err(Problem::build("the credentials do not fit".to_owned()));
    };
    Ok(Keys {
        access_key_id,
        secret_access_key,
        session_token: template::credential(authenticator, "session_token"),
    })
}

/// Where temporary keys come from.
pub(crate) struct KeySource {
    pub(crate) exchange: &'static KeyExchange,
    pub(crate) scopes: Scopes,
    pub(crate) errors: &'static ErrorEnvelope,
}

impl KeySource {
    /// Asks for keys.
    pub(crate) async fn obtain(
        &self,
        authenticator: &Authenticator,
        client: &Client,
    ) -> Result<Grant, Problem> {
        let request = self.request(authenticator, client)?;
        let response = session::exchange(client, request, "the request for temporary keys").await?;
        let form = Form::of(response.headers()).unwrap_or(Form::Json);
        let json = Document::from(content::read_value(form, response.body()).unwrap_or_default());
        if !response.status().is_success() {
            let message = self.errors.message_in(&json).unwrap_or("the server gives no reason");
            return Err(Problem {
                status: Some(response.status()),
                code: self.errors.code_in(&json),
                passes: matches!(response.status().as_u16(), 429 | 500..=599),
                ..Problem::refused(format!("no temporary keys were issued: {message}"))
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
                status: Some(response.status()),
                ..Problem::refused("the response does not contain temporary keys and their expiry")
            }),
        }
    }

    fn request(
        &self,
        authenticator: &Authenticator,
        client: &Client,
    ) -> Result<Request<Bytes>, Problem> {
        let (method, path) = session::method_and_path(&self.exchange.request)?;
        let server = client.server_name(self.exchange.server.as_deref());
        let address = client.address(Some(server)).map_err(Problem::build)?;
        let url = Url::parse(&format!("{address}{path}"));
        let url = url.map_err(|_| {
            Problem::build("the address of the request for temporary keys is not valid".to_owned())
        })?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        let body = self.body(authenticator, &mut headers)?;
        for (name, template) in &self.exchange.headers {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| Problem::build(format!("`{name}` cannot name a header")))?;
            headers.insert(
                name,
                secret_value(&template::fill(
                    authenticator,
                    template,
                    &[("nonce", &template::nonce())],
                )?)?,
            );
        }
        let mut signable = Signable {
            method: &method,
            url: &url,
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        sign(&keys(authenticator)?, &self.scopes.of(server), &mut signable, Timestamp::now())
            .map_err(Problem::build)?;
        let mut request = Request::new(body);
        *request.uri_mut() = url
            .as_str()
            .parse()
            .map_err(|_| Problem::build("the address is not valid".to_owned()))?;
        *request.method_mut() = method;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn body(
        &self,
        authenticator: &Authenticator,
        headers: &mut HeaderMap,
    ) -> Result<Bytes, Problem> {
        let mut fields = Vec::new();
        for (name, template) in &self.exchange.fields {
            if !names_nothing(authenticator, template) {
                fields.push((
                    name.as_str(),
                    template::fill(authenticator, template, &[("nonce", &template::nonce())])?,
                ));
            }
        }
        if fields.is_empty() {
            return Ok(Bytes::new());
        }
        if self.exchange.body == SessionBody::Form {
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            );
            let pairs = fields.iter().map(|(name, value)| {
                format!("{}={}", percent_encoded(name), percent_encoded(value))
            });
            return Ok(Bytes::from(pairs.collect::<Vec<_>>().join("&")));
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let object: Map<String, Value> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
        Ok(Bytes::from(Value::Object(object).to_string()))
    }

    /// Signs a request with temporary keys.
    pub(crate) fn carry(
        &self,
        grant: &Grant,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<(), Problem> {
        let values: Vec<&str> = grant.values.iter().map(ExposeSecret::expose_secret).collect();
        let [access_key_id, secret_access_key, session_token] = values[..] else {
            return Err(Problem::build("the temporary keys do not fit".to_owned()));
        };
        let keys = Keys { access_key_id, secret_access_key, session_token: Some(session_token) };
        sign(&keys, &self.scopes.of(server), request, Timestamp::now()).map_err(Problem::build)
    }
}

/// Whether a template names a credential that the user left empty.
fn names_nothing(authenticator: &Authenticator, template: &str) -> bool {
    let names = text::parts(template).filter_map(|part| match part {
        text::Part::Placeholder(name) => Some(name),
        text::Part::Constant(_) => None,
    });
    names.filter_map(|name| template::credential(authenticator, name)).any(str::is_empty)
}

/// How long keys last. The vendor's clock counts, which its answer tells: this machine's may be wrong.
fn lifetime(end: Timestamp, headers: &HeaderMap) -> Duration {
    let told =
        headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let now = told.and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_else(Timestamp::now);
    Duration::try_from(end.duration_since(now)).unwrap_or_default()
}
