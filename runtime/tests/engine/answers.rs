//! How answers are judged.

use actionspec_model::Action;
use actionspec_runtime::descriptor::{Output, OutputKind, Step};
use actionspec_runtime::http::Response;
use actionspec_runtime::{
    Bytes, Call, Empty, Error, ErrorKind, MemoryTransport, TransportError, View,
};
use serde_json::{Value, json};

use crate::client;
use actionspec_test_support::fixture::{base_action, call, declare_action, get_user, http, schema};

fn answer(status: u16, body: &Value) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("x-request-id", "r-1")
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

async fn failure(memory: MemoryTransport) -> Error {
    Call::<Value>::new(&client(memory), get_user()).set("id", "1").send().await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn the_output_is_read_where_the_vendor_wraps_it() {
    let memory = MemoryTransport::json(200, &json!({"user": {"name": 3}}));
    let response =
        Call::<View>::new(&client(memory), get_user()).set("id", "1").send().await.unwrap();
    let mismatch = response.output().unwrap().field::<&str>("name").unwrap_err();
    assert_eq!(mismatch.path(), "$.user.name");
    let memory = MemoryTransport::json(200, &json!({"usr": {}}));
    let response =
        Call::<View>::new(&client(memory), get_user()).set("id", "1").send().await.unwrap();
    assert_eq!(
        response.output().unwrap_err().to_string(),
        "expected the result at `$.user`, found nothing"
    );
}

#[tokio::test(start_paused = true)]
async fn an_error_speaks_with_the_vendors_words() {
    let error = failure(MemoryTransport::queue([answer(
        404,
        &json!({"error": {"message": "No\nuser", "code": "gone"}}),
    )]))
    .await;
    assert_eq!(error.to_string(), "desk.get_user: 404 Not Found: [gone] No user (request r-1)");
    assert_eq!(
        (error.kind(), error.code(), error.meaning()),
        (ErrorKind::Status, Some("gone"), Some("The user was deleted."))
    );
    assert!(!error.retryable());
    assert!(error.body().starts_with(b"{"));
    let silent = failure(MemoryTransport::json(404, &json!({}))).await;
    assert_eq!(silent.message(), "There is no such user.");
    assert!(failure(MemoryTransport::json(503, &json!({}))).await.retryable());
}

#[tokio::test(start_paused = true)]
async fn a_status_of_success_can_still_be_a_failure() {
    let error = failure(MemoryTransport::json(200, &json!({"ok": false, "message": "no"}))).await;
    assert_eq!((error.kind(), error.message()), (ErrorKind::Vendor, "no"));
    let html =
        MemoryTransport::new(|_| Ok(Response::new(Bytes::from_static(b"<html>log in</html>"))));
    assert_eq!(failure(html).await.kind(), ErrorKind::Decode);
    let query = json!({"method": "POST", "path": "/", "body": "graphql", "graphql": "{ a }"});
    let steps = vec![http(query)];
    let memory =
        MemoryTransport::json(200, &json!({"data": null, "errors": [{"message": "bad field"}]}));
    let error = call(&client(memory), Action { steps, ..base_action() }).send().await.unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Vendor, "bad field"));
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_may_be_asked_for_again_only_if_that_is_safe() {
    let lost = || MemoryTransport::new(|_| Err(TransportError::timeout()));
    let error = failure(lost()).await;
    assert_eq!((error.kind(), error.retryable()), (ErrorKind::Timeout, true));
    let error = call(&client(lost()), base_action()).send().await.unwrap_err();
    assert!(!error.retryable());
}

#[tokio::test(start_paused = true)]
async fn nothing_is_a_result_too() {
    let output = Output { kind: OutputKind::Empty, ..Output::default() };
    let delete = declare_action(Action { output, ..base_action() });
    let memory =
        MemoryTransport::queue([Response::builder().status(204).body(Bytes::new()).unwrap()]);
    let response = Call::<Empty>::new(&client(memory), delete).send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert!(response.json().is_null());
}

/// A job that is started, waited for and fetched.
fn job() -> Vec<Step> {
    let steps = json!([
        {"name": "start", "request": {"http": {"method": "POST", "path": "/jobs"}}, "capture": {"job": "/id"}},
        {
            "name": "wait",
            "request": {"http": {"method": "GET", "path": "/jobs/{job}"}},
            "capture": {"file": "/url"},
            "poll": {"state": "/state", "done": ["done"], "failed": ["failed"], "everySeconds": 0.001, "timeoutSeconds": 0.2},
        },
        {"name": "fetch", "request": {"http": {"method": "GET", "path": "{file}"}}},
    ]);
    serde_json::from_value(steps).unwrap()
}

