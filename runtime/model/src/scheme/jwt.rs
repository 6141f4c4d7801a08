//! JSON Web Tokens (RFC 7519) that the client signs for itself.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::credential::declared;
use super::{BEARER, Credential, Form, Scheme, authentication};

authentication! {
    /// A JSON Web Token that the client signs for itself.
    Jwt {
        /// The credentials, by snake case names.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        credentials: IndexMap<String, Credential>,
        /// The token.
        token: JwtToken,
        /// The prefix before the token. Default: `Bearer`.
        #[serde(default, rename = "scheme", skip_serializing_if = "crate::is_default")]
        token_prefix: Option<String>,
    }
    forms(this) {
        Form::usual(declared(&this.credentials))
    }
}

impl Jwt {
    /// The prefix before the token.
    #[must_use]
    pub fn token_prefix(&self) -> &str {
        self.token_prefix.as_deref().unwrap_or(BEARER)
    }
}

/// A token that the client signs. `iat` and `exp` are added automatically.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct JwtToken {
    /// The algorithm (RFC 7518, section 3.1).
    pub algorithm: JwtAlgorithm,
    /// The credential with the key: PEM, or the secret for `HS256`.
    pub key: String,
    /// The header's `kid`. May contain credentials as `{name}`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub key_id: Option<String>,
    /// The claims. Strings may contain credentials as `{name}`, and `{token_url}`, `{scope}` (of OAuth 2) and `{nonce}` (a new UUID).
    pub claims: IndexMap<String, Value>,
    /// How long a token lasts, in seconds. Default: 300.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub lifetime_seconds: Option<u32>,
}

impl JwtToken {
    /// How long a token lasts, in seconds: five minutes, unless the spec sets another value.
    #[must_use]
    pub fn lifetime_seconds(&self) -> u32 {
        self.lifetime_seconds.unwrap_or(300)
    }
}

/// Algorithms of JSON Web Tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum JwtAlgorithm {
    /// RSA PKCS #1 v1.5 with SHA-256.
    RS256,
    /// ECDSA with P-256 and SHA-256.
    ES256,
    /// HMAC with SHA-256.
    HS256,
}
