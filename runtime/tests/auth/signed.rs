//! Requests and tokens that the client signs. The signatures themselves have their published examples beside the code; here a server
//! computes them once more from what it received.

use actionspec_runtime::{ErrorKind, Value, json};
use actionspec_test_support::fixture::{authenticated, public, secret};
use axum::response::IntoResponse as _;
use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::server::{Asked, Vendor, answer, refused};
use crate::{SECRET, builder, call};

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[tokio::test]
async fn a_keyed_hash_of_each_request() {
    let vendor = Vendor::start(|asked: &Asked, _: &Vendor| {
        let text = format!(
            "{}\n{}\n{}\n{}",
            asked.header("x-time"),
            asked.method,
            asked.uri,
            String::from_utf8_lossy(&asked.body)
        );
        let expected =
            base64::engine::general_purpose::STANDARD.encode(hmac(SECRET.as_bytes(), &text));
        if asked.header("x-signature") == format!("id:{expected}") {
            answer(200, &json!({}))
        } else {
            refused()
        }
    })
    .await;
    let integration = authenticated(json!({
        "kind": "signature",
        "credentials": {"key_id": public("Key id"), "secret_key": secret("Key")},
        "values": {"signature": {"hmac": {
            "of": "{timestamp}\n{method}\n{path_and_query}\n{body}",
            "key": "{secret_key}",
            "algorithm": "sha256",
            "encoding": "base64",
        }}},
        "headers": {"X-Time": "{timestamp}", "X-Signature": "{key_id}:{signature}"},
    }));
    let client = builder(integration, "scheme", &["id", SECRET], &vendor.address).build().unwrap();
    call(&client, "GET").await.unwrap();
    call(&client, "POST").await.unwrap();
    let wrong =
        builder(integration, "scheme", &["id", "another"], &vendor.address).build().unwrap();
    assert_eq!(call(&wrong, "GET").await.unwrap_err().status().unwrap(), 401);
    assert_eq!(vendor.asked("/thing").len(), 3, "a wrong key is not tried again");
}

#[tokio::test]
async fn digest() {
    // RFC 7616 with SHA-256, computed here from what came.
    let vendor = Vendor::start(|asked: &Asked, vendor: &Vendor| {
        let nonce = format!("nonce-{}", vendor.given());
        let challenge = |stale: &str| {
            let header = format!(
                "Digest realm=\"desk\", nonce=\"{nonce}\", algorithm=SHA-256, qop=\"auth\"{stale}"
            );
            ([("www-authenticate", header)], refused()).into_response()
        };
        let authorization = asked.header("authorization").to_owned();
        let field = |name: &str| {
            let rest = authorization.split(&format!("{name}=")).nth(1).unwrap_or_default();
            rest.split(',').next().unwrap_or_default().trim().trim_matches('"').to_owned()
        };
        if !authorization.starts_with("Digest ") {
            return challenge("");
        }
        if field("nonce") != nonce {
            return challenge(", stale=true");
        }
        let hash = |text: String| {
            <Sha256 as sha2::Digest>::digest(text)
                .iter()
                .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
        };
        let (a1, a2) =
            (hash(format!("ada:desk:{SECRET}")), hash(format!("{}:{}", asked.method, asked.uri)));
        let expected = hash(format!("{a1}:{nonce}:{}:{}:auth:{a2}", field("nc"), field("cnonce")));
        if field("response") == expected {
            answer(200, &json!({"nc": field("nc")}))
        } else {
            challenge("")
        }
    })
    .await;
    let integration = authenticated(json!({
        "kind": "digest",
        "username": secret("User"),
        "password": secret("Password"),
    }));
    let client = builder(integration, "scheme", &["ada", SECRET], &vendor.address).build().unwrap();
    assert_eq!(call(&client, "POST").await.unwrap().json()["nc"], "00000001");
    assert_eq!(call(&client, "GET").await.unwrap().json()["nc"], "00000002");
    assert_eq!(vendor.asked("/thing").len(), 3, "one challenge");
    vendor.give();
    assert_eq!(
        call(&client, "GET").await.unwrap().json()["nc"],
        "00000001",
        "a stale nonce is replaced"
    );
    let wrong =
        builder(integration, "scheme", &["ada", "another"], &vendor.address).build().unwrap();
    let error = call(&wrong, "GET").await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.tries()), (401, 2));
}

