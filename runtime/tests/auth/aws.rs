//! AWS Signature Version 4 against a server that computes each signature once more from what it received: long-term keys, temporary keys, and
//! keys that are exchanged for temporary ones. Published examples of signatures stand beside the code.

use std::time::Duration;

use actionspec_runtime::descriptor::{Schema, Type};
use actionspec_runtime::{Call, Client, ErrorKind, File, Timestamp, Value, json};
use actionspec_test_support::clock;
use actionspec_test_support::fixture::{authenticated, http, in_body, public, secret};
use axum::response::{IntoResponse as _, Response};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::server::{Asked, Vendor, answer};
use crate::{SECRET, action_of, builder, call, says_nothing};

/// The scheme; `facts` replace others.
fn aws(facts: &Value) -> Value {
    let mut scheme = json!({
        "kind": "awsSigV4",
        "accessKeyId": public("Id"),
        "secretAccessKey": secret("Key"),
        "sessionToken": secret("Session"),
        "service": "iam",
        "region": "eu-west-1",
    });
    for (key, fact) in facts.as_object().into_iter().flatten() {
        scheme[key] = fact.clone();
    }
    scheme
}

fn exchange() -> Value {
    json!({
        "credentials": {
            "role_arn": public("Role"),
            "external_id": {"title": "External ID", "public": true, "optional": true},
        },
        "request": "POST /",
        "body": "form",
        "fields": {
            "Action": "AssumeRole",
            "RoleArn": "{role_arn}",
            "RoleSessionName": "session-{nonce}",
            "ExternalId": "{external_id}",
        },
        "keys": {
            "accessKeyId": "/Answer/Credentials/AccessKeyId",
            "secretAccessKey": "/Answer/Credentials/SecretAccessKey",
            "sessionToken": "/Answer/Credentials/SessionToken",
            "expires": "/Answer/Credentials/Expiration",
        },
    })
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The credential's id, region and service, if the signature is right for the secret key.
fn signed_by(asked: &Asked, secret_key: &str) -> Option<(String, String, String)> {
    let authorization = asked.header("authorization").strip_prefix("AWS4-HMAC-SHA256 ")?;
    let field = |name: &str| {
        authorization.split(", ").find_map(|field| field.strip_prefix(&format!("{name}=")))
    };
    let scope: Vec<&str> = field("Credential")?.split('/').collect();
    let [id, date, region, service, "aws4_request"] = scope[..] else { return None };
    let names = field("SignedHeaders")?;
    let headers = names
        .split(';')
        .map(|name| format!("{name}:{}\n", asked.header(name)))
        .collect::<Vec<_>>()
        .concat();
    for must in ["host", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"] {
        assert!(
            asked.header(must).is_empty() || names.split(';').any(|name| name == must),
            "{must} is not signed"
        );
    }
    let payload = match asked.header("x-amz-content-sha256") {
        "UNSIGNED-PAYLOAD" => "UNSIGNED-PAYLOAD".to_owned(),
        _ => hex(&Sha256::digest(&asked.body)),
    };
    let query = asked.uri.query().unwrap_or_default();
    let canonical =
        format!("{}\n{}\n{query}\n{headers}\n{names}\n{payload}", asked.method, asked.uri.path());
    let text = format!(
        "AWS4-HMAC-SHA256\n{}\n{date}/{region}/{service}/aws4_request\n{}",
        asked.header("x-amz-date"),
        hex(&Sha256::digest(canonical))
    );
    let key = [date, region, service, "aws4_request"]
        .iter()
        .fold(format!("AWS4{secret_key}").into_bytes(), |key, part| hmac(&key, part));
    (field("Signature")? == hex(&hmac(&key, &text)))
        .then(|| (id.to_owned(), region.to_owned(), service.to_owned()))
}

fn denied() -> Response {
    let body = "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>The signature is wrong.</Message></Error></ErrorResponse>";
    (axum::http::StatusCode::FORBIDDEN, [("content-type", "text/xml")], body).into_response()
}

/// Answers with what the signature counts for.
async fn checking() -> Vendor {
    Vendor::start(|asked, _| match signed_by(asked, SECRET) {
        Some((id, region, service)) => {
            answer(200, &json!({"id": id, "region": region, "service": service, "token": asked.header("x-amz-security-token")}))
        }
        None => denied(),
    })
    .await
}

#[tokio::test]
async fn long_term_and_temporary_keys() {
    let vendor = checking().await;
    let integration = authenticated(aws(&json!({})));
    let client =
        builder(integration, "scheme", &["AKIDEXAMPLE", SECRET], &vendor.address).build().unwrap();
    let expected =
        json!({"id": "AKIDEXAMPLE", "region": "eu-west-1", "service": "iam", "token": ""});
    assert_eq!(*call(&client, "GET").await.unwrap().json(), expected);
    assert_eq!(*call(&client, "POST").await.unwrap().json(), expected);
    let client = builder(
        integration,
        "scheme.session",
        &["ASIDEXAMPLE", SECRET, "session-token"],
        &vendor.address,
    )
    .build()
    .unwrap();
    let answered = call(&client, "GET").await.unwrap();
    assert_eq!(
        (&answered.json()["id"], &answered.json()["token"]),
        (&json!("ASIDEXAMPLE"), &json!("session-token"))
    );
    let wrong = builder(integration, "scheme", &["AKIDEXAMPLE", "another"], &vendor.address)
        .build()
        .unwrap();
    let error = call(&wrong, "GET").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16(), error.tries()),
        (ErrorKind::Status, 403, 1)
    );
}

