//! What a failed answer says in the vendor's envelope.

use crate::descriptor::ErrorEnvelope;
use crate::document::{Document, Json};

/// Reads a failed answer.
pub(crate) trait Envelope {
    /// The message, where the spec says that it is; else where GraphQL and problem details (RFC 9457) have theirs.
    fn message_in<'a>(&self, json: &'a Document) -> Option<&'a str>;

    /// The code, without a namespace before it.
    fn code_in(&self, json: &Document) -> Option<String>;
}

impl Envelope for ErrorEnvelope {
    fn message_in<'a>(&self, json: &'a Document) -> Option<&'a str> {
        let usual = ["/errors/0/message", "/detail", "/title"];
        let pointers = self.message.iter().map(String::as_str).chain(usual);
        pointers
            .filter_map(|pointer| json.pointer(pointer)?.as_str())
            .find(|text| !text.trim().is_empty())
    }

    fn code_in(&self, json: &Document) -> Option<String> {
        self.code.iter().find_map(|pointer| match json.pointer(pointer)?.what() {
            Json::Text(text) if !text.is_empty() => {
                Some(without_namespace(text, self.code_after.as_deref()).to_owned())
            }
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }
}

fn without_namespace<'a>(code: &'a str, after: Option<&str>) -> &'a str {
    let last = after.filter(|after| !after.is_empty()).and_then(|after| code.rsplit_once(after));
    last.map_or(code, |(_, code)| code)
}
