//! Removes credentials from texts of others: messages and codes of vendors, request IDs, causes of other crates.
//!
//! A vendor may repeat a credential in another spelling than the one in which the user gave it. Recognized are, in any mixture: the text
//! itself; percent-encoded, once or twice, and `+` for a space; escaped for JSON or HTML; base64 in both alphabets, also as a part of a
//! longer text that was encoded (`user:password`); hexadecimal digits; and the whole value of each header that carried credentials.

#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use crate::hex::hex;

/// The text in place of a credential.
const REDACTED: &str = "[REDACTED]";
/// Shorter texts are not secrets, and messages without them would be riddles.
const MIN_SECRET: usize = 4;
/// The same for the value of a header, which may be a plain word.
const MIN_HEADER: usize = 8;
/// Fewer characters of base64 occur in words by accident.
const MIN_BASE64: usize = 5;

/// The secrets of one call.
#[derive(Default)]
pub(crate) struct Redactor {
    needles: Vec<Needle>,
}

/// A text that is looked for.
struct Needle {
    text: SecretString,
    /// How far a finding reaches: over all neighbours that belong to the same encoded text.
    extends: fn(u8) -> bool,
    /// Which bytes of a text are taken for a byte of the needle.
    same: fn(u8, u8) -> bool,
}

impl Redactor {
    /// Adds a secret, in all its spellings.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() < MIN_SECRET {
            return;
        }
        let is_same = |a: u8, b: u8| a == b;
        self.push(secret, |_| false, is_same);
        self.push(
            &hex(secret.as_bytes()),
            |byte| byte.is_ascii_hexdigit(),
            |a, b| a.eq_ignore_ascii_case(&b),
        );
        // Where a secret begins within what was encoded shifts its bits by 0, 2 or 4; its first and last characters may depend on its
        // neighbours.
        for before in 0..3 {
            let mut bytes = vec![0; before];
            bytes.extend_from_slice(secret.as_bytes());
            let encoded = STANDARD_NO_PAD.encode(&bytes);
            let core = &encoded[(before * 8).div_ceil(6)..bytes.len() * 8 / 6];
            if core.len() >= MIN_BASE64 {
                self.push(core, is_base64, |a, b| in_one_alphabet(a) == in_one_alphabet(b));
            }
        }
    }

    /// Adds all strings and numbers of a secret argument.
    pub(crate) fn add_value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Number(number) => self.add(&number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.add_value(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.add_value(field)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Adds the value of a header that carried credentials, and what follows its scheme.
    pub(crate) fn add_header(&mut self, value: &HeaderValue) {
        let Ok(text) = std::str::from_utf8(value.as_bytes()) else { return };
        for text in [Some(text), text.split_once(' ').map(|(_, rest)| rest)].into_iter().flatten() {
            if text.len() >= MIN_HEADER {
                self.add(text);
            }
        }
    }

    fn push(&mut self, text: &str, extends: fn(u8) -> bool, same: fn(u8, u8) -> bool) {
        self.needles.push(Needle { text: SecretString::from(text), extends, same });
    }

    /// The text without the secrets.
    pub(crate) fn text(&self, text: String) -> String {
        self.needles.iter().fold(text, |text, needle| needle.remove(text))
    }

    /// Whether a text contains a secret.
    pub(crate) fn finds(&self, text: &str) -> bool {
        self.needles.iter().any(|needle| needle.find(text.as_bytes(), 0).is_some())
    }
}

impl Needle {
    fn remove(&self, text: String) -> String {
        let bytes = text.as_bytes();
        let Some(mut found) = self.find(bytes, 0) else { return text };
        let mut clean = String::with_capacity(text.len());
        let mut done = 0;
        loop {
            let (start, end) = found;
            clean.push_str(text.get(done..start).unwrap_or_default());
            clean.push_str(REDACTED);
            done = end;
            match self.find(bytes, done) {
                Some(next) => found = next,
                None => break,
            }
        }
        clean.push_str(text.get(done..).unwrap_or_default());
        clean
    }

    /// Where the text is found at or after a place, with its neighbours.
    fn find(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        let needle = self.text.expose_secret().as_bytes();
        let found = (from..text.len()).find_map(|start| {
            let end = self.end(text, start, needle)?;
            Some((start, end))
        })?;
        let (mut start, mut end) = found;
        while start > from && (self.extends)(text[start - 1]) {
            start -= 1;
        }
        while end < text.len() && (self.extends)(text[end]) {
            end += 1;
        }
        Some((start, end))
    }

    /// Where the needle ends that begins at a place: with each byte as it is, or with escapes.
    fn end(&self, text: &[u8], start: usize, needle: &[u8]) -> Option<usize> {
        // Almost every place is left at once.
        let first = needle.first()?;
        if !(self.same)(text[start], *first) && !b"%\\&+".contains(&text[start]) {
            return None;
        }
        let plain = text.get(start..start + needle.len());
        if plain.is_some_and(|plain| plain.iter().zip(needle).all(|(a, b)| (self.same)(*a, *b))) {
            return Some(start + needle.len());
        }
        // Some bytes can be read in several ways, so all places that may have been reached are kept.
        let mut reached = vec![start];
        for wanted in needle {
            let mut next: Vec<usize> = Vec::new();
            for at in reached {
                let rest = text.get(at..).unwrap_or_default();
                for (_, length) in
                    readings(rest).into_iter().filter(|(byte, _)| (self.same)(*byte, *wanted))
                {
                    if !next.contains(&(at + length)) {
                        next.push(at + length);
                    }
                }
            }
            if next.is_empty() {
                return None;
            }
            reached = next;
        }
        reached.into_iter().max()
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=')
}

/// A character of base64 for URLs, in the usual alphabet.
fn in_one_alphabet(byte: u8) -> u8 {
    match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    }
}

/// The bytes that the beginning of a text may mean, each with the length of what means it.
fn readings(text: &[u8]) -> Vec<(u8, usize)> {
    /// HTML's names, JSON's short escapes, and the space of forms.
    const NAMED: &[(&[u8], u8)] = &[
        (b"&amp;", b'&'),
        (b"&lt;", b'<'),
        (b"&gt;", b'>'),
        (b"&quot;", b'"'),
        (b"&apos;", b'\''),
        (b"&#39;", b'\''),
        (b"\\\"", b'"'),
        (b"\\\\", b'\\'),
        (b"\\/", b'/'),
        (b"+", b' '),
    ];
    /// What two hexadecimal digits follow: percent-encoding, once and twice, and JSON.
    const HEXADECIMAL: &[&[u8]] = &[b"%", b"%25", b"\\u00"];
    let hexadecimal = |prefix: &&[u8]| {
        let digits = text.strip_prefix(*prefix)?.get(..2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        Some((byte, prefix.len() + 2))
    };
    let named = NAMED.iter().filter(|(name, _)| text.starts_with(name));
    let escaped = HEXADECIMAL.iter().filter_map(hexadecimal);
    text.first()
        .map(|byte| (*byte, 1))
        .into_iter()
        .chain(escaped)
        .chain(named.map(|(name, byte)| (*byte, name.len())))
        .collect()
}
