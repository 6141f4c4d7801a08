//! The connection to an integration: servers, credentials, limits, transport.

mod address;
mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use url::{Origin, Url};

pub use builder::{BuildError, ClientBuilder};

use crate::auth::Authenticator;
use crate::descriptor::Integration;
use crate::error::Error;
use crate::limits::Limits;
use crate::redact::Redactor;
use crate::transport::{Transport, is_private};

/// A connection to one integration. Clones are cheap and share all state.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    integration: &'static Integration,
    /// The URL of each server without a trailing slash, or why it has none.
    servers: Vec<(&'static str, Result<String, String>)>,
    default_server: &'static str,
    /// Whether the base URL was replaced.
    replaced: bool,
    allows_private_networks: bool,
    authenticator: Option<Authenticator>,
    headers: Vec<(HeaderName, HeaderValue)>,
    timeout: Option<Duration>,
    deadline: Option<Duration>,
    max_tries: Option<u32>,
    max_response_bytes: usize,
    max_response_memory: usize,
    limits: Limits,
    transport: Arc<dyn Transport>,
}

/// How far a response may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A server of the integration, wherever that is.
    Own,
    /// Another host; the user allows any.
    Any,
    /// A host of the public internet, which is checked when its name is resolved.
    PublicOnly,
    /// A host in a private network.
    Nowhere,
}

impl Client {
    /// Returns a builder for a connection to an integration.
    #[must_use]
    pub fn builder(integration: &'static Integration) -> ClientBuilder {
        ClientBuilder::new(integration)
    }

    /// Returns the descriptor of the integration.
    #[must_use]
    pub fn integration(&self) -> &'static Integration {
        self.0.integration
    }

    /// Returns the URL of a server, or of the default server of this client.
    pub(crate) fn address(&self, server: Option<&str>) -> Result<&str, String> {
        let wanted = server.unwrap_or(self.0.default_server);
        let found = self.0.servers.iter().find(|(name, _)| *name == wanted);
        match found {
            Some((_, address)) => address.as_deref().map_err(Clone::clone),
            None => Err(format!("unknown server `{wanted}`")),
        }
    }

    /// Whether a URL is on a host of this integration. Credentials are sent only to these hosts.
    pub(crate) fn owns(&self, address: &Url) -> bool {
        let origin = address.origin();
        let same = |base: &String| Url::parse(base).is_ok_and(|base| base.origin() == origin);
        matches!(origin, Origin::Tuple(..))
            && address.username().is_empty()
            && address.password().is_none()
            && self.0.servers.iter().any(|(_, base)| base.as_ref().is_ok_and(same))
    }

    /// How far a response may lead that names this URL: the one rule for redirects and referrals, over every protocol.
    pub(crate) fn reach(&self, address: &Url) -> Reach {
        if self.owns(address) {
            Reach::Own
        } else if self.0.allows_private_networks {
            Reach::Any
        } else if is_private(address) {
            Reach::Nowhere
        } else {
            Reach::PublicOnly
        }
    }

    /// Ends the session on the server, if there is one. The next call starts a new session.
    pub async fn log_out(&self) -> Result<(), Error> {
        let Some(authenticator) = &self.0.authenticator else { return Ok(()) };
        authenticator
            .log_out(self)
            .await
            .map_err(|problem| problem.into_error(None).redacted(&self.redactor()))
    }

    /// The secrets of the connection: credentials, obtained tokens, and the headers that the user set, which may hold anything.
    pub(crate) fn redactor(&self) -> Redactor {
        let mut redactor = Redactor::default();
        for secret in self.authenticator().map(Authenticator::every_secret).unwrap_or_default() {
            redactor.add(secret.expose_secret());
        }
        self.headers().iter().for_each(|(_, value)| redactor.add_header(value));
        redactor
    }

    pub(crate) fn authenticator(&self) -> Option<&Authenticator> {
        self.0.authenticator.as_ref()
    }

    /// The name of a server, or of the default server of this client.
    pub(crate) fn server_name(&self, server: Option<&'static str>) -> &'static str {
        server.unwrap_or(self.0.default_server)
    }

    /// Whether the base URL was replaced.
    pub(crate) fn is_replaced(&self) -> bool {
        self.0.replaced
    }

    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.0.deadline
    }

    pub(crate) fn max_tries(&self) -> Option<u32> {
        self.0.max_tries
    }

    pub(crate) fn max_response_bytes(&self) -> usize {
        self.0.max_response_bytes
    }

    pub(crate) fn max_response_memory(&self) -> usize {
        self.0.max_response_memory
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }

    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.0.timeout
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("integration", &self.0.integration.id)
            .field("server", &self.address(None))
            .field("authentication", &self.0.authenticator.as_ref().map(Authenticator::name))
            .finish_non_exhaustive()
    }
}
