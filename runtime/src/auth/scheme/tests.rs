//! Walks the table of schemes.

use std::collections::BTreeSet;

use http::HeaderMap;
use serde_json::{Value, json};
use url::Url;

use super::{Prepared, Setup, of};
use crate::auth::{Carrier, Credentials};
use crate::descriptor::Authentication;

/// One declaration of each scheme, and of each different use of one.
fn declared() -> Vec<Value> {
    let secret = |title: &str| json!({"title": title});
    let user = || json!({"username": secret("User"), "password": secret("Password")});
    let jwt = json!({"algorithm": "HS256", "key": "password", "claims": {}});
    let with = |kind: &str, more: Value| {
        let mut scheme = json!({"kind": kind, "title": "Scheme"});
        for (key, value) in more.as_object().into_iter().flatten() {
            scheme[key] = value.clone();
        }
        scheme
    };
    vec![
        with("basic", user()),
        with("bearer", json!({"token": secret("Token")})),
        with(
            "apiKey",
            json!({"keys": {
                "X-Key": {"in": "header", "title": "Key"},
                "key": {"in": "query", "title": "Key"},
                "SID": {"in": "cookie", "title": "Key"},
            }}),
        ),
        with("oauth2", json!({"flow": "clientCredentials", "tokenUrl": "/token", "scopes": {}})),
        with("oauth2", json!({"flow": "authorizationCode", "tokenUrl": "/token", "scopes": {}})),
        with("jwt", json!({"credentials": user(), "token": jwt})),
        with(
            "awsSigV4",
            json!({
                "accessKeyId": secret("Id"),
                "secretAccessKey": secret("Key"),
                "sessionToken": secret("Session"),
                "service": "s",
                "region": "r",
            }),
        ),
        with("signature", json!({"credentials": user(), "headers": {"X-Signed": "{password}"}})),
        with(
            "session",
            json!({
                "credentials": user(),
                "login": {"request": "POST /login"},
                "carry": {"sid": {"in": "query", "from": {"body": "/sid"}}},
            }),
        ),
        with(
            "ociSignature",
            json!({
                "tenancy": secret("Tenancy"),
                "user": secret("User"),
                "fingerprint": secret("Fingerprint"),
                "privateKey": secret("Key"),
            }),
        ),
        with("digest", user()),
        with("clientCertificate", json!({"certificate": secret("C"), "privateKey": secret("K")})),
    ]
}

fn schemes() -> Vec<(String, &'static Authentication)> {
    let read = |scheme: Value| {
        let kind = scheme["kind"].as_str().expect("a kind").to_owned();
        let declared: Authentication = serde_json::from_value(scheme).expect("a scheme");
        (kind, &*Box::leak(Box::new(declared)))
    };
    declared().into_iter().map(read).collect()
}

#[test]
fn every_scheme_is_declared_here() {
    let declared: BTreeSet<String> = schemes().into_iter().map(|(kind, _)| kind).collect();
    let known: BTreeSet<String> =
        Authentication::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(declared, known);
}

#[test]
fn every_scheme_prepares_each_of_its_forms() {
    for (kind, declared) in schemes() {
        let scheme = match of(declared) {
            Ok(scheme) => scheme,
            Err(feature) => {
                assert!(!feature.is_empty(), "`{kind}` names the feature that it needs");
                continue;
            }
        };
        for form in declared.forms() {
            let given = |(name, _): &(String, _)| match name.as_str() {
                "private_key" => include_str!("../../../tests/auth/rfc7515_a2.pem").into(),
                name => format!("given-{name}").into(),
            };
            let secrets = form.credentials.iter().map(given).collect();
            let credentials = Credentials { scheme: "scheme", form, secrets };
            let setup = Setup {
                fill: &|text| Ok(text.to_owned()),
                address: &|url| Ok(url.to_owned()),
                server: &|_| Ok("https://example.com".to_owned()),
                token_url: None,
                hook: None,
            };
            assert_eq!(scheme.check(&credentials), None, "`{kind}`");
            let prepared = scheme.prepare(&credentials, &setup);
            let prepared = prepared.map_err(|problems| format!("`{kind}`: {problems:?}"));
            let prepared = prepared.expect("prepared");
            if let Prepared::Fixed(fixed) = prepared {
                let mut headers = HeaderMap::new();
                let mut url = Url::parse("https://example.com/?a=b").expect("a URL");
                fixed
                    .write(&credentials, &mut Carrier { headers: &mut headers, query: &mut url })
                    .expect("written");
                assert!(headers.values().all(http::HeaderValue::is_sensitive), "`{kind}`");
                let query: Vec<_> = url.query_pairs().skip(1).map(|(name, _)| name).collect();
                assert_eq!(query, scheme.query_keys(), "`{kind}` names what its query carries");
                assert!(!headers.is_empty() || !query.is_empty(), "`{kind}` sends something");
            }
        }
    }
}
