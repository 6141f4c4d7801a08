//! AWS's published test suite (awslabs/aws-c-auth, tests/aws-signing-test-suite/v4), but for two kinds of case that cannot come up here: a
//! header over several lines, and a session token that is added after the signature.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{Keys, Scope, Signable, Target, hex, sign, sign_target};

/// A request, and the signature that it must get.
struct Vector {
    name: &'static str,
    method: &'static str,
    target: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    normalize: bool,
    /// The hash of the body travels in a header.
    sign_body: bool,
    /// Empty: the keys are no temporary ones.
    token: &'static str,
    signature: &'static str,
}

const GET: Vector = Vector {
    name: "",
    method: "GET",
    target: "/",
    headers: &[],
    body: "",
    normalize: true,
    sign_body: false,
    token: "",
    signature: "",
};

const TOKEN_1: &str = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
const TOKEN_2: &str = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
const VECTORS: &[Vector] = &[
    Vector {
        name: "get-header-key-duplicate",
        target: "/",
        headers: &[("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
        signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
        ..GET
    },
    Vector {
        name: "get-header-value-order",
        target: "/",
        headers: &[
            ("My-Header1", "value4"),
            ("My-Header1", "value1"),
            ("My-Header1", "value3"),
            ("My-Header1", "value2"),
        ],
        signature: "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
        ..GET
    },
    Vector {
        name: "get-header-value-trim",
        target: "/",
        headers: &[("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
        signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
        ..GET
    },
    Vector {
        name: "get-relative-normalized",
        target: "/example/..",
        signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ..GET
    },
    Vector {
        name: "get-relative-relative-normalized",
        target: "/example1/example2/../..",
        signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ..GET
    },
    Vector {
        name: "get-relative-relative-unnormalized",
        target: "/example1/example2/../..",
        normalize: false,
        signature: "dc33e0856fd4baca4d7aa2146c38958283844764f38c74252a333df5e613003b",
        ..GET
    },
    Vector {
        name: "get-relative-unnormalized",
        target: "/example/..",
        normalize: false,
        signature: "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282",
        ..GET
    },
    Vector {
        name: "get-slash-dot-slash-normalized",
        target: "/./",
        signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ..GET
    },
    Vector {
        name: "get-slash-dot-slash-unnormalized",
        target: "/./",
        normalize: false,
        signature: "68714168e6557f8f2de0ef956fc24dc2593a4bd2961f8df51898d8a134695145",
        ..GET
    },
    Vector {
        name: "get-slash-normalized",
        target: "//",
        signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ..GET
    },
    Vector {
        name: "get-slash-pointless-dot-normalized",
        target: "/./example",
        signature: "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5",
        ..GET
    },
    Vector {
        name: "get-slash-pointless-dot-unnormalized",
        target: "/./example",
        normalize: false,
        signature: "beb03f223f7deae4146464f06e29eebbee9c8afbe15c290cf07aa8b119e14cff",
        ..GET
    },
    Vector {
        name: "get-slash-unnormalized",
        target: "//",
        normalize: false,
        signature: "c88bcd3d312d75078c0cd961d6deae3f4c754924b01669efcfcb439fd5e5b76e",
        ..GET
    },
    Vector {
        name: "get-slashes-normalized",
        target: "//example//",
        signature: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84",
        ..GET
    },
    Vector {
        name: "get-slashes-unnormalized",
        target: "//example//",
        normalize: false,
        signature: "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5",
        ..GET
    },
    Vector {
        name: "get-space-normalized",
        target: "/example space/",
        signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
        ..GET
    },
    Vector {
        name: "get-space-unnormalized",
        target: "/example space/",
        normalize: false,
        signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
        ..GET
    },
    Vector {
        name: "get-unreserved",
        target: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
        ..GET
    },
    Vector {
        name: "get-utf8",
        target: "/ሴ",
        signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
        ..GET
    },
    Vector {
        name: "get-vanilla",
        target: "/",
        signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ..GET
    },
    Vector {
        name: "get-vanilla-empty-query-key",
        target: "/?Param1=value1",
        signature: "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
        ..GET
    },
    Vector {
        name: "get-vanilla-query",
        target: "/",
        signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ..GET
    },
    Vector {
        name: "get-vanilla-query-order-encoded",
        target: "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
        signature: "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
        ..GET
    },
    Vector {
        name: "get-vanilla-query-order-key-case",
        target: "/?Param2=value2&Param1=value1",
        signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ..GET
    },
    Vector {
        name: "get-vanilla-query-unreserved",
        target: "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        signature: "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
        ..GET
    },
    Vector {
        name: "get-vanilla-utf8-query",
        target: "/?ሴ=bar",
        signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
        ..GET
    },
    Vector {
        name: "get-vanilla-with-session-token",
        target: "/",
        token: TOKEN_1,
        signature: "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
        ..GET
    },
    Vector {
        name: "post-header-key-case",
        method: "POST",
        target: "/",
        signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ..GET
    },
    Vector {
        name: "post-header-key-sort",
        method: "POST",
        target: "/",
        headers: &[("My-Header1", "value1")],
        signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
        ..GET
    },
    Vector {
        name: "post-header-value-case",
        method: "POST",
        target: "/",
        headers: &[("My-Header1", "VALUE1")],
        signature: "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
        ..GET
    },
    Vector {
        name: "post-sts-header-before",
        method: "POST",
        target: "/",
        token: TOKEN_2,
        signature: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
        ..GET
    },
    Vector {
        name: "post-vanilla",
        method: "POST",
        target: "/",
        signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ..GET
    },
    Vector {
        name: "post-vanilla-empty-query-value",
        method: "POST",
        target: "/?Param1=value1",
        signature: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
        ..GET
    },
    Vector {
        name: "post-vanilla-query",
        method: "POST",
        target: "/?Param1=value1",
        signature: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
        ..GET
    },
    Vector {
        name: "post-x-www-form-urlencoded",
        method: "POST",
        target: "/",
        headers: &[("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "13")],
        body: "Param1=value1",
        sign_body: true,
        signature: "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
        ..GET
    },
    Vector {
        name: "post-x-www-form-urlencoded-parameters",
        method: "POST",
        target: "/",
        headers: &[
            ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            ("Content-Length", "13"),
        ],
        body: "Param1=value1",
        sign_body: true,
        signature: "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422",
        ..GET
    },
];

fn signature(headers: &HeaderMap) -> String {
    let text = headers["authorization"].to_str().expect("text");
    text.rsplit_once("Signature=").expect("a signature").1.to_owned()
}

fn now(text: &str) -> jiff::Timestamp {
    text.parse().expect("a time")
}

#[test]
fn the_published_suite() {
    let url = Url::parse("https://example.amazonaws.com/").expect("valid");
    for vector in VECTORS {
        let method = Method::from_bytes(vector.method.as_bytes()).expect("valid");
        let body = Bytes::from_static(vector.body.as_bytes());
        let mut headers = HeaderMap::new();
        for (name, value) in vector.headers {
            let name = HeaderName::from_bytes(name.to_ascii_lowercase().as_bytes()).expect("valid");
            headers.append(name, HeaderValue::from_str(value).expect("valid"));
        }
        if vector.sign_body {
            headers.insert(
                "x-amz-content-sha256",
                HeaderValue::from_str(&hex(&Sha256::digest(&body))).expect("valid"),
            );
        }
        let (path, query) = vector.target.split_once('?').unwrap_or((vector.target, ""));
        let target = Target { host: "example.amazonaws.com".to_owned(), path, query };
        let keys = Keys {
            access_key_id: "AKIDEXAMPLE",
            secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            session_token: Some(vector.token).filter(|token| !token.is_empty()),
        };
        let scope = Scope { region: "us-east-1", service: "service" };
        let mut request = Signable {
            method: &method,
            url: &mut url.clone(),
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        sign_target(
            &keys,
            &scope,
            &mut request,
            &target,
            vector.normalize,
            now("2015-08-30T12:36:00Z"),
        )
        .expect("signed");
        assert_eq!(signature(&headers), vector.signature, "{}", vector.name);
        assert!(headers["authorization"].is_sensitive());
    }
}

/// The examples of the page "Signature Calculations for the Authorization Header" of the Amazon S3 API reference.
#[test]
fn the_examples_of_s3() {
    let cases = [
        (
            "GET",
            "/test.txt",
            &[("range", "bytes=0-9")][..],
            "",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test$file.text",
            &[
                ("date", "Fri, 24 May 2013 00:00:00 GMT"),
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            "Welcome to Amazon S3.",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET",
            "/?lifecycle",
            &[],
            "",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET",
            "/?max-keys=2&prefix=J",
            &[],
            "",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ];
    for (method, target, given, body, expected) in cases {
        let method = Method::from_bytes(method.as_bytes()).expect("valid");
        let url =
            Url::parse(&format!("https://examplebucket.s3.amazonaws.com{target}")).expect("valid");
        let body = Bytes::from_static(body.as_bytes());
        let mut headers = HeaderMap::new();
        for (name, value) in given.iter().copied() {
            headers.insert(name, HeaderValue::from_static(value));
        }
        let keys = Keys {
            access_key_id: "AKIAIOSFODNN7EXAMPLE",
            secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            session_token: None,
        };
        let scope = Scope { region: "us-east-1", service: "s3" };
        let mut request = Signable {
            method: &method,
            url: &mut url.clone(),
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        sign(&keys, &scope, &mut request, now("2013-05-24T00:00:00Z")).expect("signed");
        assert_eq!(signature(&headers), expected, "{target}");
    }
}

#[test]
fn the_port_is_part_of_the_host() {
    let signed = |address: &str| {
        let (method, url, body, mut headers) =
            (Method::GET, Url::parse(address).expect("valid"), Bytes::new(), HeaderMap::new());
        let keys = Keys { access_key_id: "id", secret_access_key: "key", session_token: None };
        let mut request = Signable {
            method: &method,
            url: &mut url.clone(),
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        let scope = Scope { region: "eu-west-1", service: "iam" };
        sign(&keys, &scope, &mut request, now("2015-08-30T12:36:00Z")).expect("signed");
        signature(&headers)
    };
    assert_eq!(signed("https://example.com:443/"), signed("https://example.com/"));
    assert_ne!(signed("https://example.com:8443/"), signed("https://example.com/"));
}
