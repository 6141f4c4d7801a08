//! Texts that look like real credentials.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

/// Forms that only credentials have.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
        r"|\bgh[pousr]_[0-9A-Za-z]{36}",
        r"|\bgithub_pat_[0-9A-Za-z_]{60,}",
        r"|\bglpat-[0-9A-Za-z_-]{20,}",
        r"|\bxox[abeoprs]-[0-9A-Za-z-]{20,}",
        r"|\bATATT3x[0-9A-Za-z_=-]{60,}",
        r"|-----BEGIN [A-Z ]*PRIVATE KEY-----",
        r"|\beyJ[0-9A-Za-z_-]{20,}\.eyJ[0-9A-Za-z_-]{20,}\.[0-9A-Za-z_-]{20,}",
        r"|\bsk_live_[0-9A-Za-z]{16,}",
        r"|\bAIza[0-9A-Za-z_-]{35}\b",
        r"|\bhooks\.slack\.com/services/T[0-9A-Z]{8,}/B[0-9A-Z]{8,}/[0-9A-Za-z]{24}",
        r"|\b[Bb]earer [0-9A-Za-z._~+/-]{24,}=*",
    ))
    .unwrap()
});

/// Whether a text holds what looks like a real credential. One that says `EXAMPLE`, as vendors write those that they document
/// (`AKIAIOSFODNN7EXAMPLE`), is none.
pub(crate) fn is_real(text: &str) -> bool {
    FORMS.find_iter(text).any(|found| !found.as_str().to_ascii_uppercase().contains("EXAMPLE"))
}

/// The JSON pointers of the strings in a value that look like credentials.
pub(crate) fn find(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, &mut String::new(), &mut found);
    found
}

fn collect(value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let length = pointer.len();
    match value {
        Value::String(text) if is_real(text) => found.push(pointer.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                collect(item, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                pointer.push_str(&format!("/{}", crate::pointer::escape(key)));
                collect(field, pointer, found);
                pointer.truncate(length);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_found_wherever_it_stands() {
        let key = format!("AKIA{}", "IOSFODNN7QWERTYU");
        assert_eq!(find(&serde_json::json!({"a": [{"b/c": key}], "d": "AKIA"})), ["/a/0/b~1c"]);
    }

    #[test]
    fn a_documented_example_is_no_credential() {
        assert!(!is_real(concat!("AKIA", "IOSFODNN7EXAMPLE")));
        assert!(!is_real("Bearer {token}"));
        assert!(is_real(concat!("Authorization: Bear", "er 4f9c1e7ab2d84c0f9e1a7bd5")));
    }
}
