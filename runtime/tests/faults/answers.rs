//! What a caller has of an answer that is more than its body: statuses that are declared, and headers, of successes and of errors.

use actionspec_runtime::descriptor::{Output, OutputKind, Step};
use actionspec_runtime::{Binary, Call};

use super::*;

/// A request to which these statuses are a success.
fn declared(method: &str, statuses: &[u16]) -> Action {
    let output =
        Output { kind: OutputKind::Empty, statuses: statuses.to_vec(), ..Output::default() };
    let steps = vec![fixture::http(json!({"method": method, "path": "/"}))];
    Action { steps, output, ..write() }
}

fn see(status: u16) -> Reply {
    Reply::json(status, "Location: /orders/7\r\nX-Left: 3\r\n", "")
}

#[tokio::test(start_paused = true)]
async fn a_declared_redirect_is_a_result() {
    for (method, status) in [("POST", 303), ("GET", 302), ("PUT", 304), ("DELETE", 300)] {
        let server = Server::start([see(status), Reply::json(200, "", OK)]).await;
        let response = once(&server, declared(method, &[300, 302, 303, 304])).await.unwrap();
        assert_eq!(response.status(), status, "{method}");
        assert_eq!(response.header("location"), Some("/orders/7"));
        assert_eq!(server.requests().len(), 1, "{method}: it is not followed");
    }
}

#[tokio::test(start_paused = true)]
async fn a_redirect_that_is_not_declared_is_followed_or_an_error() {
    let server = Server::start([see(302), Reply::json(200, "", OK)]).await;
    let response = once(&server, declared("GET", &[303])).await.unwrap();
    assert_eq!((response.status().as_u16(), server.requests().len()), (200, 2));
    let server = Server::start([see(302)]).await;
    let error = once(&server, declared("POST", &[303])).await.unwrap_err();
    assert_eq!((error.kind(), error.header("location")), (ErrorKind::Status, Some("/orders/7")));
}

#[tokio::test(start_paused = true)]
async fn a_declared_redirect_gives_its_headers_as_the_result() {
    let output = Output {
        kind: OutputKind::Headers,
        statuses: vec![303],
        headers: [("location", "Location"), ("left", "X-Left")]
            .map(|(property, header)| (property.to_owned(), header.to_owned()))
            .into(),
        schema: fixture::schema(
            json!({"type": "object", "properties": {"left": {"type": "integer"}}}),
        ),
        ..Output::default()
    };
    let action = Action { output, ..write() };
    let server = Server::start([see(303)]).await;
    let response = once(&server, action).await.unwrap();
    assert_eq!(*response.json(), json!({"location": "/orders/7", "left": 3}));
}

#[tokio::test(start_paused = true)]
async fn headers_beside_a_body_are_there() {
    let server = Server::start([Reply::json(200, "X-RateLimit-Remaining: 17\r\n", OK)]).await;
    let response = once(&server, read()).await.unwrap();
    assert_eq!(response.header("x-ratelimit-remaining"), Some("17"));
    assert_eq!(response.headers()["X-RateLimit-Remaining"], "17");
    assert_eq!(response.header("x-none"), None);
    assert_eq!(response.json()["fine"], true);
}

/// An answer with a header that every error about it has.
fn marked(status: u16, body: &str) -> Reply {
    Reply::json(status, "X-Left: 3\r\n", body)
}

async fn has_header(reply: Reply, action: Action, kind: ErrorKind) {
    let server = Server::start([reply]).await;
    let client = builder(&server).max_tries(1).max_response_bytes(1_000).build().unwrap();
    let error = call(&client, action).await.unwrap_err();
    assert_eq!((error.kind(), error.header("x-left")), (kind, Some("3")), "{error}");
    assert!(error.status().is_some());
}

#[tokio::test(start_paused = true)]
async fn every_error_about_an_answer_has_its_headers() {
    for status in [400, 404, 409, 429, 500, 503] {
        has_header(marked(status, "{}"), read(), ErrorKind::Status).await;
    }
    has_header(marked(200, "{"), read(), ErrorKind::Decode).await;
    has_header(marked(200, &" ".repeat(2_000)), read(), ErrorKind::TooLarge).await;
    has_header(marked(200, r#"{"ok": false}"#), read(), ErrorKind::Vendor).await;
    let step = |more: Value| -> Vec<Step> {
        let mut step = json!({"request": {"http": {"method": "GET", "path": "/"}}});
        step.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        vec![serde_json::from_value(step).unwrap()]
    };
    let steps = step(json!({"name": "first", "capture": {"id": "/id"}}));
    has_header(marked(200, "{}"), Action { steps, ..read() }, ErrorKind::Decode).await;
    let steps = step(
        json!({"poll": {"state": "/state", "done": ["done"], "failed": ["failed"], "timeoutSeconds": 9.0}}),
    );
    let action = Action { steps, ..read() };
    has_header(marked(200, r#"{"state": "failed"}"#), action, ErrorKind::Poll).await;
    let paged = Action {
        paging: Some(fixture::paging(json!({
            "kind": "nextUrl", "items": "/items", "next": "/next",
        }))),
        ..read()
    };
    let server = Server::start([marked(200, r#"{"items": [1], "next": "http://[::2]/"}"#)]).await;
    let mut items = fixture::call(&builder(&server).build().unwrap(), paged).items::<Value>();
    assert!(clock::ends(items.next()).await.unwrap().is_ok());
    let error = clock::ends(items.next()).await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.header("x-left")), (ErrorKind::Decode, Some("3")), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_costs_more_than_its_bytes_is_too_large() {
    // `runtime/tests/memory.rs` counts what is allocated.
    let zeros = format!("[{}0]", "0,".repeat(400_000));
    let server = Server::start([Reply::json(200, "", &zeros)]).await;
    let client = builder(&server).max_response_bytes(1 << 20).build().unwrap();
    let error = call(&client, read()).await.unwrap_err();
    assert_eq!((error.kind(), error.tries()), (ErrorKind::TooLarge, 1), "{error}");
    assert!(error.message().ends_with("raise `max_response_memory`"), "{error}");
    let client =
        builder(&server).max_response_bytes(1 << 20).max_response_memory(1 << 27).build().unwrap();
    let response = call(&client, read()).await.unwrap();
    assert_eq!(response.json().as_array().map(Vec::len), Some(400_001));
}

#[tokio::test(start_paused = true)]
async fn an_error_of_a_stream_has_the_headers_of_its_answer() {
    let half = "HTTP/1.1 200 OK\r\nX-Left: 3\r\ncontent-length: 100\r\n\r\nabc";
    let server = Server::start([Reply::Bytes(half.as_bytes().to_vec())]).await;
    let file =
        Action { output: Output { kind: OutputKind::Binary, ..Output::default() }, ..read() };
    let client = builder(&server).build().unwrap();
    let call = Call::<Binary>::new(&client, fixture::declare_action(file));
    let mut written = Vec::new();
    let error = clock::ends(call.download(&mut written, 1_000)).await.unwrap_err();
    assert_eq!((written.as_slice(), error.header("x-left")), (b"abc".as_slice(), Some("3")));
}
