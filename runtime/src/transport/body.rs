//! Bodies of requests and responses: bytes in memory, or bytes that come as they are wanted.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Instant;

use super::TransportError;

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The most room that is made on the word of a header, before the bytes are there.
const MOST_ROOM: usize = 1 << 20;

/// A body. It is read once.
#[derive(Default)]
pub struct Body {
    /// What comes first: most bodies have nothing else.
    first: Option<Part>,
    rest: VecDeque<Part>,
}

enum Part {
    Bytes(Bytes),
    Stream(Chunks, Option<u64>),
}

impl Body {
    /// A body whose bytes come as they are wanted; with its length, if that is known.
    pub fn from_stream(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { first: Some(Part::Stream(Box::pin(stream), length)), rest: VecDeque::new() }
    }

    /// How many bytes are left, if that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.first.iter().chain(&self.rest).try_fold(0_u64, |sum, part| match part {
            Part::Bytes(bytes) => sum.checked_add(bytes.len() as u64),
            Part::Stream(_, length) => sum.checked_add((*length)?),
        })
    }

    /// The bytes, if they are all in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<Bytes> {
        match (&self.first, self.rest.is_empty()) {
            (None, _) => Some(Bytes::new()),
            (Some(Part::Bytes(bytes)), true) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// The next bytes; `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All bytes. Fails beyond a limit, with what was read until then.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, Incomplete> {
        if let Some(bytes) = self.as_bytes().filter(|bytes| bytes.len() <= limit) {
            return Ok(bytes);
        }
        let Some(first) = self.chunk().await.transpose().map_err(Incomplete::Lost)? else {
            return Ok(Bytes::new());
        };
        if first.len() > limit {
            return Err(Incomplete::TooLong(first.slice(..limit)));
        }
        let left = self.length();
        // What comes at once stays where it is.
        let Some(second) = self.chunk().await else { return Ok(first) };
        let left = left.and_then(|left| usize::try_from(left).ok()).unwrap_or_default();
        let mut all =
            Vec::with_capacity(first.len() + left.min(limit - first.len()).min(MOST_ROOM));
        all.extend_from_slice(&first);
        let mut next = Some(second);
        while let Some(chunk) = next {
            let chunk = chunk.map_err(Incomplete::Lost)?;
            let room = limit - all.len();
            if chunk.len() > room {
                all.extend_from_slice(&chunk[..room]);
                return Err(Incomplete::TooLong(all.into()));
            }
            let wanted = all.len() + chunk.len();
            if wanted > all.capacity() {
                // Never more than may come.
                let room = (2 * all.capacity()).clamp(wanted, limit.max(wanted));
                all.reserve_exact(room - all.len());
            }
            all.extend_from_slice(&chunk);
            next = self.chunk().await;
        }
        Ok(all.into())
    }

    fn push(&mut self, part: Part) {
        if self.first.is_none() {
            self.first = Some(part);
        } else {
            self.rest.push_back(part);
        }
    }
}

/// Why a body was not read to its end.
#[derive(Debug)]
pub enum Incomplete {
    /// It broke off.
    Lost(TransportError),
    /// It is longer than the limit; these are its first bytes.
    TooLong(Bytes),
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.first {
                None => return Poll::Ready(None),
                Some(Part::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.first = self.rest.pop_front();
                    if !bytes.is_empty() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Some(Part::Stream(stream, left)) => {
                    match ready!(stream.as_mut().poll_next(context)) {
                        Some(Ok(chunk)) => {
                            *left = left.map(|left| left.saturating_sub(chunk.len() as u64));
                            return Poll::Ready(Some(Ok(chunk)));
                        }
                        Some(Err(error)) => {
                            (self.first, self.rest) = (None, VecDeque::new());
                            return Poll::Ready(Some(Err(error)));
                        }
                        None => self.first = self.rest.pop_front(),
                    }
                }
            }
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        if bytes.is_empty() {
            Self::default()
        } else {
            Self { first: Some(Part::Bytes(bytes)), rest: VecDeque::new() }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// Bytes that can be had once, shared by the clones of a request.
#[derive(Clone)]
pub(crate) struct Once {
    chunks: Arc<Mutex<Option<Chunks>>>,
    pub(crate) length: Option<u64>,
}

impl Once {
    pub(crate) fn new(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self { chunks: Arc::new(Mutex::new(Some(Box::pin(stream)))), length }
    }
}

impl PartialEq for Once {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.chunks, &other.chunks)
    }
}

impl Eq for Once {}

/// A stream that must have the length that was announced: a server cannot tell a file that was cut off from a whole one.
struct Exact {
    chunks: Chunks,
    length: u64,
    left: u64,
}

impl Exact {
    fn differs(&self, how: &str) -> TransportError {
        TransportError::new(format!("the file is {how} than the {} bytes announced", self.length))
    }
}

impl Stream for Exact {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.left == 0 && this.length > 0 {
            return Poll::Ready(None);
        }
        let chunk = match ready!(this.chunks.as_mut().poll_next(context)) {
            None if this.left > 0 => return Poll::Ready(Some(Err(this.differs("shorter")))),
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(chunk)) => chunk,
        };
        let Some(left) = this.left.checked_sub(chunk.len() as u64) else {
            return Poll::Ready(Some(Err(this.differs("longer"))));
        };
        this.left = left;
        if left == 0 && this.length > 0 {
            // HTTP libraries stop reading here, so more must be noticed before the last bytes are sent.
            match this.chunks.as_mut().poll_next(context) {
                Poll::Ready(Some(Ok(more))) if !more.is_empty() => {
                    return Poll::Ready(Some(Err(this.differs("longer"))));
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(_) | Poll::Pending => {}
            }
        }
        Poll::Ready(Some(Ok(chunk)))
    }
}

