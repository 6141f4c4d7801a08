//! Requests signed as a spec declares by template.
//!
//! Headers that hold nothing computed are set first, so that a signature may cover them; then values are computed in their order; then
//! come the other headers.

mod facts;
#[cfg(test)]
mod tests;

use actionspec_model::is_framing_header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

use super::{Carried, Prepared, Scheme, Setup, Signer};
use crate::auth::{Credentials, Problem, Signable, nonce};
use crate::descriptor::scheme::{Hash, KeyEncoding, Keyed, SignatureValue, SignedRequests};
use crate::descriptor::{SignatureAlgorithm, SignatureEncoding};
use crate::hex::hex;
use crate::template::{Part, parts};

impl Scheme for SignedRequests {
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

    fn prepare(&'static self, _: &Credentials, _: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        Ok(Prepared::Signed(Box::new(Templates(self))))
    }
}

struct Templates(&'static SignedRequests);

impl Signer for Templates {
    fn sign(
        &self,
        credentials: &Credentials,
        request: &mut Signable<'_>,
        _: &str,
    ) -> Result<u64, Problem> {
        sign(self.0, &credentials.exposed(), request, Timestamp::now(), &nonce())
            .map_err(Problem::build)?;
        Ok(0)
    }

    fn challenged(&self, _: u64, _: &HeaderMap) -> bool {
        false
    }
}

/// What templates are filled with.
struct Values<'a> {
    signing: &'static SignedRequests,
    secrets: &'a [&'a str],
    now: Timestamp,
    nonce: &'a str,
    computed: Vec<(&'static str, Vec<u8>)>,
}

/// Signs a request. Fails with a sentence without secrets.
pub(super) fn sign(
    signing: &'static SignedRequests,
    secrets: &[&str],
    request: &mut Signable<'_>,
    now: Timestamp,
    nonce: &str,
) -> Result<(), String> {
    let mut values = Values { signing, secrets, now, nonce, computed: Vec::new() };
    let (late, early): (Vec<_>, Vec<_>) =
        signing.headers.iter().partition(|(_, template)| names_computed(signing, template));
    for (name, template) in early {
        put(request, name, &values.fill(template, request)?)?;
    }
    for (name, computed) in &signing.values {
        let value = values.compute(computed, request)?;
        values.computed.push((name.as_str(), value));
    }
    for (name, template) in late {
        put(request, name, &values.fill(template, request)?)?;
    }
    Ok(())
}

fn names_computed(signing: &SignedRequests, template: &str) -> bool {
    parts(template)
        .any(|part| matches!(part, Part::Placeholder(name) if signing.values.contains_key(name)))
}

fn put(request: &mut Signable<'_>, name: &str, value: &[u8]) -> Result<(), String> {
    if is_framing_header(name) {
        return Err(format!("`{name}` is set by the client: it frames the message"));
    }
    let wrong = || format!("`{name}` would contain what cannot be sent");
    let mut value = HeaderValue::from_bytes(value).map_err(|_| wrong())?;
    value.set_sensitive(true);
    request.headers.insert(HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?, value);
    Ok(())
}

impl Values<'_> {
    fn fill(&self, template: &str, request: &Signable<'_>) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        for part in parts(template) {
            match part {
                Part::Constant(text) => out.extend_from_slice(text.as_bytes()),
                Part::Placeholder(name) => out.extend(self.value(name, request)?),
            }
        }
        Ok(out)
    }

    fn value(&self, name: &str, request: &Signable<'_>) -> Result<Vec<u8>, String> {
        if let Some(index) = self.signing.credentials.get_index_of(name) {
            return Ok(self
                .secrets
                .get(index)
                .map(|secret| secret.as_bytes().to_vec())
                .unwrap_or_default());
        }
        if let Some((_, value)) = self.computed.iter().find(|(computed, _)| *computed == name) {
            return Ok(value.clone());
        }
        facts::fact(name, request, self.now, self.nonce)
            .ok_or_else(|| format!("nothing is called `{name}`"))
    }

    fn compute(
        &self,
        computed: &SignatureValue,
        request: &Signable<'_>,
    ) -> Result<Vec<u8>, String> {
        match computed {
            SignatureValue::Text(template) => self.fill(template, request),
            SignatureValue::Base64(template) => {
                Ok(STANDARD.encode(self.fill(template, request)?).into_bytes())
            }
            SignatureValue::Hash(Hash { of, algorithm, encoding, max_bytes, skip_empty }) => {
                let mut bytes = self.fill(of, request)?;
                if *skip_empty && bytes.is_empty() {
                    return Ok(bytes);
                }
                bytes.truncate(
                    max_bytes.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX),
                );
                Ok(encode(&hash(*algorithm, &bytes), *encoding))
            }
            SignatureValue::Hmac(Keyed { of, key, key_encoding, algorithm, encoding }) => {
                let key = decode(self.fill(key, request)?, *key_encoding)?;
                Ok(encode(&keyed(*algorithm, &key, &self.fill(of, request)?)?, *encoding))
            }
        }
    }
}

/// A hash of bytes, as text.
pub(crate) fn hash_text(
    algorithm: SignatureAlgorithm,
    encoding: SignatureEncoding,
    bytes: &[u8],
) -> String {
    String::from_utf8_lossy(&encode(&hash(algorithm, bytes), encoding)).into_owned()
}

fn hash(algorithm: SignatureAlgorithm, bytes: &[u8]) -> Vec<u8> {
    match algorithm {
        SignatureAlgorithm::Sha1 => Sha1::digest(bytes).to_vec(),
        SignatureAlgorithm::Sha256 => Sha256::digest(bytes).to_vec(),
        SignatureAlgorithm::Sha512 => Sha512::digest(bytes).to_vec(),
    }
}

fn keyed(algorithm: SignatureAlgorithm, key: &[u8], bytes: &[u8]) -> Result<Vec<u8>, String> {
    macro_rules! mac {
        ($hash:ty) => {{
            let mut mac = Hmac::<$hash>::new_from_slice(key)
                .map_err(|_| "the key cannot be used".to_owned())?;
            mac.update(bytes);
            Ok(mac.finalize().into_bytes().to_vec())
        }};
    }
    match algorithm {
        SignatureAlgorithm::Sha1 => mac!(Sha1),
        SignatureAlgorithm::Sha256 => mac!(Sha256),
        SignatureAlgorithm::Sha512 => mac!(Sha512),
    }
}

fn encode(bytes: &[u8], encoding: SignatureEncoding) -> Vec<u8> {
    match encoding {
        SignatureEncoding::Hex => hex(bytes).into_bytes(),
        SignatureEncoding::Base64 => STANDARD.encode(bytes).into_bytes(),
    }
}

fn decode(text: Vec<u8>, encoding: KeyEncoding) -> Result<Vec<u8>, String> {
    match encoding {
        KeyEncoding::Text => Ok(text),
        KeyEncoding::Base64 => {
            STANDARD.decode(text.trim_ascii()).map_err(|_| "the key is not base64".to_owned())
        }
        KeyEncoding::Hex => {
            let text = text.trim_ascii();
            let digit =
                |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            let pair = |pair: &[u8]| match pair {
                [high, low] => Some((digit(*high)? << 4) | digit(*low)?),
                _ => None,
            };
            text.chunks(2)
                .map(pair)
                .collect::<Option<Vec<u8>>>()
                .ok_or_else(|| "the key is not hexadecimal".to_owned())
        }
    }
}
