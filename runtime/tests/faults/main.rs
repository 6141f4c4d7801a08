//! What the client does when the network or the vendor misbehaves: a stated outcome for each case, over real sockets on this machine.
//! Nothing hangs, nothing panics, and no side effect happens twice.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answers;
mod cancelled;
mod limited;
mod pages;
mod private;
mod secrets;
mod server;
mod vendor;

use std::time::Duration;

use actionspec_model as model;
use actionspec_model::Action;
use actionspec_runtime::descriptor::{Effect, RateLimit, Retry, Schema, Type};
use actionspec_runtime::{Client, ClientBuilder, Error, ErrorKind, Response, Value, json};
use actionspec_test_support::clock::{self, Traffic};
use actionspec_test_support::fixture::{self, TOKEN, base_action, base_facts, declare};
use server::{Reply, Server};
use tokio::time::Instant;

fn read() -> Action {
    Action { effect: Effect::Read, retry: Retry::Safe, ..base_action() }
}
fn write() -> Action {
    let steps = vec![fixture::http(json!({"method": "POST", "path": "/"}))];
    Action { steps, ..base_action() }
}
const OK: &str = r#"{"fine": true}"#;

fn builder(server: &Server) -> ClientBuilder {
    fixture::builder().base_url(&server.address).middleware(Traffic)
}

async fn call(client: &Client, action: Action) -> Result<Response<Value>, Error> {
    clock::ends(fixture::call(client, action).send()).await
}

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(5);

async fn once(server: &Server, action: Action) -> Result<Response<Value>, Error> {
    call(&builder(server).timeout(PATIENCE).max_tries(3).build().unwrap(), action).await
}

/// A read that fails this way is tried again and succeeds; a write fails, and was sent once.
async fn is_lost(reply: Reply, kind: ErrorKind) {
    let server = Server::start([reply.clone(), Reply::json(200, "", OK)]).await;
    let response = once(&server, read()).await.unwrap();
    assert_eq!(response.json()["fine"], true);
    assert_eq!(server.requests().len(), 2);
    let server = Server::start([reply]).await;
    let error = once(&server, write()).await.unwrap_err();
    assert_eq!((error.kind(), error.retryable(), error.tries()), (kind, false, 1), "{error}");
    assert_eq!(server.requests().len(), 1, "a write is sent once");
    assert!(!format!("{error} {error:?}").contains(TOKEN));
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client =
        fixture::builder().base_url(address).middleware(Traffic).max_tries(2).build().unwrap();
    let error = call(&client, read()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.retryable(), error.tries()),
        (ErrorKind::Transport, true, 2),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_reset_before_the_answer() {
    is_lost(Reply::ThenReset(Vec::new()), ErrorKind::Transport).await;
}

#[tokio::test(start_paused = true)]
async fn a_reset_in_the_middle_of_the_body() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"fine\": tr".to_vec();
    is_lost(Reply::ThenReset(half.clone()), ErrorKind::Transport).await;
    // A connection that ends early is no shorter body.
    is_lost(Reply::Bytes(half), ErrorKind::Transport).await;
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n".to_vec();
    is_lost(Reply::Bytes(chunked), ErrorKind::Transport).await;
}

#[tokio::test(start_paused = true)]
async fn no_first_byte() {
    is_lost(Reply::Silence(PATIENCE), ErrorKind::Timeout).await;
}

#[tokio::test(start_paused = true)]
async fn a_byte_now_and_then() {
    let head =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"
            .to_vec();
    is_lost(Reply::Drip(head, PATIENCE / 10), ErrorKind::Timeout).await;
    let header = b"HTTP/1.1 200 OK\r\nx-slow: ".to_vec();
    is_lost(Reply::Drip(header, PATIENCE / 10), ErrorKind::Timeout).await;
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_not_http() {
    is_lost(Reply::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), ErrorKind::Transport).await;
}

/// An answer that came and is wrong is wrong again: it is not asked for twice, and its body is there to be looked at.
async fn is_no_json(reply: Reply, holds: &[u8]) {
    let server = Server::start([reply]).await;
    let error = once(&server, read()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.retryable(), error.tries()),
        (ErrorKind::Decode, false, 1),
        "{error}"
    );
    assert_eq!(error.body(), holds);
    assert_eq!(error.status().unwrap(), 200);
}

