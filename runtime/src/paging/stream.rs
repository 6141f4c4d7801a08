//! Streams of pages and items. Streams are lazy. After an error, the resume token points at the page that failed.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_json::Value;

use super::{next, token};
use crate::call::Call;
use crate::document::{Document, Json};
use crate::error::{Error, ErrorKind};
use crate::response::{Raw, Response};
use crate::transport::BoxFuture;
use crate::untyped::Untyped;
use crate::view::{FromView as _, Mismatch, Typed, View};

/// An action with a paginated list as its result.
pub trait Paged {
    /// An item of the list.
    type Item: ?Sized;
}

impl<T: ?Sized> Call<T> {
    /// Returns a stream of the pages, starting with the page of this call. An action without pagination has one page.
    pub fn pages(self) -> Pages<T> {
        Pages { walk: Walk::new(self.untyped().clone()), marker: PhantomData }
    }

    /// Returns a stream of the items of all pages, of the type `I`.
    pub fn items<I: ?Sized>(self) -> Items<I> {
        Items {
            walk: Walk::new(self.untyped().clone()),
            page: None,
            left: None,
            marker: PhantomData,
        }
    }

    /// Resumes where a stream of this action ended. Fails if the token is not from this action.
    pub fn resume(self, token: &str) -> Result<Self, token::BadToken> {
        token::read(self.untyped(), token).map(Self::wrap)
    }
}

/// The state of a walk through the pages.
#[derive(Default)]
struct Walk {
    /// The call for the next page; `None` after the last.
    next: Option<Untyped>,
    /// The number of items of that page that were returned before: by the stream that this one resumes, or by this one, if the page's successor
    /// cannot be requested and the page has to be requested again.
    skip: u64,
    /// The number of items of the page that was returned last that were returned before.
    skipped: u64,
    /// The call for the page that was returned last.
    current: Option<Untyped>,
    /// A hash of the items of that page; `None` if it has none.
    items: Option<u64>,
    pending: Option<BoxFuture<'static, (Untyped, Result<Raw, Error>)>>,
    /// Hashes of the visited pages, to detect a server that repeats pages. Eight bytes per page.
    seen: HashSet<u64>,
    /// The number of pages that may still be requested.
    left: Option<u64>,
}

impl Walk {
    fn new(first: Untyped) -> Self {
        let skip = first.skip;
        let next = Some(Untyped { skip: 0, ..first });
        Self { next, skip, ..Self::default() }
    }

