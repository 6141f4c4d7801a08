//! A transport without a network: it answers from memory and remembers what it was asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::{Body, BoxFuture, Incomplete, Transport, TransportError};

type Answer = dyn Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync;

/// A transport in memory, for tests. Clones share what they answer and remember.
#[derive(Clone)]
pub struct MemoryTransport {
    answer: Arc<Answer>,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl MemoryTransport {
    /// Answers with what a function says.
    pub fn new(
        answer: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self { answer: Arc::new(answer), requests: Arc::default() }
    }

    /// Answers with these responses, one after the other, then with errors.
    pub fn queue(responses: impl IntoIterator<Item = Response<Bytes>>) -> Self {
        let queue = Mutex::new(responses.into_iter().collect::<VecDeque<_>>());
        Self::new(move |_| {
            lock(&queue)
                .pop_front()
                .ok_or_else(|| TransportError::new("no response is left in the queue"))
        })
    }

    /// Answers everything with one status and JSON body.
    #[must_use]
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        let body = Bytes::from(body.to_string());
        Self::new(move |_| response(status, &[("content-type", "application/json")], body.clone()))
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        lock(&self.requests).clone()
    }
}

fn response(
    status: u16,
    headers: &[(&str, &str)],
    body: Bytes,
) -> Result<Response<Bytes>, TransportError> {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder
        .body(body)
        .map_err(|error| TransportError::new("the response cannot be built").with_source(error))
}

/// A panic of another thread leaves a queue or list of requests whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Transport for MemoryTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect(usize::MAX).await.map_err(|error| match error {
                Incomplete::Lost(error) => error,
                Incomplete::TooLong(_) => TransportError::new("the request is too long for memory"),
            })?;
            let request = Request::from_parts(head, body);
            let answer = (self.answer)(&request);
            lock(&self.requests).push(request);
            answer.map(|response| response.map(Body::from))
        })
    }
}

impl fmt::Debug for MemoryTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTransport")
            .field("requests", &lock(&self.requests).len())
            .finish_non_exhaustive()
    }
}
