//! A server that counts what it is sent and sends as much as it is asked for.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures_core::Stream;
use serde_json::json;

use crate::MEGABYTE;

/// Serves for as long as the test's runtime lives.
pub(crate) async fn start() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new()
        .route("/count", any(count))
        .route("/refuse", any(refuse))
        .route("/zeros/{megabytes}", get(zeros))
        .route(
            "/silence",
            get(|| async { Body::from_stream(Zeros { left: 1, then: Then::Silence }) }),
        )
        .route(
            "/short",
            get(|| async { Body::from_stream(Zeros { left: 2, then: Then::Failure }) }),
        )
        .route("/headers", any(|headers: HeaderMap| async move { said(&headers) }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// What is said of the request's headers that tests look at.
fn said(headers: &HeaderMap) -> Response {
    let text =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    json!({"trace": text("x-trace"), "accept-encoding": text("accept-encoding")})
        .to_string()
        .into_response()
}

/// Reads the body and says how long it was, how it was announced, and in how many pieces it came.
async fn count(request: Request) -> Response {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let mut body = request.into_body().into_data_stream();
    let (mut bytes, mut sum) = (0_usize, 0_u64);
    while let Some(Ok(chunk)) = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await {
        bytes += chunk.len();
        sum += chunk.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
    json!({"bytes": bytes, "sum": sum, "announced": announced}).to_string().into_response()
}

/// Reads the body and asks to come back later.
async fn refuse(request: Request) -> Response {
    let _ = count(request).await;
    (axum::http::StatusCode::SERVICE_UNAVAILABLE, "{}").into_response()
}

async fn zeros(Path(megabytes): Path<usize>) -> Response {
    let length = [(header::CONTENT_LENGTH, (megabytes * MEGABYTE).to_string())];
    (length, Body::from_stream(Zeros { left: megabytes, then: Then::End })).into_response()
}

/// So many megabytes of zeros, and then something else.
struct Zeros {
    left: usize,
    then: Then,
}

enum Then {
    End,
    Silence,
    Failure,
}

impl Stream for Zeros {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        static MEGABYTE_OF_ZEROS: [u8; MEGABYTE] = [0; MEGABYTE];
        if self.left > 0 {
            self.left -= 1;
            return Poll::Ready(Some(Ok(Bytes::from_static(&MEGABYTE_OF_ZEROS))));
        }
        match self.then {
            Then::End => Poll::Ready(None),
            Then::Silence => Poll::Pending,
            Then::Failure => Poll::Ready(Some(Err(std::io::Error::other("the disk broke")))),
        }
    }
}
