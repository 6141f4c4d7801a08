//! Streaming of long results, without keeping them in memory.

use std::fmt;
use std::future::poll_fn;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, Sleep};

use crate::call::Call;
use crate::descriptor::Action;
use crate::error::{Error, ErrorKind};
use crate::response::{Binary, Raw, Text};
use crate::steps;
use crate::transport::{Body, TransportError};
use crate::untyped::Untyped;

/// A result that can be streamed.
pub trait Streamed {}

impl Streamed for Binary {}

impl Streamed for Text {}

impl<T: ?Sized> Call<T> {
    /// Sends the action's requests and returns the body as a stream of bytes. Fails as [`send`](Self::send) does until the response
    /// starts; later failures are errors of the stream.
    pub async fn stream(self) -> Result<ByteStream, Error> {
        let idle = self.untyped().client.timeout().unwrap_or(self.untyped().action.timeout());
        let call = self.untyped().clone();
        let (raw, body) = steps::run_streaming(call.clone()).await?;
        let silence = Box::pin(tokio::time::sleep(idle));
        Ok(ByteStream { call, raw, body: Some(body), idle, silence })
    }

    /// Writes the body as it arrives and returns its size in bytes. Fails if it exceeds `max_bytes`, or if the connection ends before the
    /// body is complete. Bytes that were already written are not removed.
    pub async fn download(self, writer: &mut impl Write, max_bytes: u64) -> Result<u64, Error> {
        let mut stream = self.stream().await?;
        let mut count = 0_u64;
        while let Some(chunk) = stream.chunk().await {
            let chunk = chunk?;
            count += chunk.len() as u64;
            if count > max_bytes {
                return Err(stream.error(
                    ErrorKind::TooLarge,
                    format!("the response body exceeds {max_bytes} bytes"),
                ));
            }
            writer.write_all(&chunk).map_err(|error| {
                let failed = stream.error(
                    ErrorKind::Transport,
                    format!("cannot write the response body: {error}"),
                );
                failed.with(|details| details.source = Some(Box::new(error)))
            })?;
        }
        Ok(count)
    }
}

/// A stream of the bytes of a result.
pub struct ByteStream {
    call: Untyped,
    raw: Raw,
    /// `None` after the end.
    body: Option<Body>,
    idle: Duration,
    silence: Pin<Box<Sleep>>,
}

impl ByteStream {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// Returns the number of remaining bytes, if the server sent a length.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.body.as_ref().map_or(Some(0), Body::length)
    }

    /// Returns the next bytes, or `None` at the end or after an error.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn action(&self) -> &'static Action {
        self.raw.action
    }

    fn error(&self, kind: ErrorKind, message: String) -> Error {
        Error::new(kind, self.action(), message).about(&self.raw)
    }

    fn lost(&self, error: TransportError) -> Error {
        let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
        self.error(kind, format!("the response body is incomplete: {error}"))
            .with(|details| details.source = Some(Box::new(error)))
            .redacted(&self.call.redactor(&[]))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let Some(body) = &mut this.body else { return Poll::Ready(None) };
        let next = match Pin::new(body).poll_next(context) {
            Poll::Ready(next) => next,
            Poll::Pending if this.silence.as_mut().poll(context).is_ready() => {
                Some(Err(TransportError::timeout()))
            }
            Poll::Pending => return Poll::Pending,
        };
        this.silence.as_mut().reset(Instant::now() + this.idle);
        Poll::Ready(match next {
            Some(Ok(bytes)) => Some(Ok(bytes)),
            Some(Err(error)) => {
                this.body = None;
                Some(Err(this.lost(error)))
            }
            None => {
                this.body = None;
                None
            }
        })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("action", &self.action().name())
            .field("status", &self.raw.status)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
