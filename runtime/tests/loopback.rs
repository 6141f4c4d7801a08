//! The engine over real HTTP, against a server on this machine.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Output, OutputKind, Parameter, Schema, Type};
use actionspec_runtime::{Binary, Call, Client, ClientBuilder, ErrorKind, File, Value, json};
use actionspec_test_support::clock::{self, Traffic};
use actionspec_test_support::fixture::{
    TOKEN, base_action, builder, call, declare_action, get_user, http, in_body,
};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

/// How long one request may take, where that is tested.
const PATIENCE: Duration = Duration::from_secs(5);

/// Says what it was asked, as JSON.
async fn echo(method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let headers: BTreeMap<&str, &str> =
        headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    let said = json!({"method": method.as_str(), "uri": uri.to_string(), "headers": headers, "body": String::from_utf8_lossy(&body)});
    ([("content-type", "application/json")], said.to_string()).into_response()
}

async fn refuse() -> Response {
    let body = json!({"error": {"message": "slow down", "code": 17}}).to_string();
    (StatusCode::TOO_MANY_REQUESTS, [("x-request-id", "r-9")], body).into_response()
}

/// Lets the time pass that a client has for its request, and does not answer.
async fn silence() -> &'static str {
    clock::pass(PATIENCE).await;
    std::future::pending().await
}

