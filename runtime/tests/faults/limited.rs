//! Limits that vendors signal in their own ways, and services for tokens that fail for a moment.

use std::time::Duration;

use actionspec_model as model;
use actionspec_runtime::descriptor::{Integration, RateLimit};
use actionspec_runtime::{Client, ErrorKind, TransportError, Value, json};
use actionspec_test_support::fixture::{TOKEN, authenticated, base_facts, declare};
use tokio::time::Instant;

use crate::vendor::{self, Vendor};
use crate::{call, read, write};

/// A help desk with a limit that it announces in headers.
fn counted() -> &'static Integration {
    declare(model::Integration {
        rate_limit: Some(RateLimit {
            remaining_header: Some("x-ratelimit-remaining".to_owned()),
            reset_header: Some("x-ratelimit-reset".to_owned()),
            ..RateLimit::default()
        }),
        ..base_facts()
    })
}

fn client(integration: &'static Integration, vendor: &Vendor) -> Client {
    Client::builder(integration)
        .variable("site", "acme")
        .credentials("bearer", vec![TOKEN.to_owned()])
        .transport(vendor.clone())
        .build()
        .unwrap()
}

/// Refuses the first request with this status and these headers.
fn refusing(status: u16, headers: &'static [(&'static str, &'static str)]) -> Vendor {
    Vendor::new(Duration::ZERO, move |_, before| {
        if before == 0 {
            return vendor::json(status, headers, &json!({"message": "slow down"}));
        }
        vendor::json(200, &[], &json!({"fine": true}))
    })
}

/// How long a read took, and how often it was sent.
async fn took(vendor: &Vendor) -> (u64, u32) {
    let integration = counted();
    let start = Instant::now();
    let result = call(&client(integration, vendor), read()).await;
    let tries = vendor.asked("/api/").len();
    assert_eq!(result.is_ok(), tries > 1, "{result:?}");
    (start.elapsed().as_secs(), u32::try_from(tries).unwrap())
}

#[tokio::test(start_paused = true)]
async fn a_limit_in_another_status_is_waited_for() {
    // GitHub's secondary limits: 403, with either header.
    assert_eq!(took(&refusing(403, &[("retry-after", "20")])).await, (20, 2));
    let used_up = &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "25")];
    assert_eq!(took(&refusing(403, used_up)).await, (25, 2));
    // Any failure whose answer says when to come back.
    assert_eq!(took(&refusing(420, &[("retry-after", "7")])).await, (7, 2));
    assert_eq!(took(&refusing(500, &[("retry-after", "7")])).await, (7, 2));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_another_reason_is_final() {
    assert_eq!(took(&refusing(403, &[])).await, (0, 1));
    let left = &[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "40")];
    assert_eq!(took(&refusing(403, left)).await, (0, 1));
    // The last request of a period may be one for something that is not there.
    let used_up = &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "40")];
    assert_eq!(took(&refusing(404, used_up)).await, (0, 1));
    // Nobody waits for hours.
    assert_eq!(took(&refusing(403, &[("retry-after", "7200")])).await, (0, 1));
    let used_up = &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "7200")];
    assert_eq!(took(&refusing(403, used_up)).await, (0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_write_that_a_limit_refused_may_be_repeated_by_the_caller() {
    let integration = counted();
    let vendor = refusing(403, &[("retry-after", "30")]);
    let error = call(&client(integration, &vendor), write()).await.unwrap_err();
    assert_eq!(
        (error.retryable(), error.retry_after(), error.tries()),
        (true, Some(Duration::from_secs(30)), 1)
    );
    // Of any other status, what the write has done is not known.
    let vendor = refusing(500, &[("retry-after", "30")]);
    let error = call(&client(integration, &vendor), write()).await.unwrap_err();
    assert!(!error.retryable());
}

/// A service for tokens that fails as often as `failures` says, each time in this way.
async fn token_after(
    failures: usize,
    fail: impl Fn() -> Result<
        actionspec_runtime::http::Response<actionspec_runtime::Bytes>,
        TransportError,
    > + Send
    + Sync
    + 'static,
) -> (Result<(), ErrorKind>, usize) {
    let integration = authenticated(json!({
        "kind": "oauth2",
        "flow": "clientCredentials",
        "tokenUrl": "/token",
        "scopes": {},
    }));
    let vendor = Vendor::new(Duration::ZERO, move |request, before| {
        if request.uri().path() != "/token" {
            return vendor::json(200, &[], &json!({"fine": true}));
        }
        if before < failures {
            return fail();
        }
        vendor::json(200, &[], &json!({"access_token": "made-up"}))
    });
    let client = Client::builder(integration)
        .credentials("scheme", vec!["id".to_owned(), "secret".to_owned()])
        .max_tries(3)
        .transport(vendor.clone())
        .build()
        .unwrap();
    let result = call(&client, read()).await;
    (result.map(drop).map_err(|error| error.kind()), vendor.asked("/token").len())
}

#[tokio::test(start_paused = true)]
async fn a_token_is_asked_for_again_when_its_service_fails_for_a_moment() {
    let busy = |status: u16| move || vendor::json(status, &[("retry-after", "5")], &Value::Null);
    let lost = || Err(TransportError::new("the connection failed"));
    assert_eq!(token_after(2, lost).await, (Ok(()), 3));
    assert_eq!(token_after(2, busy(429)).await, (Ok(()), 3));
    assert_eq!(token_after(2, busy(503)).await, (Ok(()), 3));
    let start = Instant::now();
    token_after(1, busy(500)).await.0.unwrap();
    assert_eq!(start.elapsed().as_secs(), 5, "the service says when");
    // Not for ever, and not if it says no.
    assert_eq!(token_after(9, lost).await.0, Err(ErrorKind::Transport));
    assert_eq!(token_after(9, busy(503)).await, (Err(ErrorKind::Authentication), 3));
    assert_eq!(token_after(9, busy(400)).await, (Err(ErrorKind::Authentication), 1));
}
