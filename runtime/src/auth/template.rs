//! Templates over what the user gave.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Authenticator, Problem};
use crate::encode::template;

/// A random UUID (RFC 9562, version 4). For nonces: unique, not secret.
pub(crate) fn nonce() -> String {
    let mut bytes = fastrand::u128(..).to_be_bytes();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |text, byte| text + &format!("{byte:02x}"))
}

/// A credential by its name.
pub(super) fn credential<'a>(authenticator: &'a Authenticator, name: &str) -> Option<&'a str> {
    let index =
        authenticator.form.credentials.iter().position(|(credential, _)| credential == name)?;
    authenticator.exposed().get(index).copied()
}

/// The text with its placeholders filled: credentials, `{basic}`, and what else there is.
pub(super) fn fill(
    authenticator: &Authenticator,
    text: &str,
    more: &[(&str, &str)],
) -> Result<String, Problem> {
    let value = |name: &str| -> Result<Option<String>, Problem> {
        if let Some(text) = credential(authenticator, name) {
            return Ok(Some(text.to_owned()));
        }
        if let Some((_, text)) = more.iter().find(|(known, _)| *known == name) {
            return Ok(Some((*text).to_owned()));
        }
        if name == "basic" {
            let part = |name| credential(authenticator, name).unwrap_or_default();
            return Ok(Some(basic(part("username"), part("password"))));
        }
        Err(Problem::build(format!("nothing is called `{name}`")))
    };
    Ok(template::fill(text, value)?.unwrap_or_default())
}

/// The credentials of HTTP Basic (RFC 7617).
pub(super) fn basic(user: &str, password: &str) -> String {
    STANDARD.encode(format!("{user}:{password}"))
}