async fn export(answers: Vec<Value>) -> (Result<Value, Error>, Vec<String>) {
    let memory = MemoryTransport::queue(answers.iter().map(|body| answer(200, body)));
    let result =
        call(&client(memory.clone()), Action { steps: job(), ..base_action() }).send().await;
    let urls = memory.requests().iter().map(|request| request.uri().to_string()).collect();
    (result.map(|response| response.json().clone()), urls)
}

#[tokio::test(start_paused = true)]
async fn steps_pass_on_what_they_capture_and_wait_for_the_end() {
    let url = "https://acme.example.com/files/1?sig=2";
    let answers = vec![
        json!({"id": "j/1"}),
        json!({"state": "busy"}),
        json!({"state": "done", "url": url}),
        json!({"rows": 3}),
    ];
    let (result, urls) = export(answers).await;
    assert_eq!(result.unwrap(), json!({"rows": 3}));
    let job = "https://acme.example.com/api/jobs/j%2F1";
    assert_eq!(urls, ["https://acme.example.com/api/jobs", job, job, url]);
}

#[tokio::test(start_paused = true)]
async fn steps_end_where_they_fail() {
    let (result, _) =
        export(vec![json!({"id": 1}), json!({"state": "failed", "message": "disk full"})]).await;
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Poll, "the operation ended with the state \"failed\": disk full")
    );
    let mut slow = vec![json!({"id": 1})];
    slow.resize(1000, json!({"state": "busy"}));
    assert_eq!(export(slow).await.0.unwrap_err().kind(), ErrorKind::Poll);
    assert_eq!(export(vec![json!({})]).await.0.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(export(vec![json!({"id": ".."})]).await.0.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test(start_paused = true)]
async fn a_captured_address_elsewhere_never_sees_credentials() {
    for elsewhere in [
        "https://evil.test/x",
        "http://acme.example.com/x",
        "https://acme.example.com@evil.test/",
        "https://x@acme.example.com/",
        "/x",
    ] {
        let (result, urls) =
            export(vec![json!({"id": 1}), json!({"state": "done", "url": elsewhere}), json!({})])
                .await;
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Decode, "{elsewhere}");
        assert_eq!(urls.len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_spec_may_say_that_a_failure_passes() {
    let client = client(MemoryTransport::json(409, &json!({})));
    let error = Call::<Value>::new(&client, get_user()).set("id", "7").send().await.unwrap_err();
    assert_eq!((error.retryable(), error.message()), (true, "Somebody else is at it."));
    let unsafe_write =
        declare_action(Action { errors: get_user().errors.clone(), ..base_action() });
    let error = Call::<Value>::new(&client, unsafe_write).send().await.unwrap_err();
    assert!(!error.retryable(), "what may have happened is not done again");
}

#[tokio::test(start_paused = true)]
async fn headers_are_the_result_with_the_types_that_the_spec_says() {
    let transport = MemoryTransport::new(|_| {
        let answer = Response::builder()
            .header("x-size", "17")
            .header("x-kept", "true")
            .header("x-label-team", "red");
        Ok(answer
            .header("content-type", "application/json")
            .body(Bytes::from_static(b"no JSON at all"))
            .unwrap())
    });
    let headers = [
        ("size", "X-Size"),
        ("kept", "X-Kept"),
        ("labels", "X-Label-*"),
        ("others", "X-Other-*"),
        ("gone", "X-Gone"),
    ];
    let output = Output {
        kind: OutputKind::Headers,
        headers: headers.map(|(name, header)| (name.to_owned(), header.to_owned())).into(),
        schema: schema(json!({"type": "object", "properties": {
            "size": {"type": "integer"},
            "kept": {"type": "boolean"},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        }})),
        ..Output::default()
    };
    let action = declare_action(Action { output, ..base_action() });
    let response = Call::<Value>::new(&client(transport), action).send().await.unwrap();
    assert_eq!(*response.json(), json!({"size": 17, "kept": true, "labels": {"team": "red"}}));
}

#[tokio::test(start_paused = true)]
async fn a_code_has_no_namespace() {
    let client = client(MemoryTransport::json(
        400,
        &json!({"error": {"code": "com.example.v1#Expired", "message": "too late"}}),
    ));
    let error = Call::<Value>::new(&client, get_user()).set("id", "7").send().await.unwrap_err();
    assert_eq!(error.code(), Some("Expired"));
}
