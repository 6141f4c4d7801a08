//! OAuth 2: tokens are asked for once, kept, renewed, and asked for anew when they are refused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actionspec_runtime::{Client, ErrorKind, ExposeSecret as _, Value, json};
use actionspec_test_support::clock;
use actionspec_test_support::fixture::authenticated;
use base64::Engine as _;

use crate::server::{Asked, Vendor, answer, refused};
use crate::{SECRET, builder, call, says_nothing};

fn scheme(flow: &str, client_authentication: &str) -> Value {
    json!({
        "kind": "oauth2",
        "flow": flow,
        "tokenUrl": "/oauth/token",
        "clientAuthentication": client_authentication,
        "scopes": {},
        "defaultScopes": ["read", "write all"],
        "parameters": {"audience": "https://{tenant}.example.com/api"},
    })
}

/// Gives tokens that last for so long.
async fn vendor(expires_in: u64) -> Vendor {
    Vendor::start(move |asked: &Asked, vendor: &Vendor| match asked.uri.path() {
        "/oauth/token" => {
            let token = vendor.give();
            let refresh = format!("refresh-{}-{SECRET}", vendor.given());
            answer(200, &json!({"access_token": token, "expires_in": expires_in, "refresh_token": refresh, "token_type": "bearer"}))
        }
        _ if vendor.accepts(asked.header("authorization")) => answer(200, &json!({"fine": true})),
        _ => refused(),
    })
    .await
}

fn machine(vendor: &Vendor) -> Client {
    let integration = authenticated(scheme("clientCredentials", "basic"));
    builder(integration, "scheme", &["id with space", SECRET], &vendor.address).build().unwrap()
}

#[tokio::test]
async fn client_credentials_in_a_header() {
    let vendor = vendor(3600).await;
    let client = machine(&vendor);
    for _ in 0..3 {
        call(&client, "GET").await.unwrap();
    }
    let asked = vendor.asked("/oauth/token");
    assert_eq!(asked.len(), 1, "the token is kept");
    let pair =
        base64::engine::general_purpose::STANDARD.encode(format!("id%20with%20space:{SECRET}"));
    assert_eq!(asked[0].header("authorization"), format!("Basic {pair}"));
    let form = asked[0].form();
    assert_eq!(form["grant_type"], "client_credentials");
    assert_eq!(form["scope"], "read write all");
    assert_eq!(form["audience"], "https://acme.example.com/api");
    assert!(!form.contains_key("client_secret"));
    assert_eq!(
        vendor.asked("/thing")[0].header("authorization"),
        format!("Bearer token-1-{SECRET}")
    );
}

