//! A vendor that repeats credentials in other spellings: none leaves the client through any of its texts.

use std::fmt::Write as _;
use std::time::Duration;

use actionspec_model::Action;
use actionspec_runtime::descriptor::Effect;
use actionspec_runtime::{Client, TransportError, Value, http, json};
use actionspec_test_support::fixture::{authenticated, call, parameter, public, schema, secret};
use actionspec_test_support::recorder::Recorder;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::read;
use crate::vendor::{self, Vendor};

const PASSWORD: &str = "pa55 w/rd+never&shown";

/// All that an error shows: its texts, and those of its causes.
fn shown(error: &actionspec_runtime::Error) -> String {
    let mut shown = format!(
        "{error} {error:?} {} {:?} {:?}",
        error.message(),
        error.code(),
        error.request_id()
    );
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let _ = write!(shown, " {inner} {inner:?}");
        cause = inner.source();
    }
    shown
}

fn spellings(sent: &str) -> Vec<String> {
    let bytes =
        |text: &str, of: fn(u8) -> String| text.bytes().map(of).collect::<Vec<_>>().concat();
    let hex = |text: &str| bytes(text, |byte| format!("{byte:02x}"));
    let percent = |text: &str| bytes(text, |byte| format!("%{byte:02X}"));
    let pair = format!("ada:{PASSWORD}");
    vec![
        sent.to_owned(),
        sent.split_once(' ').map_or(sent, |(_, value)| value).to_owned(),
        PASSWORD.to_owned(),
        STANDARD.encode(PASSWORD),
        URL_SAFE_NO_PAD.encode(&pair),
        hex(PASSWORD),
        hex(&pair).to_uppercase(),
        percent(PASSWORD),
        percent(PASSWORD).replace('%', "%25"),
        "pa55+w%2frd%2Bnever%26shown".to_owned(),
        json!(format!("{PASSWORD}\"")).to_string().replace('/', "\\/"),
        PASSWORD.replace('&', "&amp;"),
    ]
}

/// Every scheme whose credentials are sent in some form, with the header that carries them.
fn schemes() -> Vec<(Value, Vec<&'static str>, &'static str)> {
    let user = json!({"kind": "basic", "username": public("User"), "password": secret("Key")});
    let digest = json!({"kind": "digest", "username": public("User"), "password": secret("Key")});
    let key = json!({"kind": "apiKey", "keys": {"X-Key": {"in": "header", "title": "Key", "prefix": "Key "}}});
    let mut all = vec![
        (user, vec!["ada", PASSWORD], "authorization"),
        (json!({"kind": "bearer", "token": secret("Token")}), vec![PASSWORD], "authorization"),
        (key, vec![PASSWORD], "x-key"),
    ];
    if cfg!(feature = "digest") {
        all.push((digest, vec!["ada", PASSWORD], "authorization"));
    }
    all
}

#[tokio::test(start_paused = true)]
async fn no_spelling_of_a_credential_is_shown() {
    let (recorder, _recording) = Recorder::start(&["actionspec"]);
    for (scheme, values, carrier) in schemes() {
        for index in 0..spellings("").len() {
            let vendor = Vendor::new(Duration::ZERO, move |request, _| {
                let sent = request.headers().get(carrier);
                let Some(sent) = sent.map(|value| value.to_str().unwrap()) else {
                    let challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
                    return vendor::json(401, &[("www-authenticate", challenge)], &Value::Null);
                };
                let said = format!("[{}]", spellings(sent)[index]);
                let headers = [("x-request-id", said.as_str())];
                vendor::json(400, &headers, &json!({"message": said, "code": said}))
            });
            let integration = authenticated(scheme.clone());
            let client = Client::builder(integration)
                .credentials("scheme", values.iter().map(ToString::to_string).collect())
                .transport(vendor.clone())
                .build()
                .unwrap();
            let error = call(&client, read()).send().await.unwrap_err();
            assert_eq!(error.status().unwrap(), 400);
            let shown = shown(&error);
            let sent = vendor.asked("/").last().unwrap().headers()[carrier].clone();
            let spelling = &spellings(sent.to_str().unwrap())[index];
            assert!(shown.contains("[REDACTED]") && !shown.contains(spelling), "{shown}");
            let traced = recorder.text();
            assert!(traced.contains("error=") && !traced.contains(spelling), "{traced}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_causes_of_an_error_are_clean() {
    /// As libraries are that quote the address.
    #[derive(Debug)]
    struct Quoting(String);
    impl std::fmt::Display for Quoting {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "no connection to {}", self.0)
        }
    }
    impl std::error::Error for Quoting {}
    let key = json!({"kind": "apiKey", "keys": {"key": {"in": "query", "title": "Key"}}});
    let integration = authenticated(key);
    let vendor = Vendor::new(Duration::ZERO, |request, _| {
        Err(TransportError::new("lost").with_source(Quoting(request.uri().to_string())))
    });
    let client = Client::builder(integration)
        .credentials("scheme", vec![PASSWORD.to_owned()])
        .transport(vendor.clone())
        .max_tries(1)
        .build()
        .unwrap();
    let error = call(&client, read()).send().await.unwrap_err();
    let shown = shown(&error);
    assert!(vendor.asked("/")[0].uri().query().unwrap().contains("pa55%20w%2Frd"));
    assert!(shown.contains("no connection to") && !shown.contains("w%2Frd"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn secret_arguments_and_own_headers_are_not_shown() {
    let pin = parameter("pin", schema(json!({"type": "string", "secret": true})));
    let integration = authenticated(json!({"kind": "bearer", "token": secret("Token")}));
    let vendor = Vendor::new(Duration::ZERO, |request: &http::Request<_>, _| {
        let own = request.headers()["x-own"].to_str().unwrap();
        let said = format!("{} {own} {}", request.uri(), STANDARD.encode(own));
        vendor::json(400, &[], &json!({"message": said}))
    });
    let client = Client::builder(integration)
        .credentials("scheme", vec!["made-up-token".to_owned()])
        .header("X-Own", "own-header-value")
        .transport(vendor)
        .build()
        .unwrap();
    let action = Action { effect: Effect::Read, parameters: vec![pin], ..read() };
    let error = call(&client, action).set("pin", "12 34 & 56").send().await.unwrap_err();
    let shown = shown(&error);
    for never in ["12%2034", "own-header-value", &STANDARD.encode("own-header-value")] {
        assert!(!shown.contains(never), "{shown}");
    }
}
