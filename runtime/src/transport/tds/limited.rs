//! A connection that gives only so many bytes: the driver keeps each value whole in memory.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What login and the frames of packets may take beside the rows.
const OVERHEAD: usize = 1 << 20;

/// A connection that gives only so many bytes.
pub(super) struct Limited<S> {
    stream: S,
    left: usize,
    spent: Spent,
}

/// Whether a connection has given all that it may.
#[derive(Clone)]
pub(super) struct Spent(Arc<AtomicBool>);

impl Spent {
    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl<S> Limited<S> {
    /// So many bytes as rows of that length in JSON can take: a character has at most two bytes here for each in UTF-8.
    pub(super) fn new(stream: S, most: usize) -> (Self, Spent) {
        let spent = Spent(Arc::default());
        (
            Self {
                stream,
                left: most.saturating_mul(2).saturating_add(OVERHEAD),
                spent: spent.clone(),
            },
            spent,
        )
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Limited<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.left == 0 {
            self.spent.0.store(true, Ordering::Relaxed);
            return Poll::Ready(Err(io::Error::other("the answer is too long")));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.left = self.left.saturating_sub(buffer.filled().len() - before);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Limited<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
