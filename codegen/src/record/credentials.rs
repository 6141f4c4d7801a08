//! Secrets leave a recorded request here: what authenticates becomes an authentication scheme, its values go nowhere.

use serde_json::Value;

use super::authentication::{Key, Schemes};
use super::report::{Kind, Report};
use super::request::{Body, Recorded};
use crate::catalog::secrets;
use crate::scheme::KINDS;
use crate::spec::KeyLocation;

/// Words that make a name the name of a secret, in lower case without separators.
const SECRET_WORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "secret",
    "apikey",
    "accesskey",
    "privatekey",
    "secretkey",
    "authkey",
    "subscriptionkey",
    "appkey",
    "authtoken",
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "sessiontoken",
    "apitoken",
    "usertoken",
    "securitytoken",
    "xsrf",
    "csrf",
    "jwt",
    "credential",
    "bearer",
    "authorization",
    "signature",
    "sessionid",
    "sessid",
    "encryptionkey",
    "signingkey",
    "webhookkey",
    "recoverycode",
    "backupcode",
];
/// Whole names of secrets.
const SECRET_NAMES: &[&str] = &[
    "token", "auth", "pwd", "pass", "sid", "session", "sig", "otp", "pin", "mfacode", "xauth",
    "apiauth", "cookie", "cvv", "cvc",
];
/// Names that end like those of secrets, and are none.
const NOT_SECRET: &[&str] = &[
    "tokentype",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "synctoken",
    "nextsynctoken",
    "cursortoken",
    "previouspagetoken",
    "prevpagetoken",
    "haspassword",
    "signaturealgorithm",
];

/// Headers that browsers, proxies and tools add by themselves.
const TRANSPORT: &[&str] = &[
    "accept-encoding",
    "accept-language",
    "access-control-request-headers",
    "access-control-request-method",
    "alt-used",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "date",
    "dnt",
    "expect",
    "forwarded",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "origin",
    "pragma",
    "priority",
    "proxy-connection",
    "range",
    "referer",
    "te",
    "traceparent",
    "tracestate",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
    "via",
    "x-amzn-trace-id",
    "x-b3-traceid",
    "x-b3-spanid",
    "x-client-data",
    "x-correlation-id",
    "x-datadog-origin",
    "x-datadog-parent-id",
    "x-datadog-sampling-priority",
    "x-datadog-trace-id",
    "x-forwarded-for",
    "x-request-id",
    "x-requested-with",
    "accept",
];

/// Whether a name is that of a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if NOT_SECRET.contains(&plain.as_str()) {
        return false;
    }
    let short = plain.strip_prefix('x').unwrap_or(&plain);
    SECRET_NAMES.contains(&plain.as_str())
        || SECRET_NAMES.contains(&short)
        || SECRET_WORDS.iter().any(|word| plain.contains(word))
        || (plain.ends_with("token") && plain.len() > 5)
}

/// Whether a text looks like a key or token, whatever its name.
pub(super) fn looks_secret(text: &str) -> bool {
    const LEAST: usize = 24;
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=' | '.'));
    let has = |is: fn(&char) -> bool| text.chars().any(|c| is(&c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let mixed = has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && digits > 1;
    let is_random = text.len() >= LEAST && plain && mixed && longest_word(text) < 12;
    is_random || !secrets::find(&Value::String(text.to_owned())).is_empty()
}

/// The longest run of lower-case letters, which words have and keys do not.
fn longest_word(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii_lowercase()).map(str::len).max().unwrap_or_default()
}

/// Takes the credentials out of a request.
pub(super) fn take(recorded: &mut Recorded, schemes: &mut Schemes, report: &mut Report) {
    let mut keys = Vec::new();
    let mut rest = Vec::new();
    if let Some(user) = recorded.address.user.take() {
        rest.push(("Authorization".to_owned(), format!("Basic {user}")));
    }
    rest.append(&mut recorded.headers);
    let mut kept = Vec::new();
    for (name, value) in rest {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "authorization" => authorization(&value, schemes, &mut keys, &recorded.at, report),
            "cookie" => cookies(&value, &mut keys, &recorded.at, report),
            "idempotency-key" | "x-idempotency-key" => kept.push((name, String::new())),
            _ if TRANSPORT.contains(&lower.as_str()) || lower.starts_with("sec-") => {
                if lower == "accept" {
                    kept.push((name, value));
                }
            }
            _ if is_secret_name(&name) || looks_secret(&value) || value.starts_with('$') => {
                report.add(
                    Kind::Secret,
                    format!("header `{name}`"),
                    "it is a key to give when connecting",
                );
                keys.push(Key { location: KeyLocation::Header, name, prefix: None });
            }
            _ => kept.push((name, value)),
        }
    }
    recorded.headers = kept;
    let query = std::mem::take(&mut recorded.address.query);
    for (name, value) in query {
        if is_secret_name(&name) || looks_secret(&value) && !is_paging(&name) {
            report.add(
                Kind::Secret,
                format!("query `{name}`"),
                "it is a key to give when connecting",
            );
            keys.push(Key { location: KeyLocation::Query, name, prefix: None });
        } else {
            recorded.address.query.push((name, value));
        }
    }
    body(recorded, report);
    schemes.add(keys);
}

