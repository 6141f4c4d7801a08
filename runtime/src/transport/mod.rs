//! The boundary between the engine and the network: one object-safe trait, the default HTTP client, and a transport in memory.

mod body;
mod memory;
mod middleware;
#[cfg(feature = "reqwest")]
mod reqwest;

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

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns its response as soon as the head is there.
///
/// An implementation follows no redirect (the engine decides which host may see credentials) and sends nothing again. It need not watch
/// the clock: the engine drops what takes too long, and nothing may go on when that happens.
pub trait Transport: Send + Sync + 'static {
    /// Sends it.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    timeout: bool,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TransportError {
    /// The request failed on its way. The message must hold neither credentials nor the address's query.
    pub fn new(message: impl Into<String>) -> Self {
        Self { timeout: false, message: message.into(), source: None }
    }

    /// No response came in time.
    #[must_use]
    pub fn timeout() -> Self {
        Self { timeout: true, message: "no response in time".to_owned(), source: None }
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
