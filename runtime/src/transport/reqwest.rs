//! The default transport.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};

use super::{BoxFuture, Transport, TransportError};

/// The most bytes of a response that are kept in memory.
const MAX_BODY: usize = 512 * 1024 * 1024;

/// HTTP by way of `reqwest`. Clones share one pool of connections.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A pool of connections with the settings that the engine relies on. Fails if TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map(Self)
            .map_err(failed)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let mut request = reqwest::Request::try_from(request).map_err(failed)?;
            *request.timeout_mut() = Some(timeout);
            let response = self.0.execute(request).await.map_err(failed)?;
            read(response).await
        })
    }
}

async fn read(mut response: reqwest::Response) -> Result<Response<Bytes>, TransportError> {
    let mut head = Response::new(Bytes::new());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(TransportError::new(format!("the response is longer than {MAX_BODY} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(head.map(|_| body.freeze()))
}

/// The address goes first: it may hold keys.
fn failed(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_timeout() {
        return TransportError::timeout().with_source(error);
    }
    let message = if error.is_connect() { "the connection failed" } else { "the exchange failed" };
    TransportError::new(message).with_source(error)
}
