//! A request as it would be sent.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::line::Hops;
use super::target;
use crate::descriptor::Output;
use crate::transport::{Body, Source};

/// A request as it would be sent. `Debug` shows neither credentials nor secret parameters; the methods do.
#[derive(Clone)]
pub struct PreparedRequest {
    pub(super) method: Method,
    pub(super) url: String,
    /// The address without secrets, where that is another.
    pub(super) shown: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) body: Source,
    pub(super) timeout: Duration,
    /// The server that it goes to, by name.
    pub(super) server: &'static str,
    /// It goes to another host than the integration's, so nothing may prove who the client is.
    pub(super) bare: bool,
    /// Where the answer to a line may lead.
    pub(super) hops: Option<Hops>,
    /// The output that its answer gives; `None` of a step before the last.
    pub(super) output: Option<&'static Output>,
}

impl PreparedRequest {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The address, with keys that travel in the query.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address without secrets.
    #[must_use]
    pub fn redacted_url(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.url)
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; of files that stream, what stands around them.
    #[must_use]
    pub fn body(&self) -> Bytes {
        self.body.bytes()
    }

    /// How long it may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The server that it goes to, by name.
    pub(crate) fn server(&self) -> &'static str {
        self.server
    }

    /// Whether it goes to a stranger, who must not learn who the client is.
    pub(crate) fn is_bare(&self) -> bool {
        self.bare
    }

    /// Where its answer may lead.
    pub(crate) fn hops(&self) -> Option<&Hops> {
        self.hops.as_ref()
    }

    /// Whether an answer of this status is a success, as the action declares it.
    pub(crate) fn succeeds(&self, status: StatusCode) -> bool {
        status.is_success() || self.output.is_some_and(|output| output.succeeds(status.as_u16()))
    }

    /// Whether it can be sent a second time.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.body.is_repeatable()
    }

    /// The request to be sent; `None` of the body if it was sent and cannot be sent again.
    pub(crate) fn to_sendable(&self) -> Result<http::Request<Option<Body>>, http::Error> {
        Ok(self.to_http()?.map(|_| self.body.body()))
    }

    /// The same for another address. On another host it carries nothing but what it asks for: no key, no cookie, no header of the user's.
    pub(crate) fn moved_to(mut self, url: &Url, same_host: bool) -> Self {
        self.shown = Some(target::without_query(url.as_str()).to_owned());
        url.as_str().clone_into(&mut self.url);
        if !same_host {
            self.bare = true;
            let headers = std::mem::take(&mut self.headers);
            for name in [ACCEPT, USER_AGENT] {
                if let Some(value) = headers.get(&name) {
                    self.headers.insert(name, value.clone());
                }
            }
        }
        self
    }

    /// The request for any HTTP client, without files that stream. Fails if the address is longer than HTTP libraries allow.
    pub fn to_http(&self) -> Result<http::Request<Bytes>, http::Error> {
        let mut request = http::Request::builder()
            .method(self.method.clone())
            .uri(&self.url)
            .body(self.body.bytes())?;
        *request.headers_mut() = self.headers.clone();
        Ok(request)
    }
}

impl fmt::Debug for PreparedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreparedRequest")
            .field("method", &self.method)
            .field("url", &self.redacted_url())
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.bytes().len())
            .finish_non_exhaustive()
    }
}