    #[cfg(feature = "blocking")]
    fn take(&mut self) -> Self {
        let ended = Self { left: Some(0), ..Self::default() };
        std::mem::replace(self, ended)
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Raw, Error>>> {
        if self.pending.is_none() {
            let Some(call) = self.next.clone().filter(|_| self.left != Some(0)) else {
                return Poll::Ready(None);
            };
            self.left = self.left.map(|left| left - 1);
            if !remembers(&call) && !self.seen.insert(place(&call)) {
                self.left = Some(0);
                let message = "the server returned a page that was already visited; stopping";
                return Poll::Ready(Some(Err(Error::new(ErrorKind::Decode, call.action, message))));
            }
            self.pending = Some(Box::pin(async move {
                let result = call.clone().send().await;
                (call, result)
            }));
        }
        let Some(pending) = &mut self.pending else { return Poll::Ready(None) };
        let (call, result) = ready!(pending.as_mut().poll(context));
        self.pending = None;
        Poll::Ready(Some(self.turn(&call, result)))
    }

    /// Requests the next page. After an error the position does not change, so the token points at the page that failed.
    fn turn(&mut self, call: &Untyped, result: Result<Raw, Error>) -> Result<Raw, Error> {
        let next = match &result {
            Ok(raw) => {
                let items = items_hash(raw);
                if items.is_some() && items == self.items {
                    self.left = Some(0);
                    let message =
                        "the server returned the items of the previous page again; stopping";
                    return Err(Error::new(ErrorKind::Decode, call.action, message).about(raw));
                }
                self.items = items;
                self.skipped = std::mem::take(&mut self.skip);
                self.current = Some(call.clone());
                match call.action.paging.as_ref().map(|paging| next::next(call, paging, raw)) {
                    None => Ok(None),
                    Some(next) => next,
                }
            }
            Err(_) => {
                self.left = Some(0);
                return result;
            }
        };
        match next {
            Ok(next) => self.next = next,
            // The page is good, its successor is not: the failure comes when that is asked for. Until then, and after it, the position is this page.
            Err(error) => {
                self.skip = if remembers(call) { 0 } else { count(&result) };
                self.pending = Some(Box::pin(std::future::ready((call.clone(), Err(error)))));
            }
        }
        result
    }
}

/// Whether the vendor remembers which page comes next, so that one request stands for several pages.
fn remembers(call: &Untyped) -> bool {
    call.action.paging.as_ref().is_some_and(super::remembers)
}

/// The number of items of a page.
fn count(page: &Result<Raw, Error>) -> u64 {
    let items = page
        .as_ref()
        .ok()
        .and_then(|page| page.json.pointer(page.action.paging.as_ref()?.items())?.length());
    items.unwrap_or_default() as u64
}

/// A hash of the items of a page, to detect a server that ignores which page is requested. `None` if there are no items.
fn items_hash(page: &Raw) -> Option<u64> {
    let items = page.json.pointer(page.action.paging.as_ref()?.items())?;
    let mut hasher = DefaultHasher::new();
    items.length().filter(|count| *count > 0)?;
    hash(items, &mut hasher);
    Some(hasher.finish())
}

/// Hashes what a view contains. Documents are at most 127 levels deep.
fn hash(view: View<'_>, hasher: &mut DefaultHasher) {
    let kind = view.what();
    std::mem::discriminant(&kind).hash(hasher);
    match kind {
        Json::Null | Json::Broken => {}
        Json::Bool(flag) => flag.hash(hasher),
        Json::Number(number) => number.hash(hasher),
        Json::Text(text) => text.hash(hasher),
        Json::Array => {
            view.length().hash(hasher);
            view.children().for_each(|item| hash(item, hasher));
        }
        Json::Object => {
            for (key, value) in view.entries() {
                key.hash(hasher);
                hash(value, hasher);
            }
        }
    }
}

/// What tells one page from another.
fn place(call: &Untyped) -> u64 {
    let mut hasher = DefaultHasher::new();
    call.address.as_ref().map(url::Url::as_str).hash(&mut hasher);
    for (key, value) in call.arguments.values.iter() {
        (key, value.to_string()).hash(&mut hasher);
    }
    hasher.finish()
}

/// A stream of the pages of a result.
#[must_use = "streams are lazy: no page is requested until the stream is polled"]
pub struct Pages<T: ?Sized> {
    walk: Walk,
    marker: PhantomData<fn() -> Box<T>>,
}

impl<T: ?Sized> Pages<T> {
    /// Returns the next page, or `None` after the last page or an error.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error>> {
        poll_fn(|context| self.walk.poll_page(context))
            .await
            .map(|result| result.map(Response::new))
    }

    /// Limits the number of pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.left = Some(pages);
        self
    }

    /// Returns a token to resume from later with [`Call::resume`], or `None` at the end. It contains no credentials.
    #[must_use]
    pub fn resume_token(&self) -> Option<String> {
        self.walk.next.as_ref().map(token::write)
    }
}

#[cfg(feature = "blocking")]
impl<T: ?Sized> Pages<T> {
    /// The stream itself, and an ended one in its place.
    pub(crate) fn take(&mut self) -> Self {
        Self { walk: self.walk.take(), marker: PhantomData }
    }
}

impl<T: ?Sized> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.walk.poll_page(context).map(|page| page.map(|result| result.map(Response::new)))
    }
}

impl<T: ?Sized> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("seen", &self.walk.seen.len()).finish_non_exhaustive()
    }
}

/// The items of a page that are left.
struct Page {
    document: Arc<Document>,
    next: u32,
    left: usize,
    /// The number of items that were taken or skipped.
    taken: u64,
}

impl Page {
    /// `None` if the page has no list where its items should be.
    fn new(page: Raw) -> Option<Self> {
        let pointer = page
            .action
            .paging
            .as_ref()
            .map_or(page.action.output.at.as_str(), |paging| paging.items());
        let list = page.json.pointer(pointer)?;
        let (left, next) = (list.length()?, list.node + 1);
        if !std::ptr::eq(list.whole, list.document) {
            // A list in a part of a page that was not expected to have one.
            let document = Arc::new(list.to_value().into());
            return Some(Self { document, next: 1, left, taken: 0 });
        }
        Some(Self { document: page.json, next, left, taken: 0 })
    }

