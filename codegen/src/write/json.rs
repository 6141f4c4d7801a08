//! Example files: JSON that every reader shows alike, whatever the vendor's texts hold.

use serde_json::Value;

use super::scalar::is_printable;

/// A value as the text of a file. What no file may hold as it is, such as control characters beyond ASCII, is escaped.
pub(super) fn text(value: &Value) -> String {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default() + "\n";
    let mut out = String::with_capacity(pretty.len());
    for c in pretty.chars() {
        // Such characters stand within strings alone, where an escape says the same.
        if c == '\n' || is_printable(c) {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_text_comes_back_from_a_file_that_may_stand(text in ".{0,40}", odd in "[\\x00-\\x1f\\x7f-\\x9f\u{200b}\u{2028}\u{202e}\u{feff}\"\\\\]{0,8}") {
            let value = serde_json::json!({ format!("{odd}k"): [text, odd] });
            let written = super::text(&value);
            proptest::prop_assert!(written.chars().all(|c| c == '\n' || is_printable(c)));
            proptest::prop_assert_eq!(serde_json::from_str::<Value>(&written).ok(), Some(value));
        }
    }
}
