//! AWS Signature Version 4, as "Signature Version 4 signing process" of the AWS general reference describes it.

mod exchange;
mod scopes;
#[cfg(test)]
mod tests;

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::header::{AUTHORIZATION, CONNECTION, EXPECT, TRANSFER_ENCODING, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest as _, Sha256};

use super::{Carried, Prepared, Scheme, Setup, Signer};
use crate::auth::{Credentials, Problem, Signable};
use crate::descriptor::scheme::AwsSigV4;
use crate::hex::hex;
use exchange::KeySource;
use scopes::Scopes;

/// RFC 3986 unreserved characters stand for themselves.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same for a path: slashes stay.
const PATH: &AsciiSet = &ENCODED.remove(b'/');

/// Headers that proxies change on the way.
const UNSIGNED: [http::HeaderName; 5] =
    [AUTHORIZATION, CONNECTION, EXPECT, TRANSFER_ENCODING, USER_AGENT];

impl Scheme for AwsSigV4 {
    fn may_be_empty(&self, _: &str) -> bool {
        false
    }

    fn carried(&self, _: &str) -> Carried {
        Carried::Computed
    }

    fn query_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(&'static self, _: &Credentials, setup: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        let scopes = Scopes::new(self, setup.fill)?;
        Ok(match &self.exchange {
            None => Prepared::Signed(Box::new(scopes)),
            Some(exchange) => Prepared::Cached(Box::new(KeySource { exchange, scopes })),
        })
    }
}

impl Signer for Scopes {
    fn sign(
        &self,
        credentials: &Credentials,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<u64, Problem> {
        sign(&Keys::of(credentials), &self.of(server), request, Timestamp::now())
            .map_err(Problem::build)?;
        Ok(0)
    }

    fn challenged(&self, _: u64, _: &HeaderMap) -> bool {
        false
    }
}

/// Access keys.
pub(super) struct Keys<'a> {
    pub(super) access_key_id: &'a str,
    pub(super) secret_access_key: &'a str,
    pub(super) session_token: Option<&'a str>,
}

impl<'a> Keys<'a> {
    /// The access keys that the user gave, with the session token of temporary ones.
    fn of(credentials: &'a Credentials) -> Self {
        Self {
            access_key_id: credentials.value("access_key_id"),
            secret_access_key: credentials.value("secret_access_key"),
            session_token: credentials.get("session_token"),
        }
    }
}

/// What a signature counts for.
pub(super) struct Scope<'a> {
    pub(super) region: &'a str,
    pub(super) service: &'a str,
}

/// Signs a request: adds `x-amz-date`, `x-amz-security-token` with temporary keys, `x-amz-content-sha256` for S3, and `authorization`.
pub(super) fn sign(
    keys: &Keys<'_>,
    scope: &Scope<'_>,
    request: &mut Signable<'_>,
    now: Timestamp,
) -> Result<(), String> {
    if !request.url.has_host() {
        return Err("the address has no host".to_owned());
    }
    let host = request.host();
    let url = request.url.clone();
    let target = Target { host, path: url.path(), query: url.query().unwrap_or_default() };
    // S3 takes object keys as they are, and wants the hash of the body in a header.
    let is_s3 = scope.service.starts_with("s3");
    if request.streams && !is_s3 {
        return Err(
            "a body that streams cannot be signed for this service; make it a file in memory"
                .to_owned(),
        );
    }
    if is_s3 {
        let hash = payload(request);
        request.headers.insert(
            "x-amz-content-sha256",
            HeaderValue::from_str(&hash).map_err(|_| "the hash is not a header value")?,
        );
    }
    sign_target(keys, scope, request, &target, !is_s3, now)
}

/// What stands for the body in a signature: its hash, or that it is not signed, which S3 takes over TLS.
fn payload(request: &Signable<'_>) -> String {
    if request.streams { "UNSIGNED-PAYLOAD".to_owned() } else { hex(&Sha256::digest(request.body)) }
}

