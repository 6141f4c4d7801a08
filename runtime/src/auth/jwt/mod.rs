//! JSON Web Tokens (RFC 7519) that the client signs, in the compact form of RFC 7515.

#[cfg(test)]
mod tests;

use jsonwebtoken::crypto::{aws_lc, sign};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Map, Value};

/// Algorithms (RFC 7518, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Es256,
    Hs256,
}

impl Algorithm {
    fn library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
        }
    }
}

/// A key that was tried once.
pub(super) struct Key(EncodingKey);

/// Reads a key: PEM, also with its line breaks written as `\n` as in JSON key files; of `HS256` the secret itself. Fails with a sentence
/// that does not hold it.
pub(super) fn key_of(text: &str, algorithm: Algorithm) -> Result<Key, String> {
    // Without a choice the library panics when another crate has switched on its other back end. A choice that was made before stays.
    let _ = aws_lc::DEFAULT_PROVIDER.install_default();
    let pem = text.replace("\\n", "\n");
    let key = match algorithm {
        Algorithm::Rs256 => EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| "it must be a PEM file with an RSA private key"),
        Algorithm::Es256 => EncodingKey::from_ec_pem(pem.as_bytes())
            .map_err(|_| "it must be a PEM file with a P-256 private key that begins with `BEGIN PRIVATE KEY`; `openssl pkcs8 -topk8 -nocrypt` makes one"),
        Algorithm::Hs256 => Ok(EncodingKey::from_secret(text.as_bytes())),
    };
    let key = key?;
    sign(b"", &key, algorithm.library())
        .map_err(|_| format!("it cannot sign with {algorithm:?}"))?;
    Ok(Key(key))
}

/// A signed token.
pub(super) fn token(
    key: &Key,
    algorithm: Algorithm,
    key_id: Option<&str>,
    claims: &Map<String, Value>,
) -> Result<String, String> {
    let header = Header { kid: key_id.map(str::to_owned), ..Header::new(algorithm.library()) };
    jsonwebtoken::encode(&header, claims, &key.0)
        .map_err(|_| "the token cannot be signed".to_owned())
}
