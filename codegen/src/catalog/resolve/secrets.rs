//! Secrets that slipped into examples.

use std::sync::LazyLock;

use regex::RegexSet;
use serde_json::Value;

/// Forms that only real credentials have.
#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by a test")]
static FORMS: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        r"\b(AKIA|ASIA)[0-9A-Z]{16}\b",
        r"\bgh[pousr]_[0-9A-Za-z]{36}",
        r"\bxox[abprs]-[0-9A-Za-z-]{20,}",
        r"\bATATT3x[0-9A-Za-z_=-]{60,}",
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
        r"\beyJ[0-9A-Za-z_-]{20,}\.eyJ[0-9A-Za-z_-]{20,}\.[0-9A-Za-z_-]{20,}",
        r"\bsk_live_[0-9A-Za-z]{16,}",
        r"\bAIza[0-9A-Za-z_-]{35}\b",
    ])
    .unwrap()
});

/// The JSON pointers of the strings in a value that look like credentials.
pub(crate) fn find(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(value, &mut String::new(), &mut found);
    found
}

fn collect(value: &Value, pointer: &mut String, found: &mut Vec<String>) {
    let length = pointer.len();
    match value {
        Value::String(text) if FORMS.is_match(text) => found.push(pointer.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                collect(item, pointer, found);
                pointer.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")));
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
        let key = format!("AKIA{}", "IOSFODNN7EXAMPLE");
        assert_eq!(find(&serde_json::json!({"a": [{"b/c": key}], "d": "AKIA"})), ["/a/0/b~1c"]);
    }
}
