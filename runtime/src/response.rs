//! What came back.

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

/// Stands for a result that says nothing beyond its status.
#[derive(Clone, Copy, Debug)]
pub struct Empty;

/// Stands for a result of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Binary;

/// Stands for a result of text.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// A successful answer whose result is a `T`.
pub struct Response<T: ?Sized> {
    raw: Raw,
    marker: PhantomData<fn() -> Box<T>>,
}

/// An answer without a type: generic code stays thin over it.
#[derive(Clone)]
pub(crate) struct Raw {
    pub(crate) action: &'static Action,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) json: Arc<Document>,
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

    /// The status; of what is not HTTP always 200.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// The body, as it came.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.raw.body
    }

    /// The body, as it came.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.raw.body
    }

    /// The whole body as JSON; `null` if it is none. It is made when it is first asked for: [`output`](Self::output) needs none.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.raw.json.json()
    }

    /// The body as text; what is not UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.raw.body)
    }

    /// What the vendor calls the request, to quote in a support case.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }
}

impl<T: Typed + ?Sized> Response<T> {
    /// The result. Fails if the body holds something else in its place.
    pub fn output(&self) -> Result<T::Of<'_>, Mismatch> {
        let at = self.raw.action.output.at;
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