    /// Passes over items that were returned before the stream was resumed.
    fn skip(&mut self, items: u64) {
        for _ in 0..items {
            if self.take().is_none() {
                return;
            }
        }
    }

    /// The node of the next item.
    fn take(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        self.taken += 1;
        let node = self.next;
        self.next = self.document.after(node);
        Some(node)
    }

    fn next_item<I: ?Sized>(&mut self) -> Option<Item<I>> {
        let node = self.take()?;
        Some(Item { document: Arc::clone(&self.document), node, marker: PhantomData })
    }
}

/// A stream of the items of all pages.
#[must_use = "streams are lazy: no page is requested until the stream is polled"]
pub struct Items<I: ?Sized> {
    walk: Walk,
    page: Option<Page>,
    left: Option<u64>,
    marker: PhantomData<fn() -> Box<I>>,
}

impl<I: ?Sized> Items<I> {
    /// Returns the next item, or `None` after the last item or an error.
    pub async fn next(&mut self) -> Option<Result<Item<I>, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Collects all remaining items. Fails with the first error.
    pub async fn collect(mut self) -> Result<Vec<Item<I>>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    /// Limits the number of items; no further page is requested.
    pub fn limit(mut self, items: u64) -> Self {
        self.left = Some(items);
        self
    }

    /// Limits the number of pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.left = Some(pages);
        self
    }

    /// Returns a token to resume from later with [`Call::resume`]: the stream continues after the last item that was taken. `None` at the end,
    /// and within a page that cannot be requested again because the server stores the position. It contains no credentials.
    ///
    /// Within a page, the token contains the number of its items that were taken; the page is requested again.
    #[must_use]
    pub fn resume_token(&self) -> Option<String> {
        let (call, skip) = match self.page.as_ref().filter(|page| page.left > 0) {
            Some(page) => (self.walk.current.as_ref().filter(|call| !remembers(call)), page.taken),
            None => (self.walk.next.as_ref(), self.walk.skip),
        };
        Some(token::write(&Untyped { skip, ..call?.clone() }))
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Item<I>, Error>>> {
        loop {
            if self.left == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = self.page.as_mut().and_then(Page::next_item) {
                self.left = self.left.map(|left| left - 1);
                return Poll::Ready(Some(Ok(item)));
            }
            self.page = None;
            match ready!(self.walk.poll_page(context)) {
                Some(Ok(raw)) => {
                    self.page = Page::new(raw);
                    if let Some(page) = &mut self.page {
                        page.skip(self.walk.skipped);
                    }
                }
                Some(Err(error)) => {
                    self.left = Some(0);
                    return Poll::Ready(Some(Err(error)));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<I: ?Sized> Items<I> {
    /// The stream itself, and an ended one in its place.
    pub(crate) fn take(&mut self) -> Self {
        Self {
            walk: self.walk.take(),
            page: self.page.take(),
            left: self.left,
            marker: PhantomData,
        }
    }
}

impl<I: ?Sized> Stream for Items<I> {
    type Item = Result<Item<I>, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<<Self as Stream>::Item>> {
        self.poll_item(context)
    }
}

impl<I: ?Sized> fmt::Debug for Items<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.walk.seen.len())
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// An item of a list. It shares the memory of its page.
pub struct Item<I: ?Sized> {
    document: Arc<Document>,
    node: u32,
    marker: PhantomData<fn() -> Box<I>>,
}

impl<I: ?Sized> Item<I> {
    /// Returns the item as JSON. The JSON of the whole page is built on first use; [`output`](Self::output) does not need it.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.view().json()
    }

    fn view(&self) -> View<'_> {
        View::at(&self.document, self.node)
    }
}

impl<I: Typed + ?Sized> Item<I> {
    /// Returns the item. Fails if it has another type.
    pub fn output(&self) -> Result<I::Of<'_>, Mismatch> {
        I::Of::from_view(self.view())
    }
}

impl<I: ?Sized> Clone for Item<I> {
    fn clone(&self) -> Self {
        Self { document: Arc::clone(&self.document), node: self.node, marker: PhantomData }
    }
}

impl<I: ?Sized> fmt::Debug for Item<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.view().to_json(), f)
    }
}
