//! HTTP signatures of Oracle Cloud Infrastructure (draft-cavage-http-signatures-08), as "Request Signatures" of its documentation
//! describes them.

#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{Carried, Prepared, Scheme, Setup, Signer};
use crate::auth::signing_key::{Algorithm, SigningKey};
use crate::auth::{Credentials, Problem, Signable};
use crate::descriptor::scheme::OciSignature;

/// The header with the hash of the body.
const BODY_HASH: &str = "x-content-sha256";
/// What every signature covers, in order.
const ALWAYS: &[&str] = &["date", "(request-target)", "host"];
/// What a signature covers in addition if the request has a body.
const WITH_BODY: &[&str] = &["content-length", "content-type", BODY_HASH];

impl Scheme for OciSignature {
    fn may_be_empty(&self, _: &str) -> bool {
        false
    }

    fn carried(&self, credential: &str) -> Carried {
        if credential == "private_key" { Carried::Computed } else { Carried::InHeader }
    }

    fn query_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(
        &'static self,
        credentials: &Credentials,
        _: &Setup<'_>,
    ) -> Result<Prepared, Vec<String>> {
        let key = SigningKey::read(credentials.value("private_key"), Algorithm::Rs256).map_err(
            |problem| vec![format!("`private_key` of `{}`: {problem}", credentials.scheme)],
        )?;
        let id = ["tenancy", "user", "fingerprint"].map(|name| credentials.value(name)).join("/");
        Ok(Prepared::Signed(Box::new(KeyPair { id, key })))
    }
}

/// The user's key.
struct KeyPair {
    /// Tenancy, user and fingerprint, joined with slashes.
    id: String,
    key: SigningKey,
}

impl Signer for KeyPair {
    fn sign(&self, _: &Credentials, request: &mut Signable<'_>, _: &str) -> Result<u64, Problem> {
        let covered = prepare(request, Timestamp::now()).map_err(Problem::build)?;
        let signature =
            self.key.sign(signing_string(&covered, request).as_bytes()).map_err(Problem::build)?;
        let value = format!(
            "Signature version=\"1\",headers=\"{}\",keyId=\"{}\",algorithm=\"rsa-sha256\",signature=\"{}\"",
            covered.join(" "),
            self.id,
            STANDARD.encode(signature)
        );
        request.carrier().authorization(value)?;
        Ok(0)
    }

    fn challenged(&self, _: u64, _: &HeaderMap) -> bool {
        false
    }
}

/// Sets the headers that a signature covers, and returns their names. A body that streams is not covered: object storage accepts that
/// of `PUT`, and nothing else does.
fn prepare(request: &mut Signable<'_>, now: Timestamp) -> Result<Vec<&'static str>, String> {
    let text = |text: String| HeaderValue::from_str(&text).map_err(|error| error.to_string());
    request.headers.insert(DATE, text(now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())?);
    let sends_body = matches!(*request.method, Method::POST | Method::PUT | Method::PATCH);
    if request.streams && *request.method != Method::PUT {
        return Err(
            "a body that streams cannot be signed for this method; make it a file in memory"
                .to_owned(),
        );
    }
    if !sends_body || request.streams {
        return Ok(ALWAYS.to_vec());
    }
    request.headers.insert(CONTENT_LENGTH, request.body.len().into());
    request
        .headers
        .entry(CONTENT_TYPE)
        .or_insert(const { HeaderValue::from_static("application/json") });
    request.headers.insert(BODY_HASH, text(STANDARD.encode(Sha256::digest(request.body)))?);
    Ok([ALWAYS, WITH_BODY].concat())
}

/// A line `name: value` for each covered name.
fn signing_string(covered: &[&str], request: &Signable<'_>) -> String {
    let url = &*request.url;
    let line = |name: &&str| {
        let value = match *name {
            "(request-target)" => {
                let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
                format!("{} {}{query}", request.method.as_str().to_ascii_lowercase(), url.path())
            }
            "host" => request.host(),
            name => request.headers.get(name).map_or_else(String::new, |value| {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            }),
        };
        format!("{name}: {value}")
    };
    covered.iter().map(line).collect::<Vec<_>>().join("\n")
}
