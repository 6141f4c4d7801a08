//! The examples that vendors publish.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use proptest::prelude::*;
use url::Url;

use super::sign;
use crate::auth::Signable;
use crate::descriptor::scheme::{
    Credential, Hash, KeyEncoding, Keyed, SignatureValue, SignedRequests,
};
use crate::descriptor::{SignatureAlgorithm as Algorithm, SignatureEncoding as Encoding};

struct Request<'a> {
    method: Method,
    url: &'a str,
    headers: &'a [(&'static str, &'static str)],
    body: String,
    now: &'a str,
    nonce: &'a str,
}

impl Request<'_> {
    fn signed(&self, signing: &'static SignedRequests, secrets: &[&str]) -> HeaderMap {
        let mut headers: HeaderMap = self
            .headers
            .iter()
            .map(|(name, value)| (name.parse().expect("valid"), HeaderValue::from_static(value)))
            .collect();
        let (url, body) = (Url::parse(self.url).expect("valid"), Bytes::from(self.body.clone()));
        let mut request = Signable {
            method: &self.method,
            url: &mut url.clone(),
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        sign(signing, secrets, &mut request, self.now.parse().expect("valid"), self.nonce)
            .expect("signed");
        headers
    }
}

fn signing<const N: usize>(
    credentials: &[&str],
    values: [(&str, SignatureValue); N],
    headers: &[(&str, &str)],
) -> SignedRequests {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    SignedRequests {
        title: String::new(),
        description: None,
        setup: Vec::new(),
        documentation: None,
        server: None,
        credentials: credentials
            .iter()
            .map(|name| ((*name).to_owned(), Credential::default()))
            .collect(),
        values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        headers: headers.iter().map(owned).collect(),
    }
}

static DUO: LazyLock<SignedRequests> = LazyLock::new(|| {
    signing(
        &["integration_key", "secret_key"],
        [
            (
                "signature",
                SignatureValue::Hmac(Keyed {
                    of: "{date.rfc2822}\n{method}\n{host}\n{path}\n{parameters}".to_owned(),
                    key: "{secret_key}".to_owned(),
                    key_encoding: KeyEncoding::Text,
                    algorithm: Algorithm::Sha1,
                    encoding: Encoding::Hex,
                }),
            ),
            ("pair", SignatureValue::Base64("{integration_key}:{signature}".to_owned())),
        ],
        &[("Date", "{date.rfc2822}"), ("Authorization", "Basic {pair}")],
    )
});

/// The example of "Authentication" in the documentation of Duo's Accounts, Admin and Auth APIs.
#[test]
fn duo() {
    let request = Request {
        method: Method::POST,
        url: "https://api-XXXXXXXX.duosecurity.com/accounts/v1/account/list",
        headers: &[("content-type", "application/x-www-form-urlencoded")],
        body: "username=root&realname=First+Last".to_owned(),
        now: "2012-08-21T17:29:18Z",
        nonce: "",
    };
    let headers =
        request.signed(&DUO, &["DIWJ8X6AEYOR5OMC6TQ1", "Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep"]);
    assert_eq!(headers["date"], "Tue, 21 Aug 2012 17:29:18 -0000");
    assert_eq!(
        headers["authorization"],
        "Basic RElXSjhYNkFFWU9SNU9NQzZUUTE6MmQ5N2Q2MTY2MzE5NzgxYjVhM2EwN2FmMzlkMzY2ZjQ5MTIzNGVkYw=="
    );
    assert!(headers["authorization"].is_sensitive());
}

static EDGEGRID: LazyLock<SignedRequests> = LazyLock::new(|| {
    signing(&["client_token", "access_token", "client_secret"], [
        (
            "unsigned",
            SignatureValue::Text("EG1-HMAC-SHA256 client_token={client_token};access_token={access_token};timestamp={date.compact};nonce={nonce};".to_owned()),
        ),
        (
            "content_hash",
            SignatureValue::Hash(Hash {
                of: "{post_body}".to_owned(),
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
                max_bytes: Some(2048),
                skip_empty: true,
            }),
        ),
        (
            "signing_key",
            SignatureValue::Hmac(Keyed {
                of: "{date.compact}".to_owned(),
                key: "{client_secret}".to_owned(),
                key_encoding: KeyEncoding::Text,
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
            }),
        ),
        (
            "signature",
            SignatureValue::Hmac(Keyed {
                of: "{method}\t{scheme}\t{host}\t{path_and_query}\t\t{content_hash}\t{unsigned}".to_owned(),
                key: "{signing_key}".to_owned(),
                key_encoding: KeyEncoding::Text,
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
            }),
        ),
    ], &[("Authorization", "{unsigned}signature={signature}")])
});

