//! The examples of the RFCs.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use proptest::prelude::*;
use url::Url;

use super::challenge::{Algorithm, Challenge, challenges};
use crate::auth::Signable;

fn parse(header: &str) -> Option<Challenge> {
    let mut headers = HeaderMap::new();
    headers.insert("www-authenticate", HeaderValue::from_str(header).ok()?);
    Challenge::parse(&headers)
}

fn answer(challenge: &Challenge, user: &str, password: &str, cnonce: &str) -> String {
    let (url, mut headers, body) = (
        Url::parse("http://www.example.org/dir/index.html").expect("valid"),
        HeaderMap::new(),
        Bytes::new(),
    );
    let request = Signable {
        method: &Method::GET,
        url: &mut url.clone(),
        headers: &mut headers,
        body: &body,
        streams: false,
    };
    let value = challenge.answer(user, password, &request, 1, cnonce);
    assert!(value.is_sensitive());
    value.to_str().expect("text").to_owned()
}

/// RFC 7616, section 3.9.1: two challenges, of which the stronger one is answered.
#[test]
fn the_example_of_rfc_7616() {
    let fields = r#"realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;
    let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    let md5 = parse(&format!("Digest {fields}, algorithm=MD5")).expect("a challenge");
    let said = answer(&md5, "Mufasa", "Circle of Life", cnonce);
    assert!(said.contains(r#"response="8ca523f5e9506fed4657c9700eebdbec""#), "{said}");
    assert!(
        said.contains("qop=auth, nc=00000001")
            && said.contains(r#"opaque="FQhe/"#)
            && said.contains("algorithm=MD5"),
        "{said}"
    );
    let both = parse(&format!(
        "Digest {fields}, algorithm=MD5, Digest {fields}, algorithm=SHA-256, Basic realm=\"x\""
    ))
    .expect("a challenge");
    let said = answer(&both, "Mufasa", "Circle of Life", cnonce);
    assert!(
        said.contains(
            r#"response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1""#
        ),
        "{said}"
    );
}

/// RFC 2617, section 3.5.
#[test]
fn the_example_of_rfc_2617() {
    let challenge = parse(
        r#"Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
    );
    let said = answer(&challenge.expect("a challenge"), "Mufasa", "Circle Of Life", "0a4f113b");
    assert!(said.contains(r#"response="6629fae49393a05397450978507c4ef1""#), "{said}");
    assert!(!said.contains("algorithm"), "{said}");
}

/// The request of RFC 2617 without `qop`, as RFC 2069 computes it.
#[test]
fn without_qop() {
    let challenge = parse(r#"digest realm="testrealm@host.com",nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",stale=TRUE"#).expect("one");
    assert!(challenge.stale());
    let said = answer(&challenge, "Mufasa", "Circle Of Life", "x");
    assert!(
        said.contains(r#"response="670fd8c2df070c60b045671b8b24ff02""#) && !said.contains("cnonce"),
        "{said}"
    );
}

#[test]
fn sessions_and_names() {
    let challenge = parse(r#"Digest realm="r \"q\"", nonce="n", algorithm=SHA-256-sess, qop=auth"#)
        .expect("one");
    assert_eq!(challenge.algorithm, Algorithm::Sha256Session);
    let said = answer(&challenge, "Jäsøn Doe", "secret", "c");
    assert!(
        said.contains("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe")
            && said.contains(r#"realm="r \"q\"""#),
        "{said}"
    );
    let hashed = parse(
        r#"Digest realm="api@example.org", nonce="n", algorithm=SHA-256, qop=auth, userhash=true"#,
    )
    .expect("one");
    let said = answer(&hashed, "user", "secret", "c");
    assert!(said.contains("userhash=true") && !said.contains("\"user\""), "{said}");
}

#[test]
fn what_cannot_be_answered_is_no_challenge() {
    for header in [
        "Basic realm=\"x\"",
        "Digest realm=\"x\"",
        "Digest realm=\"x\", nonce=\"n\", algorithm=WHIRLPOOL",
        "Digest",
        "",
        "=,=,\"",
        "Digest realm=\"x\", nonce=\"n\", qop=\"token\"",
    ] {
        assert_eq!(parse(header), None, "{header}");
    }
}

proptest! {
    #[test]
    fn no_header_panics(header in "[ -~äß]{0,60}|(Digest )?([a-z]{1,5}=(\"[ -~]{0,6}\"|[a-z]{0,4})?[, ]{0,2}){0,8}") {
        let _ = challenges(&header);
        if let Some(challenge) = parse(&header) {
            let _ = answer(&challenge, "u", "p", "c");
        }
    }
}
