//! The default transport.

use std::collections::HashSet;
use std::error::Error as _;
use std::fmt::{self, Write as _};
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
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

use super::{Body, BoxFuture, Stranger, Transport, TransportError, network};

/// Most addresses have room in so many bytes.
const ROOM: usize = 256;
/// The number of names that are remembered as named by responses; with more, every name counts as one.
const MAX_NAMES: usize = 4_096;

/// HTTP by way of `reqwest`. Clones share their pools of connections.
///
/// Requests with the mark [`Stranger`] have pools of their own, which send no client certificate and connect to public addresses if they must.
/// Behind a proxy, the proxy resolves names, and its rules decide where they lead.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    strangers: Arc<Strangers>,
}

/// What requests to hosts use that responses named.
#[derive(Debug)]
struct Strangers {
    roots: Vec<String>,
    names: Arc<PublicNames>,
    public: OnceLock<reqwest::Client>,
    any: OnceLock<reqwest::Client>,
}

impl ReqwestTransport {
    /// A pool of connections with the settings that the engine relies on; proxies as the environment says. Fails if TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::with(&Tls::default())
    }

    /// The same with certificates of the user's own.
    pub fn with(tls: &Tls) -> Result<Self, TransportError> {
        Ok(Self {
            client: build(reqwest::Client::builder(), tls)?,
            strangers: Arc::new(Strangers {
                roots: tls.roots.clone(),
                names: Arc::default(),
                public: OnceLock::new(),
                any: OnceLock::new(),
            }),
        })
    }
}

fn build(builder: reqwest::ClientBuilder, tls: &Tls) -> Result<reqwest::Client, TransportError> {
    let builder =
        builder.redirect(reqwest::redirect::Policy::none()).retry(reqwest::retry::never());
    certificates(builder, tls)?.build().map_err(failed)
}

impl Strangers {
    /// The client for a host that a response named. It is made when one is.
    fn client(&self, url: &Url, stranger: Stranger) -> Result<&reqwest::Client, TransportError> {
        let builder = reqwest::Client::builder();
        let (place, builder) = if stranger.public_only() {
            if network::is_private(url) {
                return Err(TransportError::private_network());
            }
            self.names.add(url.host_str().unwrap_or_default());
            (&self.public, builder.dns_resolver(Arc::clone(&self.names)))
        } else {
            (&self.any, builder)
        };
        if let Some(client) = place.get() {
            return Ok(client);
        }
        let tls = Tls { roots: self.roots.clone(), identity: None };
        let client = build(builder, &tls)?;
        Ok(place.get_or_init(|| client))
    }
}

/// Resolves names that responses gave to public addresses. Other names are those of proxies, which the user configured.
#[derive(Debug, Default)]
struct PublicNames(Mutex<HashSet<String>>);

impl PublicNames {
    fn add(&self, name: &str) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() < MAX_NAMES && !names.contains(name) {
            names.insert(name.to_owned());
        }
    }

    fn has(&self, name: &str) -> bool {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.len() >= MAX_NAMES || names.contains(name)
    }
}

impl reqwest::dns::Resolve for PublicNames {
    fn resolve(&self, name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let public_only = self.has(name.as_str());
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addresses: reqwest::dns::Addrs = if public_only {
                Box::new(network::public(found)?.into_iter())
            } else {
                Box::new(found.collect::<Vec<_>>().into_iter())
            };
            Ok(addresses)
        })
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
            let stranger = head.extensions.get::<Stranger>().copied();
            let request = addressed(head, body)?;
            let client = match stranger {
                None => &self.client,
                Some(stranger) => self.strangers.client(request.url(), stranger)?,
            };
            let response = client.execute(request).await.map_err(failed)?;
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
    if is_private_network(&error) {
        return TransportError::private_network();
    }
    let message = if error.is_connect() { "the connection failed" } else { "the exchange failed" };
    TransportError::new(message).with_source(error)
}

/// Whether the resolver refused the host.
fn is_private_network(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.downcast_ref::<TransportError>().is_some_and(TransportError::is_private_network) {
            return true;
        }
        cause = inner.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::{ReqwestTransport, Stranger};
    use crate::transport::{Body, Transport as _};

    #[tokio::test]
    async fn a_name_is_checked_once_it_is_resolved() {
        let transport = ReqwestTransport::new().expect("a transport");
        let names = &transport.strangers.names;
        names.add("localhost");
        let resolve =
            |name: &str| reqwest::dns::Resolve::resolve(&**names, name.parse().expect("a name"));
        assert!(resolve("localhost").await.is_err(), "a name that a response gave");
        let other = "http://example.com".parse().expect("a URL");
        let client = transport.strangers.client(&other, Stranger::new(true));
        let error = client.expect("a client").get("http://localhost:1/").send().await;
        assert!(super::failed(error.expect_err("it is private")).is_private_network());
    }

    #[tokio::test]
    async fn a_proxy_may_be_in_a_private_network() {
        let name = "localhost".parse().expect("a name");
        let found = reqwest::dns::Resolve::resolve(&super::PublicNames::default(), name).await;
        assert!(found.is_ok_and(|mut found| found.next().is_some()));
    }

    #[tokio::test]
    async fn an_address_is_checked_without_a_resolver() {
        let mut request = Request::get("http://127.0.0.1:1/").body(Body::default()).expect("valid");
        request.extensions_mut().insert(Stranger::new(true));
        let error = ReqwestTransport::new().expect("a transport").send(request).await;
        assert!(error.expect_err("it is private").is_private_network());
    }
}