/// Tokens of pages look like keys.
fn is_paging(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["cursor", "page", "after", "before", "next", "marker", "offset", "continu", "query", "q"]
        .iter()
        .any(|word| name.contains(word))
}

fn authorization(
    value: &str,
    schemes: &mut Schemes,
    keys: &mut Vec<Key>,
    at: &str,
    report: &mut Report,
) {
    report.add(
        Kind::Secret,
        "header `Authorization`",
        "it is a credential to give when connecting",
    );
    let Some((scheme, token)) = value.split_once(' ') else {
        return keys.push(Key {
            location: KeyLocation::Header,
            name: "Authorization".to_owned(),
            prefix: None,
        });
    };
    let plain = !scheme.is_empty()
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => schemes.has_basic = true,
        // Windows logins, which no scheme can do.
        prefix if matches!(prefix, "negotiate" | "ntlm") || is_signed(prefix) => {
            report.add(Kind::ToDo, at, format!("declare an authentication scheme that signs with `{scheme}`: a recording does not show how"));
        }
        _ if plain && !token.trim().contains(' ') => {
            keys.push(Key {
                location: KeyLocation::Header,
                name: "Authorization".to_owned(),
                prefix: Some(format!("{scheme} ")),
            });
        }
        _ => report.add(
            Kind::ToDo,
            at,
            "declare the authentication scheme: the header `Authorization` has an unknown form",
        ),
    }
}

/// Whether a scheme computes the text after a prefix.
fn is_signed(prefix: &str) -> bool {
    KINDS.iter().any(|kind| (kind.signs_with)().contains(&prefix))
}

fn cookies(value: &str, keys: &mut Vec<Key>, at: &str, report: &mut Report) {
    let pairs: Vec<(&str, &str)> =
        value.split(';').filter_map(|pair| pair.trim().split_once('=')).collect();
    let mut left = 0;
    for (name, value) in pairs {
        let lower = name.to_ascii_lowercase();
        let named = is_secret_name(name)
            || ["sess", "auth", "token", "sso", "login", "remember"]
                .iter()
                .any(|word| lower.contains(word));
        let is_tracker = lower.starts_with("_g")
            || lower.starts_with("_fb")
            || lower.starts_with("_hj")
            || lower.contains("amplitude")
            || lower.contains("ajs_");
        let valid = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, ':' | ';' | '=' | '&' | ','));
        if valid && !is_tracker && (named || looks_secret(value)) {
            report.add(
                Kind::Secret,
                format!("cookie `{name}`"),
                "it is a key to give when connecting",
            );
            keys.push(Key { location: KeyLocation::Cookie, name: name.to_owned(), prefix: None });
        } else {
            left += 1;
        }
    }
    if left > 0 {
        report.add(Kind::Skipped, at, format!("{left} cookies do not look like a session"));
    }
}

/// Secrets in a body cannot be an authentication scheme; they are parameters whose values are never shown.
fn body(recorded: &mut Recorded, report: &mut Report) {
    let mut names: Vec<String> = Vec::new();
    match &mut recorded.body {
        Body::Json(Value::Object(fields)) => {
            names.extend(
                fields
                    .iter()
                    .filter(|(name, value)| holds_secret(name, value))
                    .map(|(name, _)| name.clone()),
            );
            for name in &names {
                fields.insert(name.clone(), Value::String(String::new()));
            }
        }
        Body::Form(fields) => {
            for (name, value) in fields
                .iter_mut()
                .filter(|(name, value)| is_secret_name(name) || looks_secret(value))
            {
                value.clear();
                names.push(name.clone());
            }
        }
        Body::Multipart(parts) => {
            for part in parts.iter_mut() {
                if let Some(text) = part
                    .text
                    .as_mut()
                    .filter(|text| is_secret_name(&part.name) || looks_secret(text))
                {
                    text.clear();
                    names.push(part.name.clone());
                }
            }
        }
        Body::Json(_) | Body::Raw(_) | Body::None => {}
    }
    for name in names {
        report.add(
            Kind::Secret,
            format!("body `{name}`"),
            "it is a parameter whose value is never shown",
        );
        recorded.secret.push(name);
    }
}

fn holds_secret(name: &str, value: &Value) -> bool {
    value.as_str().is_some_and(|text| is_secret_name(name) || looks_secret(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known() {
        for name in [
            "password",
            "X-Api-Key",
            "access_token",
            "clientSecret",
            "X-CSRF-Token",
            "token",
            "x-auth-token",
            "sid",
            "userToken",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "pageToken",
            "next_token",
            "token_type",
            "name",
            "key",
            "keyboard",
            "tokens",
            "author",
            "assignee",
            "passenger",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn keys_look_random_and_words_do_not() {
        for text in
            ["aB3dE5gH7jK9mN1pQ3sT5vW7", &format!("ghp_{}", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")]
        {
            assert!(looks_secret(text), "{text}");
        }
        for text in [
            "getUserByInternalIdentifier2",
            "5b10ac8d82e05b22cc7d4ef5",
            "123e4567-e89b-12d3-a456-426614174000",
            "Runbook for Database Failover 3",
            "2024-01-31T12:00:00.000Z",
        ] {
            assert!(!looks_secret(text), "{text}");
        }
    }
}
