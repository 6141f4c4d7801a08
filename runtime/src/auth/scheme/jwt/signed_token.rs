//! Tokens that the client signs, as a spec declares them.

use std::time::Duration;

use jsonwebtoken::Header;
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::auth::signing_key::{Algorithm, SigningKey};
use crate::auth::token_cache::Grant;
use crate::auth::{Credentials, Problem, nonce};
use crate::descriptor::scheme::{JwtAlgorithm, JwtToken};

/// A token to be signed, with its key.
pub(in crate::auth::scheme) struct SignedToken {
    scheme: &'static JwtToken,
    key: SigningKey,
}

impl SignedToken {
    /// Reads the key. The error is a sentence that does not contain it.
    pub(in crate::auth::scheme) fn new(
        credentials: &Credentials,
        scheme: &'static JwtToken,
    ) -> Result<Self, String> {
        let algorithm = match scheme.algorithm {
            JwtAlgorithm::RS256 => Algorithm::Rs256,
            JwtAlgorithm::ES256 => Algorithm::Es256,
            JwtAlgorithm::HS256 => Algorithm::Hs256,
        };
        let key =
            SigningKey::read(credentials.value(&scheme.key), algorithm).map_err(|problem| {
                format!("`{}` of `{}`: {problem}", scheme.key, credentials.scheme)
            })?;
        Ok(Self { scheme, key })
    }

    /// A token whose lifetime begins now. Its templates may contain the values of `more`.
    pub(in crate::auth::scheme) fn sign(
        &self,
        credentials: &Credentials,
        more: &[(&str, &str)],
    ) -> Result<String, Problem> {
        let nonce = nonce();
        let known: Vec<(&str, &str)> =
            more.iter().copied().chain([("nonce", nonce.as_str())]).collect();
        let now = jiff::Timestamp::now().as_second();
        let mut claims = Map::new();
        for (name, value) in &self.scheme.claims {
            let value = match value {
                Value::String(text) => Value::from(credentials.fill(text, &known)?),
                other => other.clone(),
            };
            claims.insert(name.clone(), value);
        }
        claims.insert("iat".to_owned(), now.into());
        claims.insert("exp".to_owned(), (now + i64::from(self.scheme.lifetime_seconds())).into());
        let key_id = credentials.fill(self.scheme.key_id.as_deref().unwrap_or_default(), &known)?;
        let key_id = Some(key_id.as_str()).filter(|id| !id.is_empty());
        token(&self.key, key_id, &claims).map_err(Problem::build)
    }

    pub(super) fn grant(&self, credentials: &Credentials) -> Result<Grant, Problem> {
        let token = self.sign(credentials, &[])?;
        Ok(Grant::new(
            vec![SecretString::from(token)],
            Some(Duration::from_secs(self.scheme.lifetime_seconds().into())),
        ))
    }
}

/// A signed token.
pub(super) fn token(
    key: &SigningKey,
    key_id: Option<&str>,
    claims: &Map<String, Value>,
) -> Result<String, String> {
    let header = Header { kid: key_id.map(str::to_owned), ..Header::new(key.algorithm.library()) };
    jsonwebtoken::encode(&header, claims, &key.key)
        .map_err(|_| "the token cannot be signed".to_owned())
}
