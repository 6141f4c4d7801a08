//! What a user puts between the engine and the network: headers, logs, proxies, tests.

use std::sync::Arc;

use http::{Request, Response};

use super::{Body, BoxFuture, Transport, TransportError};

/// Stands between the engine and the network. It sees every request as it leaves, credentials included (their header values are marked
/// sensitive), each try by itself, and may change it, answer in its place, or look at the answer.
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request; `next` sends it on.
    fn handle<'a>(
        &'a self,
        request: Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>>;
}

/// What comes after a middleware.
pub struct Next<'a> {
    rest: &'a [Arc<dyn Middleware>],
    transport: &'a dyn Transport,
}

impl<'a> Next<'a> {
    /// Sends a request on.
    pub fn send(
        self,
        request: Request<Body>,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        match self.rest {
            [] => self.transport.send(request),
            [first, rest @ ..] => first.handle(request, Next { rest, transport: self.transport }),
        }
    }
}

impl std::fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Next").field("middlewares", &self.rest.len()).finish_non_exhaustive()
    }
}

/// A transport with middlewares before it, the first one outermost.
pub(crate) struct Layered {
    pub(crate) middlewares: Vec<Arc<dyn Middleware>>,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Transport for Layered {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Next { rest: &self.middlewares, transport: &*self.transport }.send(request)
    }
}
