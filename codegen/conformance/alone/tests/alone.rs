//! A program that depends on one generated crate alone: it names, implements and is given everything that the crate's public items take or
//! give. It compiles only if nothing needs a second dependency.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use conformance_chaos::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use conformance_chaos::{
    BadToken, Binary, Body, BoxFuture, BuildError, ByteStream, Bytes, Call, Chaos, Client,
    ClientBuilder, DateTime, Document, Empty, Error, ErrorKind, ExposeSecret, Field, File,
    FromView, Item, Items, List, Map, MemoryTransport, Middleware, Mismatch, Next, Pages,
    PreparedRequest, Response, SecretString, Sending, Stream, Text, Timestamp, Transport,
    TransportError, Typed, Value, View, Violation, Violations, descriptor, http, json, runtime,
    triggers,
};

/// A transport of the user's own.
struct Own;

impl Transport for Own {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let stranger = request.extensions().get::<runtime::transport::Stranger>();
            if stranger.is_some_and(|stranger| stranger.public_only()) {
                return Err(TransportError::private_network());
            }
            let seen: Bytes = match request.into_body().collect(1 << 20).await {
                Ok(bytes) => bytes,
                Err(runtime::Incomplete::Lost(error)) => return Err(error),
                Err(runtime::Incomplete::TooLong(first)) => first,
            };
            let text = json!({"ok": true, "seen": seen.len()}).to_string();
            http::Response::builder()
                .header("x-order", HeaderValue::from_static("o-1"))
                .status(StatusCode::SEE_OTHER)
                .body(Body::from(text))
                .map_err(|error| TransportError::new("it cannot be built").with_source(error))
        })
    }
}

/// A middleware of the user's own.
struct Counting(Arc<Mutex<Vec<Method>>>);

impl Middleware for Counting {
    fn handle<'a>(
        &'a self,
        mut request: Request<Body>,
        next: Next<'a>,
    ) -> BoxFuture<'a, Result<http::Response<Body>, TransportError>> {
        request.headers_mut().insert("x-seen", HeaderValue::from_static("yes"));
        self.0.lock().unwrap().push(request.method().clone());
        next.send(request)
    }
}

/// A place to keep refresh tokens.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<Option<SecretString>>>);

impl Store {
    fn keep(&self, token: &SecretString) {
        *self.0.lock().unwrap() = Some(SecretString::from(token.expose_secret().to_owned()));
    }
}

/// A file of the user's own, in pieces.
struct Pieces(Option<Bytes>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

fn builder() -> conformance_chaos::ChaosBuilder {
    Chaos::builder().tenant("acme").basic("ada", "made-up")
}

#[test]
fn transports_middlewares_and_token_stores_are_the_users_own() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (counting, store) = (Counting(Arc::clone(&seen)), Store::default());
    let change = |builder: ClientBuilder| {
        builder
            .middleware(counting)
            .on_refresh_token(move |token: &SecretString| store.keep(token))
            .allow_private_networks()
            .timeout(Duration::from_secs(5))
    };
    let client: Result<Chaos, BuildError> = builder().transport(Own).configure(change).build();
    let sending: Sending<_> = client.unwrap().place_order().note("soon").send();
    let response = sending.wait().unwrap();
    let (status, headers): (StatusCode, &HeaderMap) = (response.status(), response.headers());
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers["x-order"], "o-1");
    assert_eq!(*seen.lock().unwrap(), [Method::POST]);
}

#[test]
fn requests_files_and_errors_can_be_named() {
    let client = builder().transport(MemoryTransport::json(404, &json!({}))).build().unwrap();
    let untyped: &Client = client.client();
    let call: Call<_> = client.ping().call();
    let request: PreparedRequest = call.request().unwrap();
    let sendable: Result<Request<Bytes>, http::Error> = request.to_http();
    assert_eq!(sendable.unwrap().method(), Method::HEAD);
    let violations: Violations = client.create_thing("").id("a").slug("b").validate().unwrap_err();
    let first: &Violation = &violations.0[0];
    assert!(!first.message.is_empty());
    let error: Error = client.ping().send().wait().unwrap_err();
    let headers: &HeaderMap = error.headers();
    assert_eq!((error.kind(), headers.len()), (ErrorKind::Status, 1));
    let action: &'static descriptor::Action = error.action().unwrap();
    let facts: &runtime::model::Action = action;
    assert_eq!(facts.id, "ping");
    let unknown: Result<Call<Value>, Error> = action.request(untyped, json!(1));
    assert_eq!(unknown.unwrap_err().kind(), ErrorKind::Validation);
    let file = File::from_stream(Pieces(Some(Bytes::from_static(b"abc"))), Some(3));
    assert_eq!(file.length(), Some(3));
    let trigger: &'static descriptor::Trigger = triggers::thing_archived();
    assert!(!trigger.title.is_empty());
}

#[test]
fn pages_items_and_views_can_be_named() {
    fn named<I: Typed + ?Sized>(_: Pages<I>) {}
    fn items<I: Typed + ?Sized>(_: &Items<I>, _: Option<&Item<I>>) {}
    fn read<'a, T: FromView<'a>>(view: View<'a>) -> Result<T, Mismatch> {
        T::from_view(view)
    }
    let client = builder().transport(MemoryTransport::json(200, &json!({}))).build().unwrap();
    items(&client.list_by_page().send_all(), None);
    named(client.list_by_page().pages());
    let resumed: Result<_, BadToken> = client.list_by_page().resume("not a token");
    assert!(resumed.is_err());
    let document: Result<Document, runtime::document::InvalidDocument> =
        Document::parse(r#"{"at": "2026-01-02T03:04:05Z", "list": ["a"]}"#);
    assert!(document.unwrap().json().is_object());
    let _: fn(View<'static>) -> Result<List<'static, &'static str>, Mismatch> = read;
    let _: fn(View<'static>) -> Result<Map<'static, DateTime<'static>>, Mismatch> = read;
    let _: fn(DateTime<'static>) -> Result<Timestamp, runtime::view::InvalidDateTime> =
        DateTime::timestamp;
    let _: Option<(Field<&str>, ByteStream)> = None;
    let _: Option<(Response<Binary>, Response<Text>, Response<Empty>)> = None;
}
