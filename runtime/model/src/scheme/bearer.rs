//! A token in the `Authorization` header (RFC 6750).

use serde::{Deserialize, Serialize};

use super::{BEARER, Credential, Form, Scheme, authentication};

authentication! {
    /// A token in the `Authorization` header.
    Bearer {
        /// The token.
        token: Credential,
        /// The prefix before the token. Default: `Bearer`.
        #[serde(default, rename = "scheme", skip_serializing_if = "crate::is_default")]
        token_prefix: Option<String>,
    }
    forms(this) {
        Form::usual([("token", &this.token)])
    }
}

impl Bearer {
    /// The prefix before the token.
    #[must_use]
    pub fn token_prefix(&self) -> &str {
        self.token_prefix.as_deref().unwrap_or(BEARER)
    }
}
