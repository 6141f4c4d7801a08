//! No secret given to a client, or given to it by a vendor, appears in an error, a `Debug` text or a trace: for every authentication scheme.

use std::fmt::Write as _;

use actionspec_runtime::descriptor::*;
use actionspec_runtime::{Call, Client, json};
use actionspec_test_support::fixture::{authenticated, leak, public, secret};
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

fn schemes() -> Vec<(&'static [Form], Scheme, Vec<&'static str>)> {
    const PASSWORD: &[Form] =
        &[Form { name: "", credentials: &[public("username"), secret("password")] }];
    const TOKEN: &[Form] = &[Form { name: "", credentials: &[secret("token")] }];
    const OAUTH: &[Form] =
        &[Form { name: "", credentials: &[public("client_id"), secret("client_secret")] }];
    const JWT: Jwt = Jwt {
        algorithm: "HS256",
        key: "client_secret",
        key_id: "",
        claims: &[("iss", Literal::Str("{client_id}"))],
        lifetime_seconds: 60,
    };
    let oauth = |flow, assertion| {
        Scheme::OAuth2(OAuth2 {
            flow,
            token_url: "/oauth/token",
            client_in_body: true,
            scopes: &[],
            parameters: &[],
            assertion,
        })
    };
    let session = Session {
        method: "POST",
        path: "/login",
        headers: &[("X-Basic", "{basic}")],
        form: false,
        fields: &[("password", "{password}")],
        carry: &[(
            Key { location: Location::Header, name: "X-Token", prefix: "" },
            TokenPlace::Body("/access_token"),
        )],
        logout: None,
        lifetime_seconds: None,
    };
    let signing = Signing {
        credentials: &["username", "password"],
        values: &[("plain", Computed::Text("{password}"))],
        headers: &[("X-Bad-Idea", "{plain}")],
    };
    let key = |location| Scheme::ApiKey(leak(vec![Key { location, name: "key", prefix: "k " }]));
    vec![
        (PASSWORD, Scheme::Basic, vec!["ada", SECRET]),
        (TOKEN, Scheme::Bearer("Bearer"), vec![SECRET]),
        (TOKEN, key(Location::Header), vec![SECRET]),
        (TOKEN, key(Location::Query), vec![SECRET]),
        (TOKEN, key(Location::Cookie), vec![SECRET]),
        (OAUTH, oauth(Flow::ClientCredentials, None), vec!["id", SECRET]),
        (OAUTH, oauth(Flow::JwtBearer, Some(JWT)), vec!["id", SECRET]),
        (OAUTH, Scheme::Jwt("Bearer", JWT), vec!["id", SECRET]),
        (
            OAUTH,
            Scheme::AwsSigV4(AwsSigV4 {
                service: "s",
                region: "r",
                services: &[],
                regions: &[],
                exchange: None,
            }),
            vec!["id", SECRET],
        ),
        (PASSWORD, Scheme::Signature(signing), vec!["ada", SECRET]),
        (PASSWORD, Scheme::Session(session), vec!["ada", SECRET]),
        (PASSWORD, Scheme::Digest, vec!["ada", SECRET]),
    ]
}

#[tokio::test(start_paused = true)]
async fn none_is_said() {
    let (recorder, _recording) = Recorder::start(&["actionspec"]);
    for (index, (forms, scheme, secrets)) in schemes().into_iter().enumerate() {
        let vendor = gossip().await;
        let integration = authenticated(forms, scheme);
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
