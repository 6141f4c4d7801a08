//! Proving who the client is. Fixed credentials are written when a request is built (`encode`); what changes from request to request, or
//! must be asked for first, is added here, right before a request leaves.

#[cfg(feature = "aws")]
mod aws;
#[cfg(feature = "digest")]
mod digest;
#[cfg(feature = "digest")]
mod digest_state;
#[cfg(feature = "hmac")]
mod hmac;
#[cfg(feature = "jwt")]
mod jwt;
mod oauth2;
mod session;
mod setup;
#[cfg(feature = "jwt")]
mod signed_token;
mod template;
mod token_cache;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::client::Client;
use crate::descriptor::Authentication;
use crate::descriptor::scheme::{BEARER, Form, KeyLocation};
use crate::error::{Error, ErrorKind};
use token_cache::{Grant, TokenCache};

#[cfg(feature = "hmac")]
pub(crate) use hmac::hash_text;
pub(crate) use oauth2::RefreshHook;
pub(crate) use setup::{Setup, authenticator, full_name};
pub(crate) use template::nonce;

/// What a signing scheme sees of a request, and the headers that it adds to.
#[cfg_attr(
    not(any(feature = "aws", feature = "digest", feature = "hmac")),
    expect(dead_code, reason = "nothing signs")
)]
pub(crate) struct Signable<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a Url,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: &'a Bytes,
    /// The body is not in memory; `body` is empty then.
    #[cfg_attr(
        not(feature = "aws"),
        expect(dead_code, reason = "only AWS signs streams in another way")
    )]
    pub(crate) streams: bool,
}

/// An authentication scheme with what the user gave for it.
pub(crate) struct Authenticator {
    /// The scheme's name.
    pub(crate) name: &'static str,
    pub(crate) scheme: &'static Authentication,
    pub(crate) form: Form,
    pub(crate) secrets: Vec<SecretString>,
    state: State,
}

/// What is known beyond the credentials.
enum State {
    /// Nothing: `encode` writes the credentials, or TLS carries them.
    Fixed,
    /// Something is asked for, kept, and renewed.
    Cached { cache: TokenCache, source: Source },
    #[cfg(feature = "aws")]
    Aws(aws::Scopes),
    #[cfg(feature = "hmac")]
    Signed(&'static crate::descriptor::scheme::SignedRequests),
    #[cfg(feature = "digest")]
    Digest(digest_state::DigestState),
}

/// Where what is kept comes from.
enum Source {
    OAuth2(Box<oauth2::OAuth2>),
    Session(session::Session),
    #[cfg(feature = "aws")]
    Keys(aws::KeySource),
    #[cfg(feature = "jwt")]
    Jwt {
        word: &'static str,
        token: signed_token::SignedToken,
    },
}

/// The grant that a request was sent with, to be named if the server refuses it.
pub(crate) struct UsedGrant {
    generation: u64,
}

impl Authenticator {
    pub(crate) fn exposed(&self) -> Vec<&str> {
        self.secrets.iter().map(SecretString::expose_secret).collect()
    }

    /// Whether `encode` writes the credentials.
    pub(crate) fn is_fixed(&self) -> bool {
        matches!(self.state, State::Fixed)
    }

    /// Every secret that there is now, obtained ones included: none of them may be shown.
    pub(crate) fn every_secret(&self) -> Vec<SecretString> {
        let mut all: Vec<SecretString> = self
            .form
            .credentials
            .iter()
            .zip(&self.secrets)
            .filter(|((_, credential), _)| !credential.public)
            .map(|(_, secret)| secret.clone())
            .collect();
        if let State::Cached { cache, source } = &self.state {
            all.extend(cache.current().into_iter().flat_map(|grant| grant.values.clone()));
            if let Source::OAuth2(source) = source {
                all.extend(source.refresh_token());
            }
        }
        all
    }