/// RFC 7515, appendix A.2: published, and therefore no secret.
const RSA: &str = include_str!("rfc7515_a2.pem");

#[tokio::test]
async fn a_service_account() {
    let vendor = Vendor::start(|asked: &Asked, vendor: &Vendor| match asked.uri.path() {
        "/oauth/token" => {
            let form = asked.form();
            let part = form["assertion"].split('.').nth(1).unwrap().to_owned();
            let claims: Value = serde_json::from_slice(
                &base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap(),
            )
            .unwrap();
            let lasts = claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap();
            let right = form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
                && claims["iss"] == "robot@example.com"
                && claims["aud"] == format!("{}/oauth/token", vendor.address)
                && claims["scope"] == "read write"
                && lasts == 600;
            if right {
                answer(200, &json!({"access_token": vendor.give(), "expires_in": "3600"}))
            } else {
                refused()
            }
        }
        _ if vendor.accepts(asked.header("authorization")) => answer(200, &json!({})),
        _ => refused(),
    })
    .await;
    let integration = authenticated(json!({
        "kind": "oauth2",
        "flow": "jwtBearer",
        "tokenUrl": "/oauth/token",
        "scopes": {},
        "defaultScopes": ["read", "write"],
        "credentials": {"client_email": public("Email"), "private_key": secret("Key")},
        "assertion": {
            "algorithm": "RS256",
            "key": "private_key",
            "claims": {"iss": "{client_email}", "aud": "{token_url}", "scope": "{scope}"},
            "lifetimeSeconds": 600,
        },
    }));
    let client = builder(integration, "scheme", &["robot@example.com", RSA], &vendor.address)
        .build()
        .unwrap();
    call(&client, "GET").await.unwrap();
    call(&client, "GET").await.unwrap();
    assert_eq!(vendor.given(), 1);
    let error = builder(integration, "scheme", &["robot@example.com", SECRET], &vendor.address)
        .build()
        .unwrap_err();
    assert!(
        error.to_string().contains("`private_key` of `scheme`: it must be a PEM file")
            && !error.to_string().contains(SECRET),
        "{error}"
    );
}

#[tokio::test]
async fn a_token_that_the_client_signs_for_itself() {
    let vendor = Vendor::start(|asked: &Asked, _: &Vendor| {
        let token = asked.header("authorization").strip_prefix("JWT ").unwrap_or_default();
        let (signed, signature) = token.rsplit_once('.').unwrap_or_default();
        let expected = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .encode(hmac(SECRET.as_bytes(), signed));
        if signature == expected { answer(200, &json!({"token": token})) } else { refused() }
    })
    .await;
    let integration = authenticated(json!({
        "kind": "jwt",
        "scheme": "JWT",
        "credentials": {"app": public("App"), "shared": secret("Secret")},
        "token": {
            "algorithm": "HS256",
            "key": "shared",
            "keyId": "key-{app}",
            "claims": {"sub": "{app}", "jti": "{nonce}", "admin": true},
        },
    }));
    let client =
        builder(integration, "scheme", &["desk-app", SECRET], &vendor.address).build().unwrap();
    let first = call(&client, "GET").await.unwrap().json()["token"].clone();
    assert_eq!(call(&client, "GET").await.unwrap().json()["token"], first, "it is kept");
    let wrong =
        builder(integration, "scheme", &["desk-app", "wrong"], &vendor.address).build().unwrap();
    let error = call(&wrong, "GET").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 401));
    assert_eq!(vendor.asked("/thing").len(), 4, "it is signed anew once");
}
