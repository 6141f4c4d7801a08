//! OAuth 2 (RFC 6749): requests access tokens.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Method, Request};
use secrecy::{ExposeSecret, SecretString};

use super::{Carried, Prepared, Scheme, Setup, TokenSource, bearer};
use crate::auth::credentials::basic;
use crate::auth::exchange;
use crate::auth::request::secret_value;
use crate::auth::token_cache::Grant;
use crate::auth::{Credentials, Problem, Signable};
use crate::client::Client;
use crate::descriptor::scheme::{BEARER, ClientAuthentication, OAuth2, OAuth2Flow, SessionBody};
use crate::document::Document;
use crate::percent::value as percent_encoded;
use crate::transport::BoxFuture;
use crate::view::View;

/// Receives every new refresh token: the vendor may have revoked the old one.
pub(crate) type RefreshHook = Arc<dyn Fn(&SecretString) + Send + Sync>;

impl Scheme for OAuth2 {
    fn may_be_empty(&self, credential: &str) -> bool {
        credential == "client_secret"
    }

    fn carried(&self, credential: &str) -> Carried {
        if credential == "token" { Carried::InHeader } else { Carried::Computed }
    }

    fn query_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(
        &'static self,
        credentials: &Credentials,
        setup: &Setup<'_>,
    ) -> Result<Prepared, Vec<String>> {
        match (credentials.form.name, self.flow) {
            ("token", _) | ("", OAuth2Flow::AuthorizationCode) => Ok(bearer::fixed(BEARER)),
            (form, _) => {
                let source = Source::new(self, form, credentials, setup)?;
                Ok(Prepared::Cached(Box::new(source)))
            }
        }
    }
}

/// Requests tokens.
struct Source {
    scheme: &'static OAuth2,
    token_url: String,
    parameters: Vec<(&'static str, String)>,
    hook: Option<RefreshHook>,
    renewal: Mutex<Renewal>,
    #[cfg(feature = "jwt")]
    assertion: Option<super::jwt::SignedToken>,
}

/// What the next token is requested with.
enum Renewal {
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

impl Source {
    fn new(
        scheme: &'static OAuth2,
        form: &str,
        credentials: &Credentials,
        setup: &Setup<'_>,
    ) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let token_url = match &setup.token_url {
            Some(address) => address.clone().map_err(|problem| vec![problem]),
            None if scheme.token_url.starts_with('/') => {
                let server =
                    (setup.server)(scheme.server.as_deref()).map_err(|problem| vec![problem]);
                server.map(|server| format!("{server}{}", scheme.token_url))
            }
            None => (setup.address)(&scheme.token_url),
        };
        let mut parameters = Vec::new();
        for (name, text) in &scheme.parameters {
            match (setup.fill)(text) {
                Ok(value) => parameters.push((name.as_str(), value)),
                Err(more) => problems.extend(more),
            }
        }
        let token_url = token_url.map_err(|more| problems.extend(more)).unwrap_or_default();
        let renewal = match form {
            "code" => Renewal::Code,
            "refresh" => Renewal::Refresh(credentials.value("refresh_token").into()),
            _ => Renewal::Client,
        };
        #[cfg(feature = "jwt")]
        let assertion = scheme.assertion.as_ref().and_then(|token| {
            let signed = super::jwt::SignedToken::new(credentials, token);
            signed.map_err(|problem| problems.push(problem)).ok()
        });
        #[cfg(not(feature = "jwt"))]
        if scheme.assertion.is_some() {
            problems.push(crate::auth::setup::missing("jwt"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            scheme,
            token_url,
            parameters,
            hook: setup.hook.clone(),
            renewal: Mutex::new(renewal),
            #[cfg(feature = "jwt")]
            assertion,
        })
    }

    fn renewal(&self) -> MutexGuard<'_, Renewal> {
        self.renewal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Requests an access token (RFC 6749, sections 4.1.3, 4.4.2 and 6; RFC 7523, section 2.1).
    async fn token(&self, credentials: &Credentials, client: &Client) -> Result<Grant, Problem> {
        let fields = self.fields(credentials)?;
        let request = self.request(credentials, fields)?;
        let response = exchange::send(client, request, "the token request").await?;
        let status = response.status();
        let json = Document::parse(response.body().clone()).unwrap_or_default();
        let field = |key: &str| json.root().get(key);
        let text = |key: &str| field(key).and_then(View::as_str).filter(|text| !text.is_empty());
        let Some(token) = text("access_token").filter(|_| status.is_success()) else {
            let code = text("error").map(str::to_owned);
            let message = text("error_description")
                .or(code.as_deref())
                .unwrap_or("the response contains no access token");
            return Err(Problem {
                passes: exchange::passes(status),
                message: format!("no token was issued: {message}"),
                code,
                ..Problem::refused("").about(&response)
            });
        };
        self.remember(text("refresh_token"));
        let seconds = field("expires_in")
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

    fn fields(&self, credentials: &Credentials) -> Result<Fields, Problem> {
        let credential = |name| credentials.value(name).to_owned();
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
                ("assertion", self.assertion(credentials)?),
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

    /// The assertion that the client signs.
    #[cfg_attr(
        not(feature = "jwt"),
        expect(clippy::unused_self, unused_variables, reason = "without `jwt` no client is built")
    )]
    fn assertion(&self, credentials: &Credentials) -> Result<String, Problem> {
        #[cfg(feature = "jwt")]
        if let Some(assertion) = &self.assertion {
            let scope = self.scheme.default_scopes.join(" ");
            return assertion
                .sign(credentials, &[("token_url", &self.token_url), ("scope", &scope)]);
        }
        Err(Problem::build("the scheme has no assertion to sign"))
    }

    fn request(
        &self,
        credentials: &Credentials,
        mut fields: Fields,
    ) -> Result<Request<Bytes>, Problem> {
        let id = credentials.value("client_id");
        let secret = credentials.value("client_secret");
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
            request.headers_mut().insert(AUTHORIZATION, secret_value(format!("Basic {pair}"))?);
        }
        *request.method_mut() = Method::POST;
        *request.uri_mut() =
            self.token_url.parse().map_err(|_| Problem::build("the token address is not valid"))?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() =
            exchange::fields_body(fields, SessionBody::Form, request.headers_mut());
        Ok(request)
    }
}

impl TokenSource for Source {
    fn obtain<'a>(
        &'a self,
        credentials: &'a Credentials,
        client: &'a Client,
    ) -> BoxFuture<'a, Result<Grant, Problem>> {
        Box::pin(self.token(credentials, client))
    }

    fn can_renew(&self) -> bool {
        !matches!(*self.renewal(), Renewal::Nothing)
    }

    fn carry(&self, grant: &Grant, request: &mut Signable<'_>, _: &str) -> Result<(), Problem> {
        request.carrier().authorization([BEARER, " ", grant.first()].concat())
    }

    fn secrets(&self) -> Vec<SecretString> {
        match &*self.renewal() {
            Renewal::Refresh(token) => vec![token.clone()],
            Renewal::Client | Renewal::Code | Renewal::Nothing => Vec::new(),
        }
    }

    fn end<'a>(&'a self, _: &'a Grant, _: &'a Client) -> BoxFuture<'a, Result<(), Problem>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
