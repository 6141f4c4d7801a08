//! `uri`.

use serde_json::{Value, json};

use super::Format;

pub(super) struct Uri;

impl Format for Uri {
    fn name(&self) -> &'static str {
        "uri"
    }

    fn phrase(&self) -> &'static str {
        "an absolute URI, such as https://example.com/"
    }

    fn holds(&self, text: &str) -> bool {
        let allowed = |byte: u8| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte);
        text.bytes().all(allowed) && url::Url::parse(text).is_ok()
    }

    fn sample(&self) -> Value {
        json!("https://example.com")
    }

    fn good(&self) -> Vec<Value> {
        ["https://example.com/a?b=c#d", "mailto:ada@example.com", "urn:x:y"].map(Value::from).into()
    }

    fn bad(&self) -> Vec<Value> {
        ["/a", "example.com", "https://exa mple.com", "https://example.com/ü", "", "x:{}"]
            .map(Value::from)
            .into()
    }
}