/// Akamai's published test cases (`testcases.json` of its `EdgeGrid` clients), with their limit of 2,048 bytes.
#[test]
fn edgegrid() {
    let cases = [
        (Method::GET, "/", String::new(), "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU="),
        (
            Method::GET,
            "/testapi/v1/t1?p1=1&p2=2",
            String::new(),
            "hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=",
        ),
        (
            Method::POST,
            "/testapi/v1/t3",
            "data".repeat(8),
            "hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=",
        ),
        (
            Method::POST,
            "/testapi/v1/t3",
            "d".repeat(2049),
            "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=",
        ),
        (
            Method::POST,
            "/testapi/v1/t3",
            "d".repeat(2048),
            "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY=",
        ),
        (
            Method::POST,
            "/testapi/v1/t6",
            String::new(),
            "1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ=",
        ),
    ];
    for (method, target, body, expected) in cases {
        let request = Request {
            method,
            url: &format!(
                "https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net{target}"
            ),
            headers: &[],
            body,
            now: "2014-03-21T19:34:21Z",
            nonce: "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
        };
        let secrets = [
            "akab-client-token-xxx-xxxxxxxxxxxxxxxx",
            "akab-access-token-xxx-xxxxxxxxxxxxxxxx",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=",
        ];
        let headers = request.signed(&EDGEGRID, &secrets);
        let text = headers["authorization"].to_str().expect("text");
        assert_eq!(text.rsplit_once("signature=").expect("a signature").1, expected, "{target}");
        assert!(
            text.contains(
                "timestamp=20140321T19:34:21+0000;nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;"
            ),
            "{text}"
        );
    }
}

const STRING_TO_SIGN: &str = "{method}\n{header.content-encoding}\n{header.content-language}\n{content_length}\n{header.content-md5}\n\
     {header.content-type}\n\n{header.if-modified-since}\n{header.if-match}\n{header.if-none-match}\n{header.if-unmodified-since}\n\
     {header.range}\n{headers.x-ms-}/{account}{path}{query_lines}";

static SHARED_KEY: LazyLock<SignedRequests> = LazyLock::new(|| {
    signing(
        &["account", "key"],
        [
            ("string_to_sign", SignatureValue::Base64(STRING_TO_SIGN.to_owned())),
            (
                "signature",
                SignatureValue::Hmac(Keyed {
                    of: STRING_TO_SIGN.to_owned(),
                    key: "{key}".to_owned(),
                    key_encoding: KeyEncoding::Base64,
                    algorithm: Algorithm::Sha256,
                    encoding: Encoding::Base64,
                }),
            ),
        ],
        &[
            ("x-ms-date", "{date.http}"),
            ("x-ms-version", "2015-02-21"),
            ("Authorization", "SharedKey {account}:{signature}"),
            ("String-To-Sign", "{string_to_sign}"),
        ],
    )
});

/// The string to sign of the page "Authorize with Shared Key" of the Azure Storage REST API reference. The page gives no key, so the
/// signature is what other implementations give for that string and the published key of the storage emulator.
#[test]
fn shared_key() {
    use base64::Engine as _;
    let request = Request {
        method: Method::GET,
        url: "https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20",
        headers: &[],
        body: String::new(),
        now: "2015-06-26T23:39:12Z",
        nonce: "",
    };
    let headers = request
        .signed(&SHARED_KEY, &["myaccount", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="]);
    let string = base64::engine::general_purpose::STANDARD
        .decode(headers["string-to-sign"].as_bytes())
        .expect("base64");
    assert_eq!(
        String::from_utf8(string).expect("text"),
        "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20"
    );
    assert_eq!(
        headers["authorization"],
        "SharedKey myaccount:1u9lui2jDxj0+fpbHjQ5m5NnastJRSYM+PSmfi8TXx4="
    );
}

#[test]
fn keys_and_names_that_are_wrong_are_told() {
    static WRONG: LazyLock<SignedRequests> = LazyLock::new(|| {
        signing(
            &["key"],
            [(
                "signature",
                SignatureValue::Hmac(Keyed {
                    of: String::new(),
                    key: "{key}".to_owned(),
                    key_encoding: KeyEncoding::Hex,
                    algorithm: Algorithm::Sha512,
                    encoding: Encoding::Hex,
                }),
            )],
            &[],
        )
    });
    let attempt = |secret: &str| {
        let (url, mut headers) =
            (Url::parse("https://a.example").expect("valid"), HeaderMap::new());
        let mut request = Signable {
            method: &Method::GET,
            url: &mut url.clone(),
            headers: &mut headers,
            body: &Bytes::new(),
            streams: false,
        };
        sign(&WRONG, &[secret], &mut request, jiff::Timestamp::UNIX_EPOCH, "")
    };
    assert_eq!(attempt("00ff"), Ok(()));
    for secret in ["abc", "zz", "ä0"] {
        assert_eq!(attempt(secret), Err("the key is not hexadecimal".to_owned()));
    }
}

proptest! {
    #[test]
    fn nothing_panics(query in "\\PC{0,30}", body in "\\PC{0,30}", secret in "\\PC{0,30}") {
        let mut url = Url::parse("https://a.example/x").expect("valid");
        url.set_query(Some(&query));
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
        let body = Bytes::from(body);
        for signing in [&*DUO, &*EDGEGRID, &*SHARED_KEY] {
            let mut request = Signable { method: &Method::POST, url: &mut url.clone(), headers: &mut headers, body: &body, streams: false };
            let _ = sign(signing, &[&secret, &secret, &secret], &mut request, jiff::Timestamp::UNIX_EPOCH, "n");
        }
    }
}
