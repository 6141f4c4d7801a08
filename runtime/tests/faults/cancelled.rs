//! Callers that are cancelled: shared work goes on without them, and they keep no place in a queue.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actionspec_runtime::descriptor::Integration;
use actionspec_runtime::{
    Bytes, Client, ClientBuilder, ErrorKind, ExposeSecret as _, Value, http, json,
};
use actionspec_test_support::fixture::{authenticated, public, secret};
use tokio::time::{Instant, sleep, timeout};

use crate::vendor::{self, Vendor};
use crate::{call, read};

fn client(integration: &'static Integration, form: &str, values: &[&str]) -> ClientBuilder {
    Client::builder(integration)
        .credentials(form, values.iter().map(ToString::to_string).collect())
        .base_url("http://127.0.0.1:9")
}

fn form(request: &http::Request<Bytes>) -> std::collections::BTreeMap<String, String> {
    url::form_urlencoded::parse(request.body()).into_owned().collect()
}

/// Replaces the refresh token with each request, and takes the last one alone.
fn rotating(delay: Duration) -> Vendor {
    Vendor::new(delay, |request, before| {
        if request.uri().path() != "/token" {
            return vendor::json(200, &[], &json!({"fine": true}));
        }
        if form(request)["refresh_token"] != format!("refresh-{before}") {
            return vendor::json(400, &[], &json!({"error": "invalid_grant"}));
        }
        let next = before + 1;
        vendor::json(
            200,
            &[],
            &json!({
                "access_token": format!("access-{next}"),
                "refresh_token": format!("refresh-{next}"),
                "expires_in": 3600,
            }),
        )
    })
}

fn refreshing() -> &'static Integration {
    authenticated(json!({
        "kind": "oauth2",
        "flow": "authorizationCode",
        "tokenUrl": "/token",
        "scopes": {},
    }))
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_is_not_lost_with_the_call_that_asked_for_it() {
    let vendor = rotating(Duration::from_secs(1));
    let integration = refreshing();
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let client = client(integration, "scheme.refresh", &["id", "secret", "refresh-0"])
        .on_refresh_token(move |token| heard.lock().unwrap().push(token.expose_secret().to_owned()))
        .deadline(Duration::from_millis(400))
        .transport(vendor.clone())
        .build()
        .unwrap();
    let error = call(&client, read()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(*told.lock().unwrap(), [""; 0], "the vendor has not answered yet");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(*told.lock().unwrap(), ["refresh-1"]);
    let patient = Duration::from_secs(10);
    let call = actionspec_test_support::fixture::call(&client, read());
    call.deadline(patient).send().await.unwrap();
    assert_eq!(vendor.asked("/token").len(), 1, "the token that was asked for is used");
    assert_eq!(vendor.asked("/")[0].headers()["authorization"], "Bearer access-1");
}

#[tokio::test(start_paused = true)]
async fn calls_that_come_later_wait_for_the_token_that_a_cancelled_one_asked_for() {
    let vendor = rotating(Duration::from_secs(1));
    let integration = refreshing();
    let client = client(integration, "scheme.refresh", &["id", "secret", "refresh-0"])
        .transport(vendor.clone())
        .build()
        .unwrap();
    let start = Instant::now();
    let hurried = call(&client, read());
    assert!(timeout(Duration::from_millis(100), hurried).await.is_err());
    let (first, second) = tokio::join!(call(&client, read()), call(&client, read()));
    first.unwrap();
    second.unwrap();
    assert_eq!(vendor.asked("/token").len(), 1);
    assert_eq!(start.elapsed().as_secs(), 2, "a second for the token, a second for the call");
}

/// A hook that panics ends its task without a result: calls fail, and none waits for ever.
#[tokio::test(start_paused = true)]
async fn a_task_that_ends_without_a_result_is_an_error() {
    let vendor = rotating(Duration::ZERO);
    let integration = refreshing();
    let client = client(integration, "scheme.refresh", &["id", "secret", "refresh-0"])
        .on_refresh_token(|_| std::panic::resume_unwind(Box::new("a hook that fails")))
        .transport(vendor)
        .build()
        .unwrap();
    let (first, second) = tokio::join!(call(&client, read()), call(&client, read()));
    for error in [first.unwrap_err(), second.unwrap_err()] {
        assert!(error.message().contains("ended without a result"), "{error}");
    }
}

fn session() -> &'static Integration {
    authenticated(json!({
        "kind": "session",
        "credentials": {"username": public("User"), "password": secret("Password")},
        "login": {"request": "POST /login", "fields": {"password": "{password}"}},
        "carry": {"X-Session": {"in": "header", "from": {"body": "/sid"}}},
        "logout": "DELETE /session",
    }))
}

