//! Tokens that the client signs, as a spec declares them.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Map, Value};

use super::token_cache::Grant;
use super::{Authenticator, Problem, jwt, template};
use crate::descriptor::scheme::{JwtAlgorithm, JwtToken};

/// A token to be signed, with its key.
pub(super) struct SignedToken {
    scheme: &'static JwtToken,
    algorithm: jwt::Algorithm,
    key: jwt::Key,
}

impl SignedToken {
    /// Reads the key. Fails with a sentence that does not hold it.
    pub(super) fn new(
        authenticator: &Authenticator,
        scheme: &'static JwtToken,
    ) -> Result<Self, String> {
        let algorithm = match scheme.algorithm {
            JwtAlgorithm::RS256 => jwt::Algorithm::Rs256,
            JwtAlgorithm::ES256 => jwt::Algorithm::Es256,
            JwtAlgorithm::HS256 => jwt::Algorithm::Hs256,
        };
        let text = template::credential(authenticator, &scheme.key).unwrap_or_default();
        let key = jwt::key_of(text, algorithm).map_err(|problem| {
            format!("`{}` of `{}`: {problem}", scheme.key, authenticator.name)
        })?;
        Ok(Self { scheme, algorithm, key })
    }

    /// A token that begins now.
    pub(super) fn sign(
        &self,
        authenticator: &Authenticator,
        more: &[(&str, &str)],
    ) -> Result<String, Problem> {
        let nonce = template::nonce();
        let known: Vec<(&str, &str)> =
            more.iter().copied().chain([("nonce", nonce.as_str())]).collect();
        let now = jiff::Timestamp::now().as_second();
        let mut claims = Map::new();
        for (name, value) in &self.scheme.claims {
            let value = match value {
                Value::String(text) => Value::from(template::fill(authenticator, text, &known)?),
                other => other.clone(),
            };
            claims.insert(name.clone(), value);
        }
        claims.insert("iat".to_owned(), now.into());
        claims.insert("exp".to_owned(), (now + i64::from(self.scheme.lifetime_seconds())).into());
        let key_id = template::fill(
            authenticator,
            self.scheme.key_id.as_deref().unwrap_or_default(),
            &known,
        )?;
        let key_id = Some(key_id.as_str()).filter(|id| !id.is_empty());
        jwt::token(&self.key, self.algorithm, key_id, &claims).map_err(Problem::build)
    }

    pub(super) fn grant(&self, authenticator: &Authenticator) -> Result<Grant, Problem> {
        let token = self.sign(authenticator, &[])?;
        Ok(Grant::new(
            vec![SecretString::from(token)],
            Some(Duration::from_secs(self.scheme.lifetime_seconds().into())),
        ))
    }
}