#[tokio::test(start_paused = true)]
async fn json_that_ends_early() {
    is_no_json(Reply::json(200, "", r#"{"fine": tr"#), br#"{"fine": tr"#).await;
}

#[tokio::test(start_paused = true)]
async fn text_that_is_not_utf8() {
    is_no_json(Reply::with(200, "content-type: application/json\r\n", b"\"a\xff\""), b"\"a\xff\"")
        .await;
    // Of one field, it is an error of that field.
    let body = b"{\"bad\": \"\xff\", \"half\": \"\\ud800\", \"huge\": 1e999, \"good\": 7}";
    let server =
        Server::start([Reply::with(200, "content-type: application/json\r\n", body)]).await;
    let response = once(&server, read()).await.unwrap();
    let wrong = response.unreadable();
    let paths: Vec<&str> = wrong.iter().map(actionspec_runtime::Mismatch::path).collect();
    assert_eq!(paths, ["$.bad", "$.half", "$.huge"]);
    let expected = json!({"bad": "\u{fffd}", "half": "\u{fffd}", "huge": "1e999", "good": 7});
    assert_eq!(*response.json(), expected);
}

#[tokio::test(start_paused = true)]
async fn an_html_page_with_status_200() {
    let page = b"<html><body>Down for maintenance</body></html>";
    is_no_json(Reply::with(200, "content-type: text/html\r\n", page), page).await;
}

#[tokio::test(start_paused = true)]
async fn json_under_another_name() {
    let server =
        Server::start([Reply::with(200, "content-type: text/plain\r\n", OK.as_bytes())]).await;
    assert_eq!(once(&server, read()).await.unwrap().json()["fine"], true);
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_with_a_time() {
    let busy = || Reply::json(429, "Retry-After: 1\r\n", "{}");
    let server = Server::start([busy(), Reply::json(200, "", OK)]).await;
    let start = Instant::now();
    once(&server, read()).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 1);
    assert_eq!(server.requests().len(), 2);
    // A write is not sent again, but the caller learns that it may be, and when.
    let server = Server::start([busy()]).await;
    let error = once(&server, write()).await.unwrap_err();
    assert_eq!(
        (error.retryable(), error.retry_after(), error.tries()),
        (true, Some(Duration::from_secs(1)), 1)
    );
    // Nobody waits for hours.
    let server = Server::start([Reply::json(429, "Retry-After: 7200\r\n", "{}")]).await;
    let error = once(&server, read()).await.unwrap_err();
    assert_eq!((error.retry_after(), error.tries()), (Some(Duration::from_hours(2)), 1));
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_without_a_time() {
    let server = Server::start([
        Reply::json(429, "", "{}"),
        Reply::json(429, "", "{}"),
        Reply::json(200, "", OK),
    ])
    .await;
    once(&server, read()).await.unwrap();
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn three_failures_then_success() {
    let down = || Reply::json(503, "", "{}");
    let script = [down(), down(), down(), Reply::json(200, "", OK)];
    let server = Server::start(script.clone()).await;
    call(&builder(&server).build().unwrap(), read()).await.unwrap();
    assert_eq!(server.requests().len(), 4);
    // One try fewer, and it fails with the last answer.
    let server = Server::start(script.clone()).await;
    let error = once(&server, read()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16(), error.tries()),
        (ErrorKind::Status, 503, 3)
    );
    // A status that the spec does not call passing is final, and so is a write.
    let server = Server::start([Reply::json(500, "", "{}")]).await;
    assert_eq!(once(&server, read()).await.unwrap_err().tries(), 1);
    let server = Server::start(script).await;
    assert_eq!(once(&server, write()).await.unwrap_err().tries(), 1);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_write_that_is_safe_is_sent_again_with_one_key() {
    let script =
        [Reply::ThenReset(Vec::new()), Reply::json(503, "", "{}"), Reply::json(200, "", OK)];
    let server = Server::start(script.clone()).await;
    once(&server, Action { retry: Retry::IdempotencyKey("Idempotency-Key".to_owned()), ..write() })
        .await
        .unwrap();
    let key = |request: &String| {
        request.lines().find(|line| line.starts_with("idempotency-key: ")).map(str::to_owned)
    };
    let keys: Vec<_> = server.requests().iter().map(key).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].is_some() && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    let server = Server::start(script).await;
    once(&server, Action { retry: Retry::Safe, ..write() }).await.unwrap();
    assert_eq!(server.requests().iter().filter_map(key).count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_key_in_a_parameter_is_made_up_once_and_never_replaces_the_callers() {
    let write = || Action {
        retry: Retry::IdempotencyParameter("token".to_owned()),
        parameters: vec![fixture::parameter("token", Schema::of(Type::String))],
        ..write()
    };
    let script =
        [Reply::ThenReset(Vec::new()), Reply::json(503, "", "{}"), Reply::json(200, "", OK)];
    let server = Server::start(script).await;
    once(&server, write()).await.unwrap();
    let token = |request: &String| request.split("token=").nth(1).map(|rest| rest[..36].to_owned());
    let tokens: Vec<_> = server.requests().iter().map(token).collect();
    assert!(
        tokens.len() == 3 && tokens[0].is_some() && tokens.iter().all(|token| *token == tokens[0]),
        "{tokens:?}"
    );
    let server = Server::start([Reply::json(200, "", OK)]).await;
    let own = fixture::call(&builder(&server).build().unwrap(), write()).set("token", "my own");
    own.send().await.unwrap();
    assert!(server.requests()[0].contains("token=my%20own"), "{:?}", server.requests());
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_wrong_are_wrong() {
    let server = Server::start([
        Reply::json(401, "", r#"{"error": {"message": "who are you"}}"#),
        Reply::json(200, "", OK),
    ])
    .await;
    let error = once(&server, read()).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.message(), error.tries()),
        (401, "who are you", 1)
    );
}

#[tokio::test(start_paused = true)]
async fn redirects_in_a_circle() {
    let server = Server::start([Reply::json(302, "location: /again\r\n", "")]).await;
    let error = once(&server, read()).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 302));
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_redirect_to_another_host() {
    let other = Server::start([Reply::json(200, "", OK)]).await;
    let server =
        Server::start([Reply::json(307, &format!("location: {}/there\r\n", other.address), "")])
            .await;
    let client = builder(&server).allow_private_networks().build().unwrap();
    call(&client, read()).await.unwrap();
    assert!(server.requests()[0].contains(TOKEN) || server.requests()[0].contains("authorization"));
    let stranger = other.requests().join("").to_ascii_lowercase();
    assert!(
        stranger.starts_with("get /there")
            && !stranger.contains("authorization")
            && !stranger.contains("x-api-version"),
        "{stranger}"
    );
    // What changes something follows no redirect: it would happen somewhere else.
    assert_eq!(once(&server, write()).await.unwrap_err().status().unwrap(), 307);
    assert_eq!(other.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_tries_and_pauses() {
    let server = Server::start([Reply::json(429, "Retry-After: 5\r\n", "{}")]).await;
    let client = builder(&server).deadline(Duration::from_secs(1)).build().unwrap();
    let start = Instant::now();
    let error = call(&client, read()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429, "the last answer is told");
    assert_eq!(start.elapsed(), Duration::ZERO, "a pause that is too long is not begun");
    let deadline = PATIENCE / 2;
    let silent = Server::start([Reply::Silence(deadline)]).await;
    let client = builder(&silent).timeout(PATIENCE).deadline(deadline).build().unwrap();
    let error = call(&client, read()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(start.elapsed(), deadline);
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_is_down_is_not_asked_for_ever() {
    let server = Server::start([Reply::json(503, "Retry-After: 0\r\n", "{}")]).await;
    let client = builder(&server).build().unwrap();
    for _ in 0..20 {
        call(&client, read()).await.unwrap_err();
    }
    // 20 calls, and the 20 retries that the budget allows, where 4 tries each would make 80.
    assert_eq!(server.requests().len(), 40);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_used_up_is_waited_for() {
    let integration = declare(model::Integration {
        rate_limit: Some(RateLimit {
            remaining_header: Some("X-Left".to_owned()),
            reset_header: Some("X-Reset".to_owned()),
            ..RateLimit::default()
        }),
        ..base_facts()
    });
    let server = Server::start([Reply::json(200, "X-Left: 0\r\nX-Reset: 1\r\n", OK)]).await;
    let client = Client::builder(integration)
        .variable("site", "acme")
        .credentials("bearer", vec![TOKEN.to_owned()])
        .base_url(&server.address)
        .middleware(Traffic)
        .build()
        .unwrap();
    let start = Instant::now();
    call(&client, read()).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    call(&client, read()).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 1);
}
