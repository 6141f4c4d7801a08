//! A vendor in memory whose answers take their time, on the clock of the test.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actionspec_runtime::transport::BoxFuture;
use actionspec_runtime::{Body, Bytes, Transport, TransportError, Value, http};

type Answer = dyn Fn(&http::Request<Bytes>, usize) -> Result<http::Response<Bytes>, TransportError>
    + Send
    + Sync;

/// A transport that answers each request at once, whatever becomes of the caller, and delivers the answer after a delay.
#[derive(Clone)]
pub(crate) struct Vendor {
    answer: Arc<Answer>,
    requests: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    delay: Duration,
}

impl Vendor {
    /// `answer` gets the request, and how many came before it on the same path.
    pub(crate) fn new(
        delay: Duration,
        answer: impl Fn(&http::Request<Bytes>, usize) -> Result<http::Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self { answer: Arc::new(answer), requests: Arc::default(), delay }
    }

    /// The requests to a path so far.
    pub(crate) fn asked(&self, path: &str) -> Vec<http::Request<Bytes>> {
        let requests = self.requests.lock().unwrap();
        requests.iter().filter(|request| request.uri().path() == path).cloned().collect()
    }
}

impl Transport for Vendor {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let bytes = body.as_bytes().unwrap_or_default();
            let request = http::Request::from_parts(head, bytes);
            let before = self.asked(request.uri().path()).len();
            let answer = (self.answer)(&request, before);
            self.requests.lock().unwrap().push(request);
            tokio::time::sleep(self.delay).await;
            answer.map(|response| response.map(Body::from))
        })
    }
}

/// An answer in JSON.
#[expect(clippy::unnecessary_wraps, reason = "it is what a transport returns")]
pub(crate) fn json(
    status: u16,
    headers: &[(&str, &str)],
    body: &Value,
) -> Result<http::Response<Bytes>, TransportError> {
    let mut response =
        http::Response::builder().status(status).header("content-type", "application/json");
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(Bytes::from(body.to_string())).unwrap())
}
