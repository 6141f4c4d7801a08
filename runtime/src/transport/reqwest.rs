//! The default transport.

use std::fmt::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::request::Parts as Head;
use http::{Request, Response};
use http_body::Body as _;
#[cfg(feature = "rustls")]
use secrecy::ExposeSecret as _;
use secrecy::SecretString;
use url::Url;

use super::{Body, BoxFuture, Transport, TransportError};

/// Most addresses have room in so many bytes.
const ROOM: usize = 256;

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
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never());
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
        f.debug_struct("Tls")
            .field("roots", &self.roots.len())
            .field("identity", &self.identity.is_some())
            .finish()
    }
}

#[cfg(feature = "rustls")]
fn certificates(
    mut builder: reqwest::ClientBuilder,
    tls: &Tls,
) -> Result<reqwest::ClientBuilder, TransportError> {
    let unreadable =
        |what: &str| TransportError::new(format!("{what} cannot be read: it must be PEM"));
    let mut roots = Vec::new();
    for pem in &tls.roots {
        let found = reqwest::Certificate::from_pem_bundle(pem.as_bytes())
            .map_err(|_| unreadable("a certificate of an authority"))?;
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
        let identity = reqwest::Identity::from_pem(pem.as_bytes())
            .map_err(|_| unreadable("the client's certificate or key"))?;
        builder = builder.identity(identity);
    }
    Ok(builder)
}

#[cfg(not(feature = "rustls"))]
fn certificates(
    builder: reqwest::ClientBuilder,
    tls: &Tls,
) -> Result<reqwest::ClientBuilder, TransportError> {
    if tls.roots.is_empty() && tls.identity.is_none() {
        return Ok(builder);
    }
    Err(TransportError::new("certificates need TLS: the feature `rustls`"))
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (mut head, body) = request.into_parts();
            let body = match body.as_bytes() {
                Some(bytes) => reqwest::Body::from(bytes),
                None => {
                    if let Some(length) = body.length() {
                        head.headers.insert(CONTENT_LENGTH, length.into());
                    }
                    reqwest::Body::wrap_stream(body)
                }
            };
            let request = addressed(head, body)?;
            let response = self.0.execute(request).await.map_err(failed)?;
            let length = response.content_length();
            Ok(Response::from(response).map(|body| Body::from_stream(Chunks(body), length)))
        })
    }
}

/// What `reqwest` makes of a request by itself, with fewer copies of the address.
fn addressed(head: Head, body: reqwest::Body) -> Result<reqwest::Request, TransportError> {
    let mut address = String::with_capacity(ROOM);
    let _ = write!(address, "{}", head.uri);
    let url = Url::parse(&address).map_err(|_| TransportError::new("the address is not valid"))?;
    let mut request = reqwest::Request::new(head.method, url);
    *request.version_mut() = head.version;
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(body);
    Ok(request)
}

/// The bytes of a response, with errors that hold no address.
struct Chunks(reqwest::Body);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            // Frames that are no data are trailers, which nobody asks for.
            match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(failed(error)))),
                None => return Poll::Ready(None),
            }
        }
    }
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
