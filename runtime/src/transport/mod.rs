//! The boundary between the engine and the network: one object-safe trait, the default HTTP client, what
//! speaks other protocols, and a transport in memory.

mod body;
mod memory;
mod middleware;
#[cfg(any(feature = "tcp", test))]
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
/// An implementation follows no redirect (the engine decides which host may see credentials) and sends nothing again. It need not watch
/// the clock: the engine drops what takes too long, and nothing may go on when that happens.
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

/// With a request: it goes where an answer said, so that no private network is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stranger;

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    timeout: bool,
    too_long: bool,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// The request failed on its way. The message must hold neither credentials nor the address's query.
    pub fn new(message: impl Into<String>) -> Self {
        Self { timeout: false, too_long: false, message: message.into(), source: None }
    }

    /// No response came in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self {
            timeout: true,
            too_long: false,
            message: "no response in time".to_owned(),
            source: None,
        }
    }

    /// The response is longer than the engine takes.
    #[cfg(feature = "tds")]
    pub(crate) fn too_long() -> Self {
        Self { too_long: true, ..Self::new("the response is too long") }
    }

    pub(crate) fn is_too_long(&self) -> bool {
        self.too_long
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
        self.timeout
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
