//! Virtual time: tests neither sleep nor measure how long something really took.
//!
//! The clock of a test with `#[tokio::test(start_paused = true)]` stands still while any task can run, and jumps to the next timer when
//! none can. Waits cost no real time, and how long they were can be compared exactly. What tokio cannot see is that bytes are between
//! two sockets: a client with the middleware [`Traffic`] stops the clock while one of its requests is under way. Whatever takes time in
//! such a request is the peer's doing, and the peer says so with [`pass`].

use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::time::Duration;

use actionspec_runtime::transport::BoxFuture;
use actionspec_runtime::{Body, Bytes, Middleware, Next, TransportError, http};
use futures_core::Stream;

/// For how long, in real time, a request may stop the clock. After that the clock runs again, so that a call that would wait for ever
/// fails at its virtual end instead of blocking the tests.
const HELD_AT_MOST: Duration = Duration::from_secs(30);

/// Lets this much time pass at once, for everything in this tokio runtime. The clock must be paused.
pub async fn pass(time: Duration) {
    tokio::time::advance(time).await;
}

/// Lets everything else in this tokio runtime run, and read what has come over its sockets, until all of it waits again.
pub async fn settle() {
    // The driver looks at the sockets each time; what one task then does may wake another.
    for _ in 0..64 {
        tokio::task::yield_now().await;
    }
}

/// The output of a future that must end within half a minute of the test's clock, whatever the peer does.
///
/// Panics if it does not: a call that never ends is a separate kind of failure.
pub async fn ends<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(30), future).await.expect("the call ends")
}

/// Stops a paused clock while a request of a client is under way, until the last byte of the answer is read.
#[derive(Clone, Copy, Debug)]
pub struct Traffic;

impl Middleware for Traffic {
    fn handle<'a>(
        &'a self,
        request: http::Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let held = Held::start();
            let response = next.send(request).await?;
            Ok(response.map(|body| {
                if body.as_bytes().is_some() {
                    return body;
                }
                let length = body.length();
                Body::from_stream(Coming { body, held: Some(held) }, length)
            }))
        })
    }
}

/// Stops a paused clock until it is dropped.
struct Held(#[expect(dead_code, reason = "dropping it ends the task that waits")] mpsc::Sender<()>);

impl Held {
    /// tokio moves no paused clock while a blocking task runs: this one runs until its channel closes.
    fn start() -> Self {
        let (sender, receiver) = mpsc::channel();
        tokio::task::spawn_blocking(move || receiver.recv_timeout(HELD_AT_MOST));
        Self(sender)
    }
}

/// A body that stops the clock until its end.
struct Coming {
    body: Body,
    held: Option<Held>,
}

impl Stream for Coming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.body).poll_next(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.held = None;
        }
        polled
    }
}