#[tokio::test]
async fn client_credentials_in_the_body() {
    let vendor = vendor(3600).await;
    let integration = authenticated(scheme("clientCredentials", "body"));
    call(&builder(integration, "scheme", &["id", SECRET], &vendor.address).build().unwrap(), "GET")
        .await
        .unwrap();
    let form = vendor.asked("/oauth/token")[0].form();
    assert_eq!((form["client_id"].as_str(), form["client_secret"].as_str()), ("id", SECRET));
    assert_eq!(vendor.asked("/oauth/token")[0].header("authorization"), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_with_an_ended_token_ask_for_one() {
    let vendor = vendor(3600).await;
    let client = machine(&vendor);
    call(&client, "GET").await.unwrap();
    vendor.revoke();
    vendor.hold("/oauth/token");
    let begun = Arc::new(AtomicUsize::new(0));
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let (client, begun) = (client.clone(), Arc::clone(&begun));
            tokio::spawn(async move {
                begun.fetch_add(1, Ordering::SeqCst);
                call(&client, "GET").await.map(drop)
            })
        })
        .collect();
    // All others come while one asks.
    while begun.load(Ordering::SeqCst) < 1000 {
        tokio::task::yield_now().await;
    }
    vendor.release();
    for one in calls {
        one.await.unwrap().unwrap();
    }
    assert_eq!(vendor.asked("/oauth/token").len(), 2, "one before, one for all of them");
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_ends() {
    // A minute before its end, or when a tenth of a short life is left.
    for (lifetime, kept) in [(3600, 3_539_999), (100, 89_999)] {
        let vendor = vendor(lifetime).await;
        let client = machine(&vendor);
        call(&client, "GET").await.unwrap();
        clock::pass(Duration::from_millis(kept)).await;
        call(&client, "GET").await.unwrap();
        assert_eq!(vendor.given(), 1);
        clock::pass(Duration::from_millis(1)).await;
        call(&client, "GET").await.unwrap();
        assert_eq!(vendor.given(), 2);
        assert_eq!(vendor.asked("/thing").len(), 3, "no request was refused");
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_for_writes_too() {
    let vendor = vendor(3600).await;
    let client = machine(&vendor);
    call(&client, "GET").await.unwrap();
    vendor.revoke();
    call(&client, "POST").await.unwrap();
    assert_eq!(
        vendor.asked("/thing").iter().filter(|asked| asked.method == "POST").count(),
        2,
        "one was refused, one was accepted"
    );
    // A vendor that refuses everything is asked twice, not for ever.
    let stubborn = Vendor::start(|asked, vendor| match asked.uri.path() {
        "/oauth/token" => answer(200, &json!({"access_token": vendor.give()})),
        _ => refused(),
    })
    .await;
    let client = machine(&stubborn);
    let error = call(&client, "GET").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!((stubborn.asked("/thing").len(), stubborn.given()), (2, 2));
    says_nothing(&error, &client);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_is_used_and_replaced() {
    let vendor = vendor(3600).await;
    let integration = authenticated(scheme("authorizationCode", "basic"));
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let client =
        builder(integration, "scheme.refresh", &["id", SECRET, "refresh-0"], &vendor.address)
            .on_refresh_token(move |token| {
                heard.lock().unwrap().push(token.expose_secret().to_owned());
            })
            .build()
            .unwrap();
    call(&client, "GET").await.unwrap();
    clock::pass(Duration::from_hours(1)).await;
    call(&client, "GET").await.unwrap();
    let used: Vec<String> = vendor
        .asked("/oauth/token")
        .iter()
        .map(|asked| asked.form()["refresh_token"].clone())
        .collect();
    assert_eq!(used, ["refresh-0", &format!("refresh-1-{SECRET}")]);
    assert_eq!(
        *told.lock().unwrap(),
        [format!("refresh-1-{SECRET}"), format!("refresh-2-{SECRET}")]
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_counts_once() {
    let vendor = vendor(3600).await;
    let integration = authenticated(scheme("authorizationCode", "basic"));
    let values = ["id", SECRET, "the-code", "https://app.example.com/back"];
    let client = builder(integration, "scheme.code", &values, &vendor.address).build().unwrap();
    call(&client, "GET").await.unwrap();
    clock::pass(Duration::from_hours(1)).await;
    call(&client, "GET").await.unwrap();
    let grants: Vec<String> = vendor
        .asked("/oauth/token")
        .iter()
        .map(|asked| asked.form()["grant_type"].clone())
        .collect();
    assert_eq!(grants, ["authorization_code", "refresh_token"]);
    let form = vendor.asked("/oauth/token")[0].form();
    assert_eq!(
        (form["code"].as_str(), form["redirect_uri"].as_str()),
        ("the-code", "https://app.example.com/back")
    );
}

#[tokio::test]
async fn a_failure_is_told_to_everyone_who_waited_for_it() {
    let vendor = Vendor::start(|asked, vendor| {
        if asked.uri.path() == "/oauth/token" {
            vendor.give();
        }
        answer(
            400,
            &json!({"error": "invalid_client", "error_description": format!("{SECRET} is wrong")}),
        )
    })
    .await;
    let client = machine(&vendor);
    vendor.hold("/oauth/token");
    let begun = Arc::new(AtomicUsize::new(0));
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let (client, begun) = (client.clone(), Arc::clone(&begun));
            tokio::spawn(async move {
                begun.fetch_add(1, Ordering::SeqCst);
                call(&client, "GET").await.unwrap_err()
            })
        })
        .collect();
    // On one thread, who has begun has come as far as to wait for the token.
    while begun.load(Ordering::SeqCst) < 50 {
        tokio::task::yield_now().await;
    }
    vendor.release();
    for one in calls {
        let error = one.await.unwrap();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Authentication, Some("invalid_client"))
        );
        assert_eq!(error.message(), "no token was issued: [REDACTED] is wrong");
        says_nothing(&error, &client);
    }
    assert_eq!(vendor.given(), 1, "whoever waited was told the same");
    assert!(vendor.asked("/thing").is_empty(), "nothing goes out without a token");
}

#[test]
fn a_token_address_is_checked() {
    let integration = authenticated(scheme("clientCredentials", "basic"));
    let build = |address: &str| {
        builder(integration, "scheme", &["id", SECRET], "http://127.0.0.1:9")
            .token_url(address)
            .build()
    };
    build("https://login.example.com/token").unwrap();
    assert!(build("http://login.example.com/token").unwrap_err().to_string().contains("https://"));
    let error =
        builder(integration, "schme", &["id", SECRET], "http://127.0.0.1:9").build().unwrap_err();
    assert!(error.to_string().contains("did you mean `scheme`?"), "{error}");
    let error = builder(integration, "scheme", &["id"], "http://127.0.0.1:9").build().unwrap_err();
    assert!(error.to_string().contains("needs 2 values, 1 are given"), "{error}");
}
