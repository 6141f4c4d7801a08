//! Responses.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::descriptor::Action;
use crate::document::Document;
use crate::view::{FromView, Mismatch, Typed};

/// The result type of actions without a response body.
#[derive(Clone, Copy, Debug)]
pub struct Empty;

/// The result type of actions that return binary data.
#[derive(Clone, Copy, Debug)]
pub struct Binary;

/// The result type of actions that return text.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// A successful response with a result of the type `T`.
pub struct Response<T: ?Sized> {
    raw: Raw,
    marker: PhantomData<fn() -> Box<T>>,
}

/// An untyped response, so that generic code stays thin.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) action: &'static Action,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) json: Arc<Document>,
    /// The URL of the request, without its query, if relative URLs in the response are resolved against it: that of a page.
    pub(crate) address: Option<String>,
}

impl Raw {
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(self.action, &self.headers)
    }
}

pub(crate) fn request_id<'a>(action: &Action, headers: &'a HeaderMap) -> Option<&'a str> {
    headers.get(action.integration.errors.request_id_header.as_ref()?)?.to_str().ok()
}

impl<T: ?Sized> Response<T> {
    pub(crate) fn new(raw: Raw) -> Self {
        Self { raw, marker: PhantomData }
    }

    pub(crate) fn raw(&self) -> &Raw {
        &self.raw
    }

    /// Returns the HTTP status; 200 for other protocols.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// Returns a header, if it is text: what a vendor says beside the body.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.raw.headers.get(name)?.to_str().ok()
    }

    /// Returns the raw body.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.raw.body
    }

    /// Returns the raw body.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.raw.body
    }

    /// Returns the whole body as JSON, or `null` if it is not JSON. A value that cannot be read is its text; [`unreadable`](Self::unreadable) lists
    /// those. It is built on first use; [`output`](Self::output) does not need it.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.raw.json.json()
    }

    /// Returns the places of the body that cannot be read: a text with half a character or bytes that are not UTF-8, a number out of range, or what
    /// is nested deeper than 127 levels. Each is an error of its own accessor, and the rest is readable.
    #[must_use]
    pub fn unreadable(&self) -> Vec<Mismatch> {
        self.raw.json.unreadable()
    }

    /// Returns the body as text; invalid UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.raw.body)
    }

    /// Returns the vendor's request ID, for support cases.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }
}

impl<T: Typed + ?Sized> Response<T> {
    /// Returns the result. Fails if the body has something else in its place.
    pub fn output(&self) -> Result<T::Of<'_>, Mismatch> {
        let at = self.raw.action.output.at.as_str();
        let place = self.raw.json.pointer(at).ok_or_else(|| Mismatch::missing(at, "the result"))?;
        T::Of::from_view(place)
    }
}

impl<T: ?Sized> Clone for Response<T> {
    fn clone(&self) -> Self {
        Self::new(self.raw.clone())
    }
}

impl<T: ?Sized> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("action", &self.raw.action.name())
            .field("status", &self.raw.status)
            .field("bytes", &self.raw.body.len())
            .finish_non_exhaustive()
    }
}
