//! No secret given to a client, or given to it by a vendor, appears in an error, a `Debug` text or a trace: for every authentication scheme.

use std::fmt::Write as _;

use actionspec_runtime::{Call, Client, Value, json};
use actionspec_test_support::fixture::{authenticated, public, secret};
use actionspec_test_support::recorder::Recorder;
use axum::response::IntoResponse as _;

use crate::server::{Asked, Vendor, answer};
use crate::{SECRET, action, builder};

/// Repeats all that it was told, in every place of an error that is shown.
async fn gossip() -> Vendor {
    Vendor::start(|asked: &Asked, vendor: &Vendor| {
        let heard = format!(
            "{} {:?} {}",
            asked.uri,
            asked.headers.values().collect::<Vec<_>>(),
            String::from_utf8_lossy(&asked.body)
        );
        match asked.uri.path() {
            "/oauth/token" | "/login" => {
                answer(200, &json!({"access_token": vendor.give(), "refresh_token": vendor.give()}))
            }
            _ => {
                ([("x-request-id", SECRET)], answer(503, &json!({"message": heard, "code": heard})))
                    .into_response()
            }
        }
    })
    .await
}

fn schemes() -> Vec<(Value, Vec<&'static str>)> {
    let user = || json!({"username": public("User"), "password": secret("Password")});
    let client = || json!({"client_id": public("Id"), "client_secret": secret("Secret")});
    let with = |facts: Value, more: Value| {
        let mut all = facts;
        for (key, fact) in more.as_object().into_iter().flatten() {
            all[key] = fact.clone();
        }
        all
    };
    let jwt = json!({
        "algorithm": "HS256",
        "key": "client_secret",
        "claims": {"iss": "{client_id}"},
        "lifetimeSeconds": 60,
    });
    let oauth = |flow: &str, more: Value| {
        let facts = json!({
            "kind": "oauth2",
            "flow": flow,
            "tokenUrl": "/oauth/token",
            "clientAuthentication": "body",
            "scopes": {},
        });
        with(facts, more)
    };
    let session = json!({
        "kind": "session",
        "credentials": user(),
        "login": {
            "request": "POST /login",
            "headers": {"X-Basic": "{basic}"},
            "fields": {"password": "{password}"},
        },
        "carry": {"X-Token": {"in": "header", "from": {"body": "/access_token"}}},
    });
    let signing = json!({
        "kind": "signature",
        "credentials": user(),
        "values": {"plain": {"text": "{password}"}},
        "headers": {"X-Bad-Idea": "{plain}"},
    });
    let key = |location: &str| json!({"kind": "apiKey", "keys": {"key": {"in": location, "title": "Key", "prefix": "k "}}});
    let aws = json!({
        "kind": "awsSigV4",
        "accessKeyId": public("Id"),
        "secretAccessKey": secret("Key"),
        "sessionToken": secret("Session"),
        "service": "s",
        "region": "r",
    });
    vec![
        (with(json!({"kind": "basic"}), user()), vec!["ada", SECRET]),
        (json!({"kind": "bearer", "token": secret("Token")}), vec![SECRET]),
        (key("header"), vec![SECRET]),
        (key("query"), vec![SECRET]),
        (key("cookie"), vec![SECRET]),
        (oauth("clientCredentials", json!({})), vec!["id", SECRET]),
        (
            oauth("jwtBearer", json!({"credentials": client(), "assertion": jwt.clone()})),
            vec!["id", SECRET],
        ),
        (json!({"kind": "jwt", "credentials": client(), "token": jwt}), vec!["id", SECRET]),
        (aws, vec!["id", SECRET]),
        (signing, vec!["ada", SECRET]),
        (session, vec!["ada", SECRET]),
        (with(json!({"kind": "digest"}), user()), vec!["ada", SECRET]),
    ]
}

#[tokio::test(start_paused = true)]
async fn none_is_said() {
    let (recorder, _recording) = Recorder::start(&["actionspec"]);
    for (index, (scheme, secrets)) in schemes().into_iter().enumerate() {
        let vendor = gossip().await;
        let integration = authenticated(scheme);
        let builder =
            builder(integration, "scheme", &secrets, &vendor.address).header("x-own", SECRET);
        let mut said = format!("{builder:?}");
        let client: Client = builder.build().unwrap();
        let call = Call::<serde_json::Value>::new(&client, action(integration, "GET"));
        let _ = write!(said, "{client:?} {call:?} {:?}", call.request().unwrap());
        let error = call.send().await.unwrap_err();
        assert_eq!(error.tries(), 2, "scheme {index}");
        let _ = write!(
            said,
            "{error} {error:?} {:?} {:?} {}",
            error.code(),
            error.request_id(),
            error.message()
        );
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            let _ = write!(said, "{inner} {inner:?}");
            cause = inner.source();
        }
        assert!(!said.contains(SECRET), "scheme {index}: {said}");
        assert!(said.contains("[REDACTED]") || !said.contains("key="), "scheme {index}: {said}");
    }
    let traced = recorder.text();
    assert!(
        traced.contains("actionspec.call")
            && traced.contains("status=503")
            && traced.contains("tries=2"),
        "{traced}"
    );
    assert!(
        traced.contains("action=desk.act")
            && traced.contains("duration_ms=")
            && traced.contains("error="),
        "{traced}"
    );
    assert!(!traced.contains(SECRET), "{traced}");
}
