//! What a user puts between the engine and the network: headers, logs, proxies, tests.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::{BoxFuture, Transport, TransportError};

/// Stands between the engine and the network. It sees every request as it leaves, credentials included (their header values are marked
/// sensitive), each try by itself, and may change it, answer in its place, or look at the answer.
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request; `next` sends it on.
    fn handle<'a>(&'a self, request: Request<Bytes>, next: Next<'a>) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>>;
}

/// What comes after a middleware.
pub struct Next<'a> {
    rest: &'a [Arc<dyn Middleware>],
    transport: &'a dyn Transport,
    timeout: Duration,
}

impl<'a> Next<'a> {
    /// Sends a request on.
    pub fn send(self, request: Request<Bytes>) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        match self.rest {
            [] => self.transport.send(request, self.timeout),
            [first, rest @ ..] => first.handle(request, Next { rest, ..self }),
        }
    }

    /// How long the exchange may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }
}

impl std::fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Next").field("middlewares", &self.rest.len()).field("timeout", &self.timeout).finish_non_exhaustive()
    }
}

/// A transport with middlewares before it, the first one outermost.
pub(crate) struct Layered {
    pub(crate) middlewares: Vec<Arc<dyn Middleware>>,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Transport for Layered {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Next { rest: &self.middlewares, transport: &*self.transport, timeout }.send(request)
    }
}
