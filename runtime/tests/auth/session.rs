//! Sessions: the client logs in, carries what it was given, logs in again when that has ended, and logs out.

use std::time::Duration;

use actionspec_runtime::{Client, ErrorKind, Value, json};
use actionspec_test_support::clock;
use actionspec_test_support::fixture::{authenticated, public, secret};
use axum::response::IntoResponse as _;
use base64::Engine as _;

use crate::server::{Asked, Vendor, answer, refused};
use crate::{SECRET, builder, call, says_nothing};

/// A session with this login and what requests carry; `facts` replace others.
fn session(carry: &Value, facts: &Value) -> Value {
    let mut session = json!({
        "kind": "session",
        "credentials": {"username": public("User"), "password": secret("Password")},
        "login": {
            "request": "POST /login",
            "fields": {"user": "{username}", "password": "{password}"},
        },
        "carry": carry,
        "logout": "DELETE /session",
    });
    for (key, fact) in facts.as_object().into_iter().flatten() {
        session[key] = fact.clone();
    }
    session
}

fn client(vendor: &Vendor, session: Value) -> Client {
    let integration = authenticated(session);
    builder(integration, "scheme", &["ada", SECRET], &vendor.address).build().unwrap()
}

/// Gives a session in the body, a header and a cookie; lets in who brings it in the header or cookie.
async fn vendor() -> Vendor {
    Vendor::start(|asked: &Asked, vendor: &Vendor| match asked.uri.path() {
        "/login" => {
            let token = vendor.give();
            let cookie = format!("SID={token}; Path=/; HttpOnly");
            let headers = [
                ("x-session", token.clone()),
                ("set-cookie", cookie),
                ("content-type", "application/json".to_owned()),
            ];
            (headers, json!({"data": {"token": token}}).to_string()).into_response()
        }
        _ if vendor.accepts(asked.header("x-token")) || vendor.accepts(asked.header("cookie")) => {
            answer(200, &json!({"fine": true}))
        }
        _ => refused(),
    })
    .await
}

#[tokio::test]
async fn a_token_of_the_body_in_a_header() {
    let vendor = vendor().await;
    let carry =
        json!({"X-Token": {"in": "header", "prefix": "Session ", "from": {"body": "/data/token"}}});
    let client = client(&vendor, session(&carry, &json!({})));
    call(&client, "GET").await.unwrap();
    call(&client, "POST").await.unwrap();
    assert_eq!(vendor.given(), 1);
    let login = &vendor.asked("/login")[0];
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&login.body).unwrap(),
        json!({"user": "ada", "password": SECRET})
    );
    assert_eq!(vendor.asked("/thing")[0].header("x-token"), format!("Session token-1-{SECRET}"));
    vendor.revoke();
    call(&client, "GET").await.unwrap();
    assert_eq!(vendor.given(), 2, "it logs in again when the session has ended");
    client.log_out().await.unwrap();
    let out = &vendor.asked("/session")[0];
    assert_eq!(
        (out.method.as_str(), out.header("x-token")),
        ("DELETE", format!("Session token-2-{SECRET}").as_str())
    );
    client.log_out().await.unwrap();
    assert_eq!(vendor.asked("/session").len(), 1, "there is nothing to log out of");
    call(&client, "GET").await.unwrap();
    assert_eq!(vendor.given(), 3);
}

#[tokio::test]
async fn a_cookie_and_a_header() {
    let vendor = vendor().await;
    let carry = json!({"SID": {"in": "cookie", "from": {"cookie": "SID"}}, "X-Copy": {"in": "header", "from": {"header": "x-session"}}});
    let login = json!({
        "request": "POST /login",
        "headers": {"Authorization": "Basic {basic}"},
        "body": "form",
        "fields": {"user": "{username}", "password": "{password}"},
    });
    let session = session(&carry, &json!({"login": login}));
    let client = client(&vendor, session);
    call(&client, "GET").await.unwrap();
    let login = &vendor.asked("/login")[0];
    assert_eq!(login.form()["password"], SECRET);
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("ada:{SECRET}"));
    assert_eq!(login.header("authorization"), format!("Basic {pair}"));
    let asked = &vendor.asked("/thing")[0];
    assert_eq!(asked.header("cookie"), format!("SID=token-1-{SECRET}"));
    assert_eq!(asked.header("x-copy"), format!("token-1-{SECRET}"));
}

#[tokio::test]
async fn a_token_in_the_query() {
    let vendor = Vendor::start(|asked: &Asked, vendor: &Vendor| match asked.uri.path() {
        "/login" => answer(200, &json!({"sid": format!("a&b {}", vendor.give())})),
        _ => answer(200, &json!({"query": asked.uri.query()})),
    })
    .await;
    let carry = json!({"sid": {"in": "query", "from": {"body": "/sid"}}});
    let client = client(&vendor, session(&carry, &json!({})));
    let answer = call(&client, "GET").await.unwrap();
    let sent = format!("sid=a%26b%20token-1-{SECRET}");
    assert_eq!(answer.json()["query"], *sent);
    assert!(!vendor.asked("/thing")[0].headers.contains_key("sid"), "it is not a header");
    client.log_out().await.unwrap();
    assert_eq!(vendor.asked("/session")[0].uri.query().unwrap(), sent);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_ends_by_itself() {
    let vendor = vendor().await;
    let carry = json!({"X-Token": {"in": "header", "from": {"body": "/data/token"}}});
    let client = client(&vendor, session(&carry, &json!({"lifetimeSeconds": 3600})));
    call(&client, "GET").await.unwrap();
    clock::pass(Duration::from_hours(1)).await;
    call(&client, "GET").await.unwrap();
    assert_eq!((vendor.given(), vendor.asked("/thing").len()), (2, 2));
}

#[tokio::test]
async fn a_login_that_fails_says_so() {
    let carry = json!({"X-Token": {"in": "header", "from": {"body": "/data/token"}}});
    let refusing = Vendor::start(|_, _| refused()).await;
    let no = client(&refusing, session(&carry, &json!({})));
    let error = call(&no, "GET").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Authentication, 401));
    assert!(refusing.asked("/thing").is_empty());
    says_nothing(&error, &no);
    let empty = Vendor::start(|_, _| answer(200, &json!({}))).await;
    let no = client(&empty, session(&carry, &json!({})));
    let error = call(&no, "GET").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("does not contain the value for `X-Token`"), "{error}");
}
