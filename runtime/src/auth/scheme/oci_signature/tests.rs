//! The examples of Oracle's documentation ("Request Signatures"), which its SDKs repeat, and the rules around bodies.

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;
use jsonwebtoken::DecodingKey;
use url::Url;

use super::{KeyPair, Signer as _, prepare, signing_string};
use crate::auth::signing_key::{Algorithm, SigningKey};
use crate::auth::{Credentials, Signable};
use crate::descriptor::scheme::Form;

/// The modulus of the published key. It has 1,024 bits, so that it can verify here, but no longer sign.
const MODULUS: &str = "whRDRsN98hoocvdqQ42UIZdAt+qzyY/gr30gvPqtvIcQNetUBTVHdd8Lgk1HKtEHdqrAXv9oRcnNgwiSYNIdS+/PumeFDEexDnKX3VBPR395v4bPhVEeObgSXgytR0hRw/Gxyg+pL/BTxnyU6LXPtsYycKGIvtYaqdXyHpGsbMk=";
/// The modulus of RFC 7515, appendix A.2.
const RFC_MODULUS: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
/// The time of the examples. Its day of the week is wrong, so no clock prints it.
const DATE: &str = "Thu, 05 Jan 2014 21:31:40 GMT";

const GET_URL: &str = "https://iaas.us-phoenix-1.oraclecloud.com/20160918/instances?availabilityDomain=Pjwf%3A%20PHX-AD-1&compartmentId=ocid1.compartment.oc1..aaaaaaaam3we6vgnherjq5q2idnccdflvjsnog7mlr6rtdb25gilchfeyjxa&displayName=TeamXInstances&volumeId=ocid1.volume.oc1.phx.abyhqljrgvttnlx73nmrwfaux7kcvzfs3s66izvxf2h4lgvyndsdsnoiwr5q";
const GET_SIGNATURE: &str = "GBas7grhyrhSKHP6AVIj/h5/Vp8bd/peM79H9Wv8kjoaCivujVXlpbKLjMPeDUhxkFIWtTtLBj3sUzaFj34XE6YZAHc9r2DmE4pMwOAy/kiITcZxa1oHPOeRheC0jP2dqbTll8fmTZVwKZOKHYPtrLJIJQHJjNvxFWeHQjMaR7M=";

const POST_URL: &str = "https://iaas.us-phoenix-1.oraclecloud.com/20160918/volumeAttachments";
const POST_BODY: &str = r#"{
    "compartmentId": "ocid1.compartment.oc1..aaaaaaaam3we6vgnherjq5q2idnccdflvjsnog7mlr6rtdb25gilchfeyjxa",
    "instanceId": "ocid1.instance.oc1.phx.abuw4ljrlsfiqw6vzzxb43vyypt4pkodawglp3wqxjqofakrwvou52gb6s5a",
    "volumeId": "ocid1.volume.oc1.phx.abyhqljrgvttnlx73nmrwfaux7kcvzfs3s66izvxf2h4lgvyndsdsnoiwr5q"
}"#;
const POST_STRING: &str = "date: Thu, 05 Jan 2014 21:31:40 GMT
(request-target): post /20160918/volumeAttachments
host: iaas.us-phoenix-1.oraclecloud.com
content-length: 316
content-type: application/json
x-content-sha256: V9Z20UJTvkvpJ50flBzKE32+6m2zJjweHpDMX/U4Uy0=";
const POST_SIGNATURE: &str = "Mje8vIDPlwIHmD/cTDwRxE7HaAvBg16JnVcsuqaNRim23fFPgQfLoOOxae6WqKb1uPjYEl0qIdazWaBy/Ml8DRhqlocMwoSXv0fbukP8J5N80LCmzT/FFBvIvTB91XuXI3hYfP9Zt1l7S6ieVadHUfqBedWH0itrtPJBgKmrWso=";