/// A server that lives as long as the test's runtime.
async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let state = move || async move {
        let state = if asked.fetch_add(1, Ordering::Relaxed) < 2 { "busy" } else { "done" };
        json!({"state": state}).to_string()
    };
    let app = Router::new()
        .route("/echo", any(echo))
        .route("/users/{id}", get(echo))
        .route("/refuse", get(refuse))
        .route("/silence", get(silence))
        .route("/bytes", get(|| async { vec![0_u8, 159, 146, 150] }))
        .route("/nothing", any(|| async { StatusCode::NO_CONTENT }))
        .route("/jobs", post(|| async { json!({"id": 7}).to_string() }))
        .route("/jobs/7", get(state))
        .route("/jobs/7/result", get(|| async { json!({"rows": [1, 2]}).to_string() }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// One connection pool is enough for all tests, but each needs its own: pools belong to the runtime that made them.
async fn connect(prepare: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
    prepare(builder().base_url(serve().await).middleware(Traffic)).build().unwrap()
}

fn at(path: &str, method: &str) -> Action {
    Action { steps: vec![http(json!({"method": method, "path": path}))], ..base_action() }
}

async fn echoed(client: &Client, action: Action) -> Value {
    call(client, action).send().await.unwrap().json().clone()
}

#[tokio::test(start_paused = true)]
async fn every_authentication_scheme_arrives() {
    let basic = connect(|builder| builder).await;
    let said = echoed(&basic, at("/echo", "GET")).await;
    assert_eq!(
        said["headers"]["authorization"],
        "Basic YWRhQGV4YW1wbGUuY29tOnQwa2VuLW5ldmVyLXNob3du"
    );
    assert_eq!(said["headers"]["x-api-version"], "7");
    let bearer = connect(|builder| builder.credentials("bearer", vec![TOKEN.to_owned()])).await;
    assert_eq!(
        echoed(&bearer, at("/echo", "GET")).await["headers"]["authorization"],
        format!("Token {TOKEN}")
    );
    let keys = connect(|builder| {
        builder.credentials("keys", vec!["k1".to_owned(), "k 2".to_owned(), "k3".to_owned()])
    })
    .await;
    let said = echoed(&keys, at("/echo", "GET")).await;
    assert_eq!(
        (&said["headers"]["x-key"], &said["headers"]["cookie"]),
        (&json!("key k1"), &json!("session=k3"))
    );
    assert_eq!(said["uri"], "/echo?api_key=k%202");
}

#[tokio::test(start_paused = true)]
async fn paths_and_queries_arrive_as_they_were_encoded() {
    let client = connect(|builder| builder).await;
    let call: Call<Value> = Call::new(&client, get_user())
        .set("id", "a/../b?")
        .set("expand", vec!["groups", "manager"]);
    assert_eq!(
        call.send().await.unwrap().json()["uri"],
        "/users/a%2F..%2Fb%3F?expand=groups,manager"
    );
}

#[tokio::test(start_paused = true)]
async fn bodies_arrive() {
    let client = connect(|builder| builder).await;
    let send = |body: &str, parameter: Parameter| {
        let steps = vec![http(json!({"method": "POST", "path": "/echo", "body": body}))];
        call(&client, Action { steps, parameters: vec![parameter], ..base_action() })
    };
    let text = Parameter { pointer: "/x/a".to_owned(), ..in_body("a", Schema::ANY) };
    let response = send("json", text).set("a", "é").send().await.unwrap();
    assert_eq!(
        (&response.json()["body"], &response.json()["headers"]["content-type"]),
        (&json!(r#"{"x":{"a":"é"}}"#), &json!("application/json"))
    );
    let form = send("form", in_body("a", Schema::ANY)).set("a", "1 & 2");
    let response = form.send().await.unwrap();
    assert_eq!(response.json()["body"], "a=1%20%26%202");
    let file = || in_body("f", Schema::of(Type::File));
    let upload = File::from("contents").with_name("a.txt").with_media_type("text/plain");
    let response = send("multipart", file()).file("f", upload).send().await.unwrap();
    let said = response.json();
    assert!(
        said["headers"]["content-type"]
            .as_str()
            .unwrap()
            .starts_with("multipart/form-data; boundary=")
    );
    assert!(said["body"].as_str().unwrap().contains(
        "name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontents\r\n"
    ));
    let response = send("raw", file()).file("f", "raw").send().await.unwrap();
    assert_eq!(
        (&response.json()["body"], &response.json()["headers"]["content-length"]),
        (&json!("raw"), &json!("3"))
    );
}

#[tokio::test(start_paused = true)]
async fn bytes_and_nothing_come_back() {
    let media_type = Some("image/png".to_owned());
    let output = Output { kind: OutputKind::Binary, media_type, ..Output::default() };
    let bytes = declare_action(Action { output, ..at("/bytes", "GET") });
    let client = connect(|builder| builder).await;
    let response = Call::<Binary>::new(&client, bytes).send().await.unwrap();
    assert_eq!(response.into_bytes().as_ref(), [0, 159, 146, 150]);
    let nothing = Output { kind: OutputKind::Empty, ..Output::default() };
    let response =
        call(&client, Action { output: nothing, ..at("/nothing", "DELETE") }).send().await.unwrap();
    assert_eq!((response.status(), response.bytes().len()), (StatusCode::NO_CONTENT, 0));
}

#[tokio::test(start_paused = true)]
async fn failures_are_told_apart() {
    let client = connect(|builder| builder).await;
    let error = call(&client, at("/refuse", "GET")).send().await.unwrap_err();
    assert_eq!(error.to_string(), "desk.act: 429 Too Many Requests: [17] slow down (request r-9)");
    assert!(error.retryable());
    let error = call(&client, at("/missing", "GET")).send().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(StatusCode::NOT_FOUND)));
    let hasty = connect(|builder| builder.timeout(PATIENCE)).await;
    let error = call(&hasty, at("/silence", "GET")).send().await.unwrap_err();
    assert_eq!((error.kind(), error.retryable()), (ErrorKind::Timeout, false));
    let nobody = builder().base_url("http://127.0.0.1:9").build().unwrap();
    let error = call(&nobody, at("/echo", "GET")).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(
        error
            .to_string()
            .starts_with("desk.act: GET http://127.0.0.1:9/echo: the connection failed"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_job_is_started_waited_for_and_fetched() {
    let steps = serde_json::from_value(json!([
        {"name": "start", "request": {"http": {"method": "POST", "path": "/jobs"}}, "capture": {"job": "/id"}},
        {
            "name": "wait",
            "request": {"http": {"method": "GET", "path": "/jobs/{job}"}},
            "poll": {"state": "/state", "done": ["done"], "everySeconds": 0.005, "timeoutSeconds": 5.0},
        },
        {"name": "fetch", "request": {"http": {"method": "GET", "path": "/jobs/{job}/result"}}},
    ]))
    .unwrap();
    let client = connect(|builder| builder).await;
    let response = call(&client, Action { steps, ..base_action() }).send().await.unwrap();
    assert_eq!(*response.json(), json!({"rows": [1, 2]}));
}
