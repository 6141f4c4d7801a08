//! Authentication: adds credentials to requests.
//!
//! Fixed credentials are written when a request is built (`encode`); signatures, tokens and sessions are added here, right before a
//! request is sent. `scheme` has a file for each authentication scheme.

mod credentials;
mod exchange;
mod problem;
mod request;
mod scheme;
mod setup;
#[cfg(any(feature = "jwt", feature = "oci"))]
mod signing_key;
mod token_cache;

use std::sync::Arc;

use http::HeaderMap;
use secrecy::SecretString;
use tracing::Instrument as _;

use crate::client::Client;
use scheme::{Prepared, Scheme};
use token_cache::{Grant, TokenCache};

use credentials::Credentials;
pub(crate) use credentials::nonce;
pub(crate) use problem::Problem;
pub(crate) use request::{Carrier, Query, Signable, header_name};
pub(crate) use scheme::RefreshHook;
#[cfg(feature = "hmac")]
pub(crate) use scheme::hash_text;
pub(crate) use setup::{Setup, authenticator, full_name};

/// An authentication scheme with the credentials of a client.
pub(crate) struct Authenticator {
    scheme: &'static dyn Scheme,
    credentials: Credentials,
    prepared: Prepared,
    cache: TokenCache,
}

/// The grant that a request was sent with; it is named when the server refuses the request.
pub(crate) struct UsedGrant {
    generation: u64,
}

impl Authenticator {
    /// The name of the scheme in the spec.
    pub(crate) fn name(&self) -> &'static str {
        self.credentials.scheme
    }

    /// The client certificate with its chain, and its private key, both PEM.
    pub(crate) fn certificate(&self) -> Option<(&SecretString, &SecretString)> {
        match &self.prepared {
            Prepared::Tls { certificate, key } => Some((certificate, key)),
            Prepared::Fixed(_) | Prepared::Signed(_) | Prepared::Cached(_) => None,
        }
    }

    /// The names of the query parameters that carry credentials.
    pub(crate) fn query_keys(&self) -> Vec<&str> {
        self.scheme.query_keys()
    }

    /// Whether credentials are added right before a request is sent.
    pub(crate) fn is_dynamic(&self) -> bool {
        match &self.prepared {
            Prepared::Fixed(_) | Prepared::Tls { .. } => false,
            Prepared::Signed(_) | Prepared::Cached(_) => true,
        }
    }

    /// All secrets that are known now, obtained ones included. None of them may be shown.
    pub(crate) fn every_secret(&self) -> Vec<SecretString> {
        let mut all: Vec<SecretString> = self.credentials.private().cloned().collect();
        if let Prepared::Cached(source) = &self.prepared {
            all.extend(self.cache.current().into_iter().flat_map(|grant| grant.values.clone()));
            all.extend(source.secrets());
        }
        all
    }

    /// Writes fixed credentials to a request that is being built.
    pub(crate) fn write(&self, carrier: &mut Carrier<'_>) -> Result<(), Problem> {
        match &self.prepared {
            Prepared::Fixed(fixed) => fixed.write(&self.credentials, carrier),
            Prepared::Tls { .. } | Prepared::Signed(_) | Prepared::Cached(_) => Ok(()),
        }
    }

    /// Adds credentials to a request that is about to be sent to a server.
    pub(crate) async fn apply(
        &self,
        client: &Client,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<UsedGrant, Problem> {
        let generation = match &self.prepared {
            Prepared::Fixed(_) | Prepared::Tls { .. } => 0,
            Prepared::Signed(signer) => signer.sign(&self.credentials, request, server)?,
            Prepared::Cached(source) => {
                let grant = self.grant(client).await?;
                source.carry(&grant, request, server)?;
                grant.generation
            }
        };
        Ok(UsedGrant { generation })
    }

    /// Obtains the token or session that requests need, if there is one and it is not cached. Whatever is to wait for a place in a
    /// queue calls this first, so that it holds no place while it waits for the token.
    pub(crate) async fn prepare(&self, client: &Client) -> Result<(), Problem> {
        match &self.prepared {
            Prepared::Fixed(_) | Prepared::Tls { .. } | Prepared::Signed(_) => Ok(()),
            Prepared::Cached(_) => self.grant(client).await.map(drop),
        }
    }

    async fn grant(&self, client: &Client) -> Result<Arc<Grant>, Problem> {
        self.cache
            .get(|| {
                let client = client.clone();
                async move {
                    match client.authenticator().map(|this| (&this.prepared, &this.credentials)) {
                        Some((Prepared::Cached(source), credentials)) => {
                            source.obtain(credentials, &client).await
                        }
                        _ => Err(Problem::build("the scheme obtains no token")),
                    }
                }
            })
            .await
    }

    /// Whether a request that was answered with 401 may be sent once more, with a new grant.
    pub(crate) fn refused(&self, used: &UsedGrant, headers: &HeaderMap) -> bool {
        match &self.prepared {
            Prepared::Fixed(_) | Prepared::Tls { .. } => false,
            Prepared::Signed(signer) => signer.challenged(used.generation, headers),
            Prepared::Cached(source) => {
                source.can_renew() && {
                    self.cache.forget(used.generation);
                    true
                }
            }
        }
    }

    /// Ends a session, if there is one. The request goes on when the caller is cancelled: the session is forgotten already.
    pub(crate) async fn log_out(&self, client: &Client) -> Result<(), Problem> {
        let Some(grant) = self.cache.take() else { return Ok(()) };
        let client = client.clone();
        let task = async move {
            match client.authenticator().map(|this| &this.prepared) {
                Some(Prepared::Cached(source)) => source.end(&grant, &client).await,
                _ => Ok(()),
            }
        };
        tokio::spawn(task.in_current_span())
            .await
            .unwrap_or_else(|_| Err(Problem::build("the logout ended without a result")))
    }
}
