//! Where requests go, and with which credentials.

mod address;
mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use secrecy::SecretString;
use url::{Origin, Url};

pub use builder::{BuildError, ClientBuilder};

use crate::descriptor::{Authentication, Integration};
use crate::transport::Transport;

/// A connection to one integration. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    integration: &'static Integration,
    /// Each server's address without a slash at the end, or why it has none.
    servers: Vec<(&'static str, Result<String, String>)>,
    default_server: &'static str,
    credentials: Option<Credentials>,
    headers: Vec<(HeaderName, HeaderValue)>,
    timeout: Option<Duration>,
    transport: Arc<dyn Transport>,
}

/// A way to authenticate, with what it needs.
pub(crate) struct Credentials {
    pub(crate) way: &'static Authentication,
    pub(crate) secrets: Vec<SecretString>,
}

impl Client {
    /// Starts a connection to an integration.
    #[must_use]
    pub fn builder(integration: &'static Integration) -> ClientBuilder {
        ClientBuilder::new(integration)
    }

    /// The integration.
    #[must_use]
    pub fn integration(&self) -> &'static Integration {
        self.0.integration
    }

    /// The address of a server, or of the one that this client uses by default.
    pub(crate) fn address(&self, server: Option<&str>) -> Result<&str, String> {
        let wanted = server.unwrap_or(self.0.default_server);
        let found = self.0.servers.iter().find(|(name, _)| *name == wanted);
        match found {
            Some((_, address)) => address.as_deref().map_err(Clone::clone),
            None => Err(format!("there is no server `{wanted}`")),
        }
    }

    /// Whether an address is on a host of this integration, so that it may see credentials.
    pub(crate) fn owns(&self, address: &Url) -> bool {
        let origin = address.origin();
        let same = |base: &String| Url::parse(base).is_ok_and(|base| base.origin() == origin);
        matches!(origin, Origin::Tuple(..))
            && address.username().is_empty()
            && address.password().is_none()
            && self.0.servers.iter().any(|(_, base)| base.as_ref().is_ok_and(same))
    }

    pub(crate) fn credentials(&self) -> Option<&Credentials> {
        self.0.credentials.as_ref()
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
            .field("authentication", &self.0.credentials.as_ref().map(|credentials| credentials.way.name))
            .finish_non_exhaustive()
    }
}