/// What is done with a request of this method, address and body.
fn with<T>(
    method: &Method,
    url: &str,
    body: &'static str,
    streams: bool,
    act: impl FnOnce(&mut Signable<'_>) -> T,
) -> T {
    act(&mut Signable {
        method,
        url: &mut Url::parse(url).expect("valid"),
        headers: &mut HeaderMap::new(),
        body: &Bytes::from_static(body.as_bytes()),
        streams,
    })
}

/// The signing string of a request at the time of the examples.
fn string_of(method: &Method, url: &str, body: &'static str) -> String {
    with(method, url, body, false, |request| {
        let covered = prepare(request, Timestamp::UNIX_EPOCH).expect("prepared");
        request.headers.insert("date", HeaderValue::from_static(DATE));
        signing_string(&covered, request)
    })
}

fn is_published(string: &str, signature: &str) {
    let n = STANDARD.decode(MODULUS).expect("base64");
    let key = RsaPublicKeyComponents { n, e: vec![1, 0, 1] };
    let signature = STANDARD.decode(signature).expect("base64");
    key.verify(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, string.as_bytes(), &signature)
        .expect("the published signature is that of this text");
}

#[test]
fn the_published_example_without_a_body() {
    is_published(&string_of(&Method::GET, GET_URL, ""), GET_SIGNATURE);
}

#[test]
fn the_published_example_with_a_body() {
    let string = string_of(&Method::POST, POST_URL, POST_BODY);
    assert_eq!(string, POST_STRING);
    is_published(&string, POST_SIGNATURE);
}

#[test]
fn an_empty_body_is_covered_too() {
    let string = string_of(&Method::PUT, POST_URL, "");
    let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    assert!(
        string.ends_with(&format!(
            "content-length: 0\ncontent-type: application/json\nx-content-sha256: {hash}"
        )),
        "{string}"
    );
}

#[test]
fn a_port_is_part_of_the_host() {
    let string = string_of(&Method::DELETE, "http://127.0.0.1:8080/a?b", "");
    assert!(string.ends_with("(request-target): delete /a?b\nhost: 127.0.0.1:8080"), "{string}");
}

/// Object storage takes an upload whose body no signature covers.
#[test]
fn a_body_that_streams_is_not_covered() {
    let covered = |method| {
        with(&method, POST_URL, "", true, |request| prepare(request, Timestamp::UNIX_EPOCH))
    };
    assert_eq!(covered(Method::PUT).expect("covered"), ["date", "(request-target)", "host"]);
    let problem = covered(Method::POST).expect_err("no service takes it");
    assert!(problem.contains("streams"), "{problem}");
}

#[test]
fn a_signature_names_key_and_headers() {
    let pem = include_str!("../../../../tests/auth/rfc7515_a2.pem");
    let key = SigningKey::read(pem, Algorithm::Rs256).expect("a key");
    let pair = KeyPair { id: "tenancy/user/20:3b".to_owned(), key };
    let form = Form { name: "", credentials: Vec::new() };
    let credentials = Credentials { scheme: "oci", form, secrets: Vec::new() };
    let (value, string) = with(&Method::GET, GET_URL, "", false, |request| {
        pair.sign(&credentials, request, "main").expect("signed");
        assert!(request.headers["authorization"].is_sensitive());
        let value = request.headers["authorization"].to_str().expect("text").to_owned();
        (value, signing_string(&["date", "(request-target)", "host"], request))
    });
    let (start, signature) = value.split_once(",signature=\"").expect("a signature");
    assert_eq!(
        start,
        r#"Signature version="1",headers="date (request-target) host",keyId="tenancy/user/20:3b",algorithm="rsa-sha256""#
    );
    let bytes = STANDARD.decode(signature.trim_end_matches('"')).expect("base64");
    let public = DecodingKey::from_rsa_components(RFC_MODULUS, "AQAB").expect("a key");
    let algorithm = jsonwebtoken::Algorithm::RS256;
    let signature = URL_SAFE_NO_PAD.encode(bytes);
    assert!(
        jsonwebtoken::crypto::verify(&signature, string.as_bytes(), &public, algorithm)
            .expect("verified")
    );
}
