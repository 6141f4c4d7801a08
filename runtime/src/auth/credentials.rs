//! The credentials that the user gave, and templates over them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use super::Problem;
use crate::descriptor::scheme::Form;
use crate::hex::hex;
use crate::template;

/// The credentials of a client.
pub(crate) struct Credentials {
    /// The name of the scheme in the spec.
    pub(super) scheme: &'static str,
    pub(super) form: Form,
    /// The values, in the order of the form.
    pub(super) secrets: Vec<SecretString>,
}

impl Credentials {
    /// The values, in the order of the form.
    pub(super) fn exposed(&self) -> Vec<&str> {
        self.secrets.iter().map(SecretString::expose_secret).collect()
    }

    /// A value by its name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let index = self.form.credentials.iter().position(|(credential, _)| credential == name)?;
        self.secrets.get(index).map(SecretString::expose_secret)
    }

    /// A value by its name; nothing if the form has none of this name.
    pub(super) fn value(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The values that may not be shown.
    pub(super) fn private(&self) -> impl Iterator<Item = &SecretString> {
        let all = self.form.credentials.iter().zip(&self.secrets);
        all.filter(|((_, credential), _)| !credential.public).map(|(_, secret)| secret)
    }

    /// Fills a template with credentials, `{basic}`, and the values of `more`.
    pub(super) fn fill(&self, text: &str, more: &[(&str, &str)]) -> Result<String, Problem> {
        let value = |name: &str| -> Result<Option<String>, Problem> {
            if let Some(text) = self.get(name) {
                return Ok(Some(text.to_owned()));
            }
            if let Some((_, text)) = more.iter().find(|(known, _)| *known == name) {
                return Ok(Some((*text).to_owned()));
            }
            if name == "basic" {
                return Ok(Some(basic(self.value("username"), self.value("password"))));
            }
            Err(Problem::build(format!("unknown placeholder `{name}`")))
        };
        Ok(template::fill(text, value)?.unwrap_or_default())
    }
}

/// The credentials of HTTP Basic (RFC 7617).
pub(super) fn basic(user: &str, password: &str) -> String {
    STANDARD.encode([user, ":", password].concat())
}

/// A random UUID (RFC 9562, version 4). For nonces: unique, not secret.
pub(crate) fn nonce() -> String {
    let mut bytes = fastrand::u128(..).to_be_bytes();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