    /// Adds what proves the client to a request that is about to leave. `server` is the one that the request goes to.
    pub(crate) async fn apply(
        &self,
        client: &Client,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<UsedGrant, Problem> {
        match &self.state {
            State::Fixed => Ok(UsedGrant { generation: 0 }),
            State::Cached { cache, source } => {
                let grant = cache.get(|| source.obtain(self, client)).await?;
                source.carry(&grant, request, server)?;
                Ok(UsedGrant { generation: grant.generation })
            }
            #[cfg(feature = "aws")]
            State::Aws(scopes) => {
                aws::sign(&aws::keys(self)?, &scopes.of(server), request, jiff::Timestamp::now())
                    .map_err(Problem::build)?;
                Ok(UsedGrant { generation: 0 })
            }
            #[cfg(feature = "hmac")]
            State::Signed(signing) => {
                let nonce = template::nonce();
                hmac::sign(signing, &self.exposed(), request, jiff::Timestamp::now(), &nonce)
                    .map_err(Problem::build)?;
                Ok(UsedGrant { generation: 0 })
            }
            #[cfg(feature = "digest")]
            State::Digest(state) => {
                Ok(UsedGrant { generation: state.apply(&self.exposed(), request) })
            }
        }
    }

    /// Whether a request that was answered with 401 may be sent once more, with a new grant.
    pub(crate) fn refused(&self, used: &UsedGrant, headers: &HeaderMap) -> bool {
        let _ = headers;
        match &self.state {
            State::Cached { cache, source } => source.can_renew() && cache.forget(used.generation),
            #[cfg(feature = "digest")]
            State::Digest(state) => state.challenged(used.generation, headers),
            _ => false,
        }
    }

    /// Ends a session, if there is one.
    pub(crate) async fn log_out(&self, client: &Client) -> Result<(), Problem> {
        if let State::Cached { cache, source: Source::Session(session) } = &self.state
            && let Some(grant) = cache.take()
        {
            session.log_out(&grant, client).await?;
        }
        Ok(())
    }
}

impl Source {
    async fn obtain(
        &self,
        authenticator: &Authenticator,
        client: &Client,
    ) -> Result<Grant, Problem> {
        match self {
            Self::OAuth2(source) => source.obtain(authenticator, client).await,
            Self::Session(session) => session.log_in(authenticator, client).await,
            #[cfg(feature = "aws")]
            Self::Keys(source) => source.obtain(authenticator, client).await,
            #[cfg(feature = "jwt")]
            Self::Jwt { token, .. } => token.grant(authenticator),
        }
    }

    fn can_renew(&self) -> bool {
        match self {
            Self::OAuth2(source) => source.can_renew(),
            Self::Session(_) => true,
            #[cfg(feature = "aws")]
            Self::Keys(_) => true,
            #[cfg(feature = "jwt")]
            Self::Jwt { .. } => true,
        }
    }

    #[cfg_attr(
        not(feature = "aws"),
        expect(unused_variables, reason = "only AWS signs for a service")
    )]
    fn carry(
        &self,
        grant: &Grant,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<(), Problem> {
        match self {
            Self::OAuth2(_) => bearer(BEARER, grant, request),
            #[cfg(feature = "jwt")]
            Self::Jwt { word, .. } => bearer(word, grant, request),
            Self::Session(session) => session.carry(grant, request.headers),
            #[cfg(feature = "aws")]
            Self::Keys(source) => source.carry(grant, request, server),
        }
    }
}

fn bearer(word: &str, grant: &Grant, request: &mut Signable<'_>) -> Result<(), Problem> {
    let token = grant.values.first().map(ExposeSecret::expose_secret).unwrap_or_default();
    request.headers.insert(AUTHORIZATION, secret_value(&format!("{word} {token}"))?);
    Ok(())
}

fn secret_value(text: &str) -> Result<HeaderValue, Problem> {
    let mut value = HeaderValue::from_str(text).map_err(|_| {
        Problem::build("what the vendor gave cannot be sent in a header".to_owned())
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Puts a key where it belongs. Keys of sessions do not travel in queries that are built already.
fn put_key(
    headers: &mut HeaderMap,
    location: KeyLocation,
    name: &str,
    text: &str,
) -> Result<(), Problem> {
    let header = |name: &str| {
        HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| Problem::build(format!("`{}` cannot name a header", name.escape_debug())))
    };
    if location == KeyLocation::Cookie {
        let present =
            headers.get(COOKIE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let cookie = present.map_or_else(
            || format!("{name}={text}"),
            |present| format!("{present}; {name}={text}"),
        );
        headers.insert(COOKIE, secret_value(&cookie)?);
    } else {
        headers.insert(header(name)?, secret_value(text)?);
    }
    Ok(())
}

/// Why a request cannot be authenticated. It contains no secret, and can be shown to everyone who waited for it.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) status: Option<http::StatusCode>,
    pub(crate) code: Option<String>,
    /// Whether it may succeed later.
    pub(crate) passes: bool,
}

impl Problem {
    pub(crate) fn build(message: String) -> Self {
        Self { kind: ErrorKind::Build, message, status: None, code: None, passes: false }
    }

    fn refused(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Authentication,
            message: message.into(),
            status: None,
            code: None,
            passes: false,
        }
    }

    pub(crate) fn into_error(self, action: &'static crate::descriptor::Action) -> Error {
        Error::new(self.kind, action, self.message).with(|details| {
            details.status = self.status;
            details.code = self.code;
            details.retryable = self.passes;
        })
    }
}
