//! Every spelling of a secret is found, and ordinary words are not.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use http::HeaderValue;
use proptest::prelude::*;
use serde_json::json;

use super::{REDACTED, Redactor};

fn without(secret: &str, text: String) -> String {
    let mut redactor = Redactor::default();
    redactor.add(secret);
    assert_eq!(redactor.finds(&text), redactor.text(text.clone()) != text, "{text}");
    redactor.text(text)
}

#[test]
fn each_spelling_is_removed() {
    let secret = "p<a>s/s \"w?rd~ä";
    let bytes = |of: fn(u8) -> String| secret.bytes().map(of).collect::<Vec<_>>().concat();
    let hex = bytes(|byte| format!("{byte:02X}"));
    let percent = bytes(|byte| format!("%{byte:02x}"));
    let spellings = [
        secret.to_owned(),
        percent.to_uppercase().replace("%61", "a"),
        percent.replace('%', "%25"),
        percent.replace("%20", "+"),
        json!(secret).to_string().trim_matches('"').to_owned(),
        "p&lt;a&gt;s/s &quot;w?rd~ä".to_owned(),
        "p\\u003ca\\u003es\\/s \\\"w?rd~ä".to_owned(),
        hex.to_lowercase(),
        hex,
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        STANDARD.encode(format!("ada:{secret}")),
        URL_SAFE.encode(format!("ada@example.com:{secret}")),
        STANDARD.encode(format!("{secret}:x")).replace('=', "%3D"),
    ];
    for spelling in spellings {
        let said = without(secret, format!("the value ({spelling}) is wrong"));
        let rest =
            said.strip_prefix("the value (").and_then(|rest| rest.strip_suffix(") is wrong"));
        let rest = rest.map(|rest| rest.replace(REDACTED, "")).unwrap_or(said);
        assert!(rest.is_empty() || rest == "%3D", "{spelling}: {rest}");
    }
}

#[test]
fn the_value_of_a_header_is_removed() {
    let mut redactor = Redactor::default();
    redactor.add_header(&HeaderValue::from_static("Digest username=\"ada\", response=\"8ca523\""));
    redactor.add_header(&HeaderValue::from_static("json"));
    let said = "you sent Digest username=\"ada\", response=\"8ca523\" for json, username=\"ada\", response=\"8ca523\"";
    assert_eq!(redactor.text(said.to_owned()), "you sent [REDACTED] for json, [REDACTED]");
}

#[test]
fn all_values_of_an_argument_are_removed() {
    let mut redactor = Redactor::default();
    redactor.add_value(&json!({"pin": 123_456, "words": ["first word", true, null]}));
    let said = redactor.text("123456 is not the first word".to_owned());
    assert_eq!(said, "[REDACTED] is not the [REDACTED]");
}

#[test]
fn what_is_short_stays() {
    assert_eq!(without("abc", "abc".to_owned()), "abc");
    assert_eq!(without("", "abc".to_owned()), "abc");
}

proptest! {
    #[test]
    fn a_secret_within_base64_is_found(before in "[ -~]{0,7}", secret in "[ -~]{8,20}", after in "[ -~]{0,7}") {
        let said = without(&secret, STANDARD.encode(format!("{before}{secret}{after}")));
        prop_assert_eq!(said, REDACTED);
    }

    #[test]
    fn a_percent_encoded_secret_is_found(secret in "\\PC{4,20}") {
        let encoded = crate::percent::value(&secret).into_owned();
        prop_assert_eq!(without(&secret, format!("={encoded}&")), format!("={REDACTED}&"));
    }

    #[test]
    fn no_text_panics(secret in "\\PC{0,8}", text in "\\PC{0,40}") {
        without(&secret, text);
    }
}
