//! What a failed answer says in the vendor's envelope.

use crate::descriptor::ErrorEnvelope;
use crate::document::{Document, Json};

impl ErrorEnvelope {
    /// The message, where the spec says that it is; else where GraphQL and problem details (RFC 9457) have theirs.
    pub(crate) fn message_in<'a>(&self, json: &'a Document) -> Option<&'a str> {
        let usual = ["/errors/0/message", "/detail", "/title"];
        let pointers = self.message.iter().copied().chain(usual);
        pointers
            .filter_map(|pointer| json.pointer(pointer)?.as_str())
            .find(|text| !text.trim().is_empty())
    }

    /// The code, without a namespace before it.
    pub(crate) fn code_in(&self, json: &Document) -> Option<String> {
        self.code.iter().find_map(|pointer| match json.pointer(pointer)?.what() {
            Json::Text(text) if !text.is_empty() => Some(self.without_namespace(text).to_owned()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    fn without_namespace<'a>(&self, code: &'a str) -> &'a str {
        if self.code_after.is_empty() {
            return code;
        }
        code.rsplit_once(self.code_after).map_or(code, |(_, code)| code)
    }
}
