//! OAuth 2 (RFC 6749): asks for access tokens.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::template::basic;
use super::token_cache::Grant;
use super::{Authenticator, Problem, secret_value, template};
use crate::client::Client;
use crate::descriptor::scheme::{ClientAuthentication, OAuth2 as OAuth2Scheme, OAuth2Flow};
use crate::encode::percent_encoded;

/// Is told of every new refresh token: the vendor may have ended the old one.
pub(crate) type RefreshHook = Arc<dyn Fn(&SecretString) + Send + Sync>;

/// How tokens are asked for.
pub(super) struct OAuth2 {
    pub(super) scheme: &'static OAuth2Scheme,
    pub(super) token_url: String,
    pub(super) parameters: Vec<(&'static str, String)>,
    pub(super) hook: Option<RefreshHook>,
    pub(super) renewal: Mutex<Renewal>,
    #[cfg(feature = "jwt")]
    pub(super) assertion: Option<super::signed_token::SignedToken>,
}

/// What the next token is asked for with.
pub(super) enum Renewal {
    /// The client's own credentials, or an assertion that it signs.
    Client,
    /// An authorization code. It counts once.
    Code,
    /// A refresh token.
    Refresh(SecretString),
    /// There was a code, and the vendor gave nothing to renew with.
    Nothing,
}

type Fields = Vec<(&'static str, String)>;

impl OAuth2 {
    fn renewal(&self) -> MutexGuard<'_, Renewal> {
        self.renewal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn can_renew(&self) -> bool {
        !matches!(*self.renewal(), Renewal::Nothing)
    }

    pub(super) fn refresh_token(&self) -> Option<SecretString> {
        match &*self.renewal() {
            Renewal::Refresh(token) => Some(token.clone()),
            _ => None,
        }
    }

    /// Asks for an access token (RFC 6749, sections 4.1.3, 4.4.2 and 6; RFC 7523, section 2.1).
    pub(super) async fn obtain(
        &self,
        authenticator: &Authenticator,
        client: &Client,
    ) -> Result<Grant, Problem> {
        let fields = self.fields(authenticator)?;
        let request = self.request(authenticator, fields)?;
        let (status, json) = super::session::send(client, request, "the token request").await?;
        let text =
            |key: &str| json.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let Some(token) = text("access_token").filter(|_| status.is_success()) else {
            let code = text("error").map(str::to_owned);
            let message = text("error_description")
                .or(code.as_deref())
                .unwrap_or("the response contains no access token");
            return Err(Problem {
                status: Some(status),
                passes: matches!(status.as_u16(), 429 | 500..=599),
                message: format!("no token was issued: {message}"),
                code,
                ..Problem::refused("")
            });
        };
        self.remember(text("refresh_token"));
        let seconds = json
            .get("expires_in")
            .and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()));
        Ok(Grant::new(vec![SecretString::from(token.to_owned())], seconds.map(Duration::from_secs)))
    }

    fn remember(&self, refresh_token: Option<&str>) {
        let mut renewal = self.renewal();
        let fresh = refresh_token.map(|token| SecretString::from(token.to_owned()));
        match (&*renewal, &fresh) {
            (Renewal::Client, _) => return,
            (_, Some(token)) => *renewal = Renewal::Refresh(token.clone()),
            (Renewal::Code, None) => *renewal = Renewal::Nothing,
            (Renewal::Refresh(_) | Renewal::Nothing, None) => {}
        }
        drop(renewal);
        if let (Some(hook), Some(token)) = (&self.hook, &fresh) {
            hook(token);
        }
    }

    fn fields(&self, authenticator: &Authenticator) -> Result<Fields, Problem> {
        let credential =
            |name| template::credential(authenticator, name).unwrap_or_default().to_owned();
        let mut fields: Fields = match (&*self.renewal(), self.scheme.flow) {
            (Renewal::Refresh(token), _) => {
                vec![
                    ("grant_type", "refresh_token".to_owned()),
                    ("refresh_token", token.expose_secret().to_owned()),
                ]
            }
            (Renewal::Code, _) => vec![
                ("grant_type", "authorization_code".to_owned()),
                ("code", credential("code")),
                ("redirect_uri", credential("redirect_uri")),
            ],
            (Renewal::Nothing, _) => {
                return Err(Problem::refused(
                    "the access token has expired, and there is no refresh token",
                ));
            }
            (Renewal::Client, OAuth2Flow::JwtBearer) => vec![
                ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned()),
                ("assertion", self.assertion(authenticator)?),
            ],
            (Renewal::Client, _) => vec![("grant_type", "client_credentials".to_owned())],
        };
        let names_scopes =
            self.scheme.flow != OAuth2Flow::JwtBearer && !self.scheme.default_scopes.is_empty();
        if names_scopes && matches!(*self.renewal(), Renewal::Client | Renewal::Refresh(_)) {
            fields.push(("scope", self.scheme.default_scopes.join(" ")));
        }
        fields.extend(self.parameters.iter().cloned());
        Ok(fields)
    }

    #[cfg(feature = "jwt")]
    fn assertion(&self, authenticator: &Authenticator) -> Result<String, Problem> {
        let Some(assertion) = &self.assertion else {
            return Err(Problem::build("the scheme has no assertion to sign".to_owned()));
        };
        assertion.sign(
            authenticator,
            &[("token_url", &self.token_url), ("scope", &self.scheme.default_scopes.join(" "))],
        )
    }

    #[cfg(not(feature = "jwt"))]
    #[expect(clippy::unused_self, reason = "the same face as with the feature")]
    fn assertion(&self, _: &Authenticator) -> Result<String, Problem> {
        Err(Problem::build("the crate was built without the feature `jwt`".to_owned()))
    }

    fn request(
        &self,
        authenticator: &Authenticator,
        mut fields: Fields,
    ) -> Result<Request<Bytes>, Problem> {
        let id = template::credential(authenticator, "client_id").unwrap_or_default();
        let secret = template::credential(authenticator, "client_secret").unwrap_or_default();
        let proves = self.scheme.flow != OAuth2Flow::JwtBearer;
        let mut request = Request::new(Bytes::new());
        if proves
            && (self.scheme.client_authentication == ClientAuthentication::Body
                || secret.is_empty())
        {
            fields.push(("client_id", id.to_owned()));
            if !secret.is_empty() {
                fields.push(("client_secret", secret.to_owned()));
            }
        } else if proves {
            // Both are form-encoded first: RFC 6749, section 2.3.1.
            let pair = basic(&percent_encoded(id), &percent_encoded(secret));
            request.headers_mut().insert(AUTHORIZATION, secret_value(&format!("Basic {pair}"))?);
        }
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
            .collect();
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self
            .token_url
            .parse()
            .map_err(|_| Problem::build("the token address is not valid".to_owned()))?;
        request.headers_mut().insert(ACCEPT, http::HeaderValue::from_static("application/json"));
        request.headers_mut().insert(
            CONTENT_TYPE,
            http::HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        *request.body_mut() = Bytes::from(body.join("&"));
        Ok(request)
    }
}
