//! The default transport.

use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
#[cfg(feature = "rustls")]
use secrecy::ExposeSecret as _;
use secrecy::SecretString;

use super::{BoxFuture, Transport, TransportError};

/// The most bytes of a response that are kept in memory.
const MAX_BODY: usize = 512 * 1024 * 1024;

/// HTTP by way of `reqwest`. Clones share one pool of connections.
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// A pool of connections with the settings that the engine relies on; proxies as the environment says. Fails if TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::with(&Tls::default())
    }

    /// The same with certificates of the user's own.
    pub fn with(tls: &Tls) -> Result<Self, TransportError> {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
        certificates(builder, tls)?.build().map(Self).map_err(failed)
    }
}

/// Certificates of the user's own.
#[derive(Clone, Default)]
pub struct Tls {
    /// Certificates of authorities to trust beside the system's, PEM.
    pub roots: Vec<String>,
    /// The client's certificate with its chain, and its private key, both PEM.
    pub identity: Option<(String, SecretString)>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("roots", &self.roots.len()).field("identity", &self.identity.is_some()).finish()
    }
}

#[cfg(feature = "rustls")]
fn certificates(mut builder: reqwest::ClientBuilder, tls: &Tls) -> Result<reqwest::ClientBuilder, TransportError> {
    let unreadable = |what: &str| TransportError::new(format!("{what} cannot be read: it must be PEM"));
    let mut roots = Vec::new();
    for pem in &tls.roots {
        let found = reqwest::Certificate::from_pem_bundle(pem.as_bytes()).map_err(|_| unreadable("a certificate of an authority"))?;
        if found.is_empty() {
            return Err(unreadable("a certificate of an authority"));
        }
        roots.extend(found);
    }
    if !roots.is_empty() {
        builder = builder.tls_certs_merge(roots);
    }
    if let Some((certificate, key)) = &tls.identity {
        let pem = format!("{}\n{}", certificate.trim(), key.expose_secret().trim());
        // The cause may quote the key.
        let identity = reqwest::Identity::from_pem(pem.as_bytes()).map_err(|_| unreadable("the client's certificate or key"))?;
        builder = builder.identity(identity);
    }
    Ok(builder)
}

#[cfg(not(feature = "rustls"))]
fn certificates(builder: reqwest::ClientBuilder, tls: &Tls) -> Result<reqwest::ClientBuilder, TransportError> {
    if tls.roots.is_empty() && tls.identity.is_none() {
        return Ok(builder);
    }
    Err(TransportError::new("certificates need TLS: the feature `rustls`"))
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