/// Where a request goes, as it stands on the wire.
struct Target<'a> {
    host: String,
    path: &'a str,
    query: &'a str,
}

fn sign_target(
    keys: &Keys<'_>,
    scope: &Scope<'_>,
    request: &mut Signable<'_>,
    target: &Target<'_>,
    normalize: bool,
    now: Timestamp,
) -> Result<(), String> {
    let time = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    let value = |text: &str| {
        HeaderValue::from_str(text)
            .map_err(|_| "the keys hold characters that cannot be sent".to_owned())
    };
    request.headers.insert("x-amz-date", value(&time)?);
    if let Some(token) = keys.session_token {
        let mut token = value(token)?;
        token.set_sensitive(true);
        request.headers.insert("x-amz-security-token", token);
    }
    let (signed, lines) = canonical_headers(request, &target.host);
    let canonical = [
        request.method.as_str(),
        &canonical_path(target.path, normalize),
        &canonical_query(target.query),
        &lines,
        &signed,
        &payload(request),
    ]
    .join("\n");
    let date = &time[..8];
    let credential_scope = format!("{date}/{}/{}/aws4_request", scope.region, scope.service);
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{time}\n{credential_scope}\n{}",
        hex(&Sha256::digest(canonical))
    );
    let mut key = format!("AWS4{}", keys.secret_access_key).into_bytes();
    for part in [date, scope.region, scope.service, "aws4_request"] {
        key = hmac(&key, part.as_bytes())?;
    }
    let signature = hex(&hmac(&key, to_sign.as_bytes())?);
    let text = format!(
        "AWS4-HMAC-SHA256 Credential={}/{credential_scope}, SignedHeaders={signed}, Signature={signature}",
        keys.access_key_id
    );
    let mut authorization = value(&text)?;
    authorization.set_sensitive(true);
    request.headers.insert(AUTHORIZATION, authorization);
    Ok(())
}

/// The names of the signed headers, and a line for each with its value; spaces in a row count as one.
fn canonical_headers(request: &Signable<'_>, host: &str) -> (String, String) {
    let mut headers: Vec<(&str, String)> = vec![("host", host.to_owned())];
    for name in request.headers.keys().filter(|name| *name != "host" && !UNSIGNED.contains(name)) {
        let values = request.headers.get_all(name).iter();
        let values = values.map(|value| {
            String::from_utf8_lossy(value.as_bytes())
                .split_ascii_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        });
        headers.push((name.as_str(), values.collect::<Vec<_>>().join(",")));
    }
    headers.sort_by(|a, b| a.0.cmp(b.0));
    let signed = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let lines = headers
        .iter()
        .fold(String::new(), |lines, (name, value)| lines + name + ":" + value + "\n");
    (signed, lines)
}

/// Every service but S3 encodes the path of the wire once more, without empty segments and `.` and `..`.
fn canonical_path(path: &str, normalize: bool) -> String {
    if !normalize {
        return if path.is_empty() { "/".to_owned() } else { utf8_percent_encode_once(path) };
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let mut normal = format!("/{}", segments.join("/"));
    if !segments.is_empty() && path.ends_with('/') {
        normal.push('/');
    }
    utf8_percent_encode(&normal, PATH).to_string()
}

/// What is encoded already stays, as the same text in AWS's way to write it.
fn utf8_percent_encode_once(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let bytes: Vec<u8> = percent_decode_str(segment).collect();
        percent_encoding::percent_encode(&bytes, ENCODED).to_string()
    });
    segments.collect::<Vec<_>>().join("/")
}

fn canonical_query(query: &str) -> String {
    let encode = |text: &str| {
        let bytes: Vec<u8> = percent_decode_str(text).collect();
        percent_encoding::percent_encode(&bytes, ENCODED).to_string()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(String, String)> = pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (encode(name), encode(value))
        })
        .collect();
    pairs.sort();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn hmac(key: &[u8], text: &[u8]) -> Result<Vec<u8>, String> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).map_err(|_| "the key cannot be used".to_owned())?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().to_vec())
}