#[tokio::test(start_paused = true)]
async fn a_login_and_a_logout_go_on() {
    let vendor = Vendor::new(Duration::from_secs(1), |request, before| {
        let body: Value = match request.uri().path() {
            "/login" => json!({"sid": format!("session-{before}")}),
            _ => json!({"fine": true}),
        };
        // A server that is busy for a moment is asked again, also when nobody waits.
        let busy = request.uri().path() == "/session" && before == 0;
        vendor::json(if busy { 503 } else { 200 }, &[("retry-after", "1")], &body)
    });
    let integration = session();
    let client = client(integration, "scheme", &["ada", "password"])
        .transport(vendor.clone())
        .build()
        .unwrap();
    let hurried = call(&client, read());
    assert!(timeout(Duration::from_millis(100), hurried).await.is_err());
    sleep(Duration::from_secs(1)).await;
    call(&client, read()).await.unwrap();
    assert_eq!(vendor.asked("/login").len(), 1);
    assert!(timeout(Duration::from_millis(100), client.log_out()).await.is_err());
    sleep(Duration::from_secs(5)).await;
    let out = vendor.asked("/session");
    assert_eq!(out.len(), 2);
    assert_eq!(out[1].headers()["x-session"], "session-0");
}

fn answering(delay: Duration) -> Vendor {
    Vendor::new(delay, |_, _| vendor::json(200, &[], &json!({"fine": true})))
}

fn limited() -> &'static Integration {
    authenticated(json!({"kind": "bearer", "token": secret("Token")}))
}

#[tokio::test(start_paused = true)]
async fn who_leaves_the_queue_of_a_rate_limit_keeps_no_place() {
    let integration = limited();
    let client = client(integration, "scheme", &["made-up-token"])
        .rate_limit(1, 1)
        .transport(answering(Duration::ZERO))
        .build()
        .unwrap();
    let start = Instant::now();
    call(&client, read()).await.unwrap();
    for _ in 0..50 {
        let hurried = call(&client, read());
        assert!(timeout(Duration::from_millis(1), hurried).await.is_err());
    }
    call(&client, read()).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_token_holds_no_place() {
    let integration = session();
    let vendor = Vendor::new(Duration::from_secs(4), |_, _| {
        vendor::json(200, &[], &json!({"sid": "session"}))
    });
    let client = client(integration, "scheme", &["ada", "password"])
        .rate_limit(1, 3600)
        .concurrency(1)
        .transport(vendor.clone())
        .build()
        .unwrap();
    let hurried = call(&client, read());
    assert!(timeout(Duration::from_secs(1), hurried).await.is_err());
    // The only request of this hour is still to be had.
    let start = Instant::now();
    call(&client, read()).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 7, "the rest of the login, and the call");
}

#[tokio::test(start_paused = true)]
async fn who_is_cancelled_gives_its_permit_back() {
    let integration = limited();
    let client = client(integration, "scheme", &["made-up-token"])
        .concurrency(1)
        .transport(answering(Duration::from_secs(3)))
        .build()
        .unwrap();
    let start = Instant::now();
    for _ in 0..50 {
        let hurried = call(&client, read());
        assert!(timeout(Duration::from_millis(1), hurried).await.is_err());
    }
    call(&client, read()).await.unwrap();
    assert_eq!(start.elapsed().as_millis(), 3050);
}

#[tokio::test(start_paused = true)]
async fn a_retry_that_was_not_sent_goes_back_to_the_budget() {
    let integration = limited();
    let vendor = Vendor::new(Duration::ZERO, |_, _| {
        vendor::json(503, &[("retry-after", "10")], &json!({"message": "busy"}))
    });
    let client = client(integration, "scheme", &["made-up-token"])
        .transport(vendor.clone())
        .build()
        .unwrap();
    for _ in 0..50 {
        let hurried = call(&client, read());
        assert!(timeout(Duration::from_millis(1), hurried).await.is_err());
    }
    assert_eq!(vendor.asked("/").len(), 50);
    let error = call(&client, read()).await.unwrap_err();
    assert_eq!(error.tries(), 2, "the budget is whole");
}
