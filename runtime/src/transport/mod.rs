//! The boundary between the engine and the network: one object-safe trait, the default HTTP client, what
//! speaks other protocols, and a transport in memory.

mod body;
mod memory;
mod middleware;
mod network;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tcp")]
mod tcp;
#[cfg(feature = "tds")]
mod tds;

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;

pub use body::{Body, Incomplete};
pub(crate) use body::{Once, Source, Watch};
pub use memory::MemoryTransport;
pub(crate) use middleware::Layered;
pub use middleware::{Middleware, Next};
pub use network::Stranger;
pub(crate) use network::is_private;
#[cfg(feature = "reqwest")]
pub use reqwest::{ReqwestTransport, Tls};
#[cfg(feature = "tcp")]
pub use tcp::TcpTransport;
#[cfg(feature = "tds")]
pub use tds::TdsTransport;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns its response as soon as the head is there.
///
/// An implementation follows no redirect (the engine decides which host may see credentials) and sends nothing again. A request with the mark
/// [`Stranger`] goes to the public internet only, unless the user allows more. It need not watch the clock: the engine drops what takes too long, and nothing may go on
/// when that happens.
pub trait Transport: Send + Sync + 'static {
    /// Sends it.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// With a request: the most bytes of its answer that the engine takes.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "tds"),
    expect(dead_code, reason = "bodies that stream are cut by their reader")
)]
pub(crate) struct MostBytes(pub(crate) usize);

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    kind: Kind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What the engine tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Lost,
    Timeout,
    TooLong,
    PrivateNetwork,
}

impl TransportError {
    /// The request failed on its way. The message must hold neither credentials nor the address's query.
    pub fn new(message: impl Into<String>) -> Self {
        Self::of(Kind::Lost, message)
    }

    fn of(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// No response came in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self::of(Kind::Timeout, "no response in time")
    }

    /// The request was to reach [public addresses only](Stranger::public_only), and its host has none. Nothing was sent.
    #[must_use]
    pub fn private_network() -> Self {
        Self::of(Kind::PrivateNetwork, "the host is in a private network")
    }

    /// Whether nothing was sent, because the host is in a private network.
    #[must_use]
    pub fn is_private_network(&self) -> bool {
        self.kind == Kind::PrivateNetwork
    }

    /// The response is longer than the engine takes.
    #[cfg(feature = "tds")]
    pub(crate) fn too_long() -> Self {
        Self::of(Kind::TooLong, "the response is too long")
    }

    pub(crate) fn is_too_long(&self) -> bool {
        self.kind == Kind::TooLong
    }

    /// The error with what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether no response came in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == Kind::Timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
