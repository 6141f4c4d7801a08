//! The examples that vendors publish.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use proptest::prelude::*;
use url::Url;

use super::sign;
use crate::auth::Signable;
use crate::descriptor::{Algorithm, Computed, Encoding, Signing};

struct Request<'a> {
    method: Method,
    url: &'a str,
    headers: &'a [(&'static str, &'static str)],
    body: String,
    now: &'a str,
    nonce: &'a str,
}

impl Request<'_> {
    fn signed(&self, signing: &'static Signing, secrets: &[&str]) -> HeaderMap {
        let mut headers: HeaderMap = self
            .headers
            .iter()
            .map(|(name, value)| (name.parse().expect("valid"), HeaderValue::from_static(value)))
            .collect();
        let (url, body) = (Url::parse(self.url).expect("valid"), Bytes::from(self.body.clone()));
        let mut request = Signable {
            method: &self.method,
            url: &url,
            headers: &mut headers,
            body: &body,
            streams: false,
        };
        sign(signing, secrets, &mut request, self.now.parse().expect("valid"), self.nonce)
            .expect("signed");
        headers
    }
}

static DUO: Signing = Signing {
    credentials: &["integration_key", "secret_key"],
    values: &[
        (
            "signature",
            Computed::Hmac {
                of: "{date.rfc2822}\n{method}\n{host}\n{path}\n{parameters}",
                key: "{secret_key}",
                key_encoding: Encoding::Text,
                algorithm: Algorithm::Sha1,
                encoding: Encoding::Hex,
            },
        ),
        ("pair", Computed::Base64("{integration_key}:{signature}")),
    ],
    headers: &[("Date", "{date.rfc2822}"), ("Authorization", "Basic {pair}")],
};

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

static EDGEGRID: Signing = Signing {
    credentials: &["client_token", "access_token", "client_secret"],
    values: &[
        (
            "unsigned",
            Computed::Text(
                "EG1-HMAC-SHA256 client_token={client_token};access_token={access_token};timestamp={date.compact};nonce={nonce};",
            ),
        ),
        (
            "content_hash",
            Computed::Hash {
                of: "{post_body}",
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
                max_bytes: Some(2048),
                skip_empty: true,
            },
        ),
        (
            "signing_key",
            Computed::Hmac {
                of: "{date.compact}",
                key: "{client_secret}",
                key_encoding: Encoding::Text,
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
            },
        ),
        (
            "signature",
            Computed::Hmac {
                of: "{method}\t{scheme}\t{host}\t{path_and_query}\t\t{content_hash}\t{unsigned}",
                key: "{signing_key}",
                key_encoding: Encoding::Text,
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
            },
        ),
    ],
    headers: &[("Authorization", "{unsigned}signature={signature}")],
};

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

static SHARED_KEY: Signing = Signing {
    credentials: &["account", "key"],
    values: &[
        ("string_to_sign", Computed::Base64(STRING_TO_SIGN)),
        (
            "signature",
            Computed::Hmac {
                of: STRING_TO_SIGN,
                key: "{key}",
                key_encoding: Encoding::Base64,
                algorithm: Algorithm::Sha256,
                encoding: Encoding::Base64,
            },
        ),
    ],
    headers: &[
        ("x-ms-date", "{date.http}"),
        ("x-ms-version", "2015-02-21"),
        ("Authorization", "SharedKey {account}:{signature}"),
        ("String-To-Sign", "{string_to_sign}"),
    ],
};

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
    static WRONG: Signing = Signing {
        credentials: &["key"],
        values: &[(
            "signature",
            Computed::Hmac {
                of: "",
                key: "{key}",
                key_encoding: Encoding::Hex,
                algorithm: Algorithm::Sha512,
                encoding: Encoding::Hex,
            },
        )],
        headers: &[],
    };
    let attempt = |secret: &str| {
        let (url, mut headers) =
            (Url::parse("https://a.example").expect("valid"), HeaderMap::new());
        let mut request = Signable {
            method: &Method::GET,
            url: &url,
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
        for signing in [&DUO, &EDGEGRID, &SHARED_KEY] {
            let mut request = Signable { method: &Method::POST, url: &url, headers: &mut headers, body: &body, streams: false };
            let _ = sign(signing, &[&secret, &secret, &secret], &mut request, jiff::Timestamp::UNIX_EPOCH, "n");
        }
    }
}
