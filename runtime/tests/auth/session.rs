//! Sessions: the client logs in, carries what it was given, logs in again when that has ended, and logs out.

use std::time::Duration;

use actionspec_runtime::descriptor::*;
use actionspec_runtime::{Client, ErrorKind, json};
use actionspec_test_support::clock;
use actionspec_test_support::fixture::{authenticated, public, secret};
use axum::response::IntoResponse as _;
use base64::Engine as _;

use crate::server::{Asked, Vendor, answer, refused};
use crate::{SECRET, builder, call, says_nothing};

const FORM: Form = Form { name: "", credentials: &[public("username"), secret("password")] };

const BASE: Session = Session {
    method: "POST",
    path: "/login",
    headers: &[],
    form: false,
    fields: &[("user", "{username}"), ("password", "{password}")],
    carry: &[],
    logout: Some(("DELETE", "/session")),
    lifetime_seconds: None,
};

fn client(vendor: &Vendor, session: Session) -> Client {
    let integration = authenticated(&[FORM], Scheme::Session(session));
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
    let carry = &[(
        Key { location: Location::Header, name: "X-Token", prefix: "Session " },
        TokenPlace::Body("/data/token"),
    )];
    let client = client(&vendor, Session { carry, ..BASE });
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
    let carry = &[
        (Key { location: Location::Cookie, name: "SID", prefix: "" }, TokenPlace::Cookie("SID")),
        (
            Key { location: Location::Header, name: "X-Copy", prefix: "" },
            TokenPlace::Header("x-session"),
        ),
    ];
    let session =
        Session { carry, form: true, headers: &[("Authorization", "Basic {basic}")], ..BASE };
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

#[tokio::test(start_paused = true)]
async fn a_session_that_ends_by_itself() {
    let vendor = vendor().await;
    let carry = &[(
        Key { location: Location::Header, name: "X-Token", prefix: "" },
        TokenPlace::Body("/data/token"),
    )];
    let client = client(&vendor, Session { carry, lifetime_seconds: Some(3600), ..BASE });
    call(&client, "GET").await.unwrap();
    clock::pass(Duration::from_hours(1)).await;
    call(&client, "GET").await.unwrap();
    assert_eq!((vendor.given(), vendor.asked("/thing").len()), (2, 2));
}

#[tokio::test]
async fn a_login_that_fails_says_so() {
    let carry = &[(
        Key { location: Location::Header, name: "X-Token", prefix: "" },
        TokenPlace::Body("/data/token"),
    )];
    let refusing = Vendor::start(|_, _| refused()).await;
    let no = client(&refusing, Session { carry, ..BASE });
    let error = call(&no, "GET").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Authentication, 401));
    assert!(refusing.asked("/thing").is_empty());
    says_nothing(&error, &no);
    let empty = Vendor::start(|_, _| answer(200, &json!({}))).await;
    let no = client(&empty, Session { carry, ..BASE });
    let error = call(&no, "GET").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("does not hold what `X-Token` is to carry"), "{error}");
}