/// Sees when bytes of a body were last taken: who sends a long file is busy, not silent.
#[derive(Clone)]
pub(crate) struct Watch(Arc<Mutex<Instant>>);

impl Default for Watch {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }
}

impl Watch {
    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The body, watched.
    pub(crate) fn over(&self, body: Body) -> Body {
        let length = body.length();
        Body::from_stream(Watched { body, watch: self.clone() }, length)
    }

    /// What the future gives; `None` when nothing has moved for so long.
    pub(crate) async fn in_time<F: Future>(&self, limit: Duration, future: F) -> Option<F::Output> {
        let mut future = std::pin::pin!(future);
        loop {
            let last = self.last();
            match tokio::time::timeout_at(last + limit, &mut future).await {
                Ok(output) => return Some(output),
                Err(_) if self.last() > last => {}
                Err(_) => return None,
            }
        }
    }
}

struct Watched {
    body: Body,
    watch: Watch,
}

impl Stream for Watched {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        *self.watch.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Pin::new(&mut self.body).poll_next(context)
    }
}

/// What a body is made of, before it is sent.
#[derive(Clone, Default)]
pub(crate) struct Source(Vec<Piece>);

#[derive(Clone)]
enum Piece {
    Bytes(Bytes),
    Once(Once),
}

impl Source {
    pub(crate) fn add(&mut self, bytes: impl Into<Bytes>) {
        let bytes = bytes.into();
        if !bytes.is_empty() {
            self.0.push(Piece::Bytes(bytes));
        }
    }

    pub(crate) fn add_once(&mut self, once: Once) {
        self.0.push(Piece::Once(once));
    }

    /// Whether it can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        !self.0.iter().any(|piece| matches!(piece, Piece::Once(_)))
    }

    /// The bytes that are in memory; those of streams are not among them.
    pub(crate) fn bytes(&self) -> Bytes {
        match self.0.as_slice() {
            [Piece::Bytes(bytes)] => bytes.clone(),
            pieces => {
                let in_memory = pieces.iter().filter_map(|piece| match piece {
                    Piece::Bytes(bytes) => Some(bytes.as_ref()),
                    Piece::Once(_) => None,
                });
                in_memory.collect::<Vec<_>>().concat().into()
            }
        }
    }

    /// The body; `None` if a stream was sent already.
    pub(crate) fn body(&self) -> Option<Body> {
        let mut body = Body::default();
        if self.is_repeatable() {
            return Some(self.bytes().into());
        }
        for piece in &self.0 {
            body.push(match piece {
                Piece::Bytes(bytes) => Part::Bytes(bytes.clone()),
                Piece::Once(once) => {
                    let chunks =
                        once.chunks.lock().unwrap_or_else(PoisonError::into_inner).take()?;
                    match once.length {
                        Some(length) => Part::Stream(
                            Box::pin(Exact { chunks, length, left: length }),
                            Some(length),
                        ),
                        None => Part::Stream(chunks, None),
                    }
                }
            });
        }
        Some(body)
    }
}