#[tokio::test]
async fn a_server_has_its_own_service_and_region() {
    let vendor = checking().await;
    let facts = json!({"services": {"main": "sts"}, "regions": {"main": "us-{tenant}-1"}});
    let integration = authenticated(aws(&facts));
    let client = builder(integration, "scheme", &["AKIDEXAMPLE", SECRET], &vendor.address)
        .variable("tenant", "east")
        .build()
        .unwrap();
    let answered = call(&client, "GET").await.unwrap();
    assert_eq!(
        (&answered.json()["service"], &answered.json()["region"]),
        (&json!("sts"), &json!("us-east-1"))
    );
}

/// `PUT /thing` with a file as the body.
fn upload(client: &Client, file: File) -> Call<Value> {
    let parameters = vec![in_body("Body", Schema::of(Type::File))];
    let step = http(json!({"method": "PUT", "path": "/thing", "body": "raw"}));
    Call::<Value>::new(client, action_of(client.integration(), step, parameters)).file("Body", file)
}

#[tokio::test]
async fn a_body_that_streams_is_not_signed_where_that_is_allowed() {
    let vendor = checking().await;
    let stream = || File::from_reader(std::io::Cursor::new(vec![7_u8; 100_000]), Some(100_000));
    for (service, streams) in [("s3", true), ("iam", false)] {
        let integration = authenticated(aws(&json!({"service": service})));
        let client = builder(integration, "scheme", &["AKIDEXAMPLE", SECRET], &vendor.address)
            .build()
            .unwrap();
        upload(&client, File::new("bytes in memory")).send().await.unwrap();
        let result = upload(&client, stream()).send().await;
        match result {
            Ok(_) => assert!(streams),
            Err(error) => assert!(
                !streams
                    && error.kind() == ErrorKind::Build
                    && error.message().contains("cannot be signed"),
                "{error}"
            ),
        }
    }
    let asked = vendor.asked("/thing");
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[0].header("x-amz-content-sha256"), hex(&Sha256::digest("bytes in memory")));
    assert_eq!(
        (asked[1].header("x-amz-content-sha256"), asked[1].header("content-length")),
        ("UNSIGNED-PAYLOAD", "100000")
    );
    assert_eq!(asked[1].body.len(), 100_000);
}

/// Gives temporary keys that last so many seconds, and answers whoever signs with the newest ones.
async fn role(seconds: i64) -> Vendor {
    Vendor::start(move |asked, vendor| {
        let newest = format!("temporary-{}-{SECRET}", vendor.given());
        if asked.uri.path() == "/" {
            let Some((id, region, service)) = signed_by(asked, SECRET) else { return denied() };
            assert_eq!((id.as_str(), region.as_str(), service.as_str()), ("AKIDEXAMPLE", "eu-west-1", "iam"));
            if asked.form().get("RoleArn").is_some_and(|role| role.ends_with("/forbidden")) {
                return denied();
            }
            vendor.give();
            let end = Timestamp::from_second(Timestamp::now().as_second() + seconds).unwrap();
            let number = vendor.given();
            let body = format!(
                "<Answer xmlns='urn:x'><Credentials><AccessKeyId>ASIA{number}</AccessKeyId><SecretAccessKey>temporary-{number}-{SECRET}\
                 </SecretAccessKey><SessionToken>token-{number}-{SECRET}</SessionToken><Expiration>{end}</Expiration></Credentials></Answer>"
            );
            return ([("content-type", "text/xml")], body).into_response();
        }
        let token = format!("token-{}-{SECRET}", vendor.given());
        match signed_by(asked, &newest) {
            Some((id, ..)) if asked.header("x-amz-security-token") == token => answer(200, &json!({"id": id})),
            _ => denied(),
        }
    })
    .await
}

fn assuming(vendor: &Vendor, role: &str, external_id: &str) -> Client {
    let integration = authenticated(aws(&json!({"exchange": exchange()})));
    builder(integration, "scheme", &["AKIDEXAMPLE", SECRET, role, external_id], &vendor.address)
        .build()
        .unwrap()
}

#[tokio::test]
async fn an_assumed_role_is_asked_for_once_by_all_who_wait() {
    let vendor = role(3600).await;
    let client = assuming(&vendor, "arn:aws:iam::123456789012:role/auditor", "");
    let calls: Vec<_> = (0..50)
        .map(|_| {
            tokio::spawn({
                let client = client.clone();
                async move { call(&client, "GET").await }
            })
        })
        .collect();
    for one in calls {
        assert_eq!(one.await.unwrap().unwrap().json()["id"], "ASIA1");
    }
    let asked = vendor.asked("/");
    assert_eq!(asked.len(), 1, "50 calls are one request for keys");
    let form = asked[0].form();
    assert_eq!(form["RoleArn"], "arn:aws:iam::123456789012:role/auditor");
    assert!(form["RoleSessionName"].len() > 40, "{form:?}");
    assert!(!form.contains_key("ExternalId"), "what is left empty is not sent");
    assert!(asked[0].header("x-amz-security-token").is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_assumed_role_is_renewed_before_it_ends() {
    let vendor = role(3600).await;
    let client = assuming(&vendor, "arn:aws:iam::123456789012:role/auditor", "tenant-7");
    call(&client, "GET").await.unwrap();
    assert_eq!(vendor.asked("/")[0].form()["ExternalId"], "tenant-7");
    clock::pass(Duration::from_hours(1)).await;
    call(&client, "GET").await.unwrap();
    assert_eq!((vendor.given(), vendor.asked("/thing").len()), (2, 2), "no request was refused");
}

#[tokio::test]
async fn temporary_keys_may_assume_a_role_too() {
    let vendor = role(3600).await;
    let client = assuming(&vendor, "arn:aws:iam::123456789012:role/auditor", "");
    let integration = client.integration();
    let values =
        ["AKIDEXAMPLE", SECRET, "base-token", "arn:aws:iam::123456789012:role/auditor", ""];
    let client = builder(integration, "scheme.session", &values, &vendor.address).build().unwrap();
    call(&client, "GET").await.unwrap();
    assert_eq!(vendor.asked("/")[0].header("x-amz-security-token"), "base-token");
}

#[tokio::test]
async fn a_role_that_is_refused_is_told_in_the_vendors_words() {
    let vendor = role(3600).await;
    let client = assuming(&vendor, "arn:aws:iam::123456789012:role/forbidden", "");
    let error = call(&client, "GET").await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Authentication, 403));
    assert!(vendor.asked("/thing").is_empty());
    says_nothing(&error, &client);
    let empty = Vendor::start(|_, _| answer(200, &json!({}))).await;
    let error = call(&assuming(&empty, "arn", ""), "GET").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let without =
        builder(client.integration(), "scheme", &["AKIDEXAMPLE", SECRET, "", ""], &vendor.address)
            .build()
            .unwrap_err();
    assert!(without.to_string().contains("`role_arn` of `scheme` is empty"), "{without}");
}
