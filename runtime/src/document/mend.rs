//! What in a text cannot be read, so that the rest can: texts with half a character or bytes that are not UTF-8, numbers out of range, words
//! that are no JSON, and what is nested too deeply.

use serde_json::Value;

use super::cost;

/// How deep values may be nested: what the parser allows.
const MAX_DEPTH: usize = 127;
/// What stands where something could not be read.
const PLACEHOLDER: &str = "\"?\"";

/// A text without what cannot be read.
pub(super) struct Mended {
    pub(super) text: Vec<u8>,
    /// Where placeholders are, within their quotes, and what was there, as text.
    pub(super) broken: Vec<(usize, String)>,
}

/// Why nothing is mended.
pub(super) enum Hopeless {
    /// It is no JSON in another way.
    NotJson,
    /// It would take too much memory.
    TooLarge,
}

/// Replaces what cannot be read.
pub(super) fn mend(bytes: &[u8], memory: usize) -> Result<Mended, Hopeless> {
    let memory = memory.checked_sub(2 * bytes.len()).ok_or(Hopeless::TooLarge)?;
    let mut mending = Mending {
        bytes,
        at: 0,
        open: Vec::new(),
        is_key: false,
        memory,
        text: Vec::with_capacity(bytes.len()),
        broken: Vec::new(),
    };
    while let Some(byte) = bytes.get(mending.at) {
        mending.token(*byte)?;
    }
    if mending.broken.is_empty() && mending.text == bytes {
        return Err(Hopeless::NotJson);
    }
    Ok(Mended { text: mending.text, broken: mending.broken })
}

struct Mending<'b> {
    bytes: &'b [u8],
    at: usize,
    /// The brackets that are open.
    open: Vec<u8>,
    /// Whether a string here is a key.
    is_key: bool,
    memory: usize,
    text: Vec<u8>,
    broken: Vec<(usize, String)>,
}

impl Mending<'_> {
    fn token(&mut self, byte: u8) -> Result<(), Hopeless> {
        match byte {
            b'{' | b'[' if self.open.len() == MAX_DEPTH => {
                let end = self.end_of_brackets().ok_or(Hopeless::NotJson)?;
                return self.replace(end);
            }
            b'{' | b'[' => {
                self.open.push(byte);
                self.is_key = byte == b'{';
            }
            b'}' | b']' => {
                self.open.pop().ok_or(Hopeless::NotJson)?;
                self.is_key = false;
            }
            b',' => self.is_key = self.open.last() == Some(&b'{'),
            b':' => self.is_key = false,
            b'"' => return self.string(),
            byte if byte.is_ascii_whitespace() => {}
            _ => return self.word(),
        }
        self.keep(self.at + 1);
        Ok(())
    }

    /// Keeps what there is until a place.
    fn keep(&mut self, end: usize) {
        self.text.extend_from_slice(&self.bytes[self.at..end]);
        self.at = end;
    }

    /// Puts a placeholder where a value until a place cannot be read. The whole is no such value.
    fn replace(&mut self, end: usize) -> Result<(), Hopeless> {
        if self.open.is_empty() || self.is_key {
            return Err(Hopeless::NotJson);
        }
        let raw = &self.bytes[self.at..end];
        let spent = cost::VALUE + cost::OBJECT + cost::WITH_ESCAPES * raw.len();
        self.memory = self.memory.checked_sub(spent).ok_or(Hopeless::TooLarge)?;
        self.broken.push((self.text.len() + 1, shown(raw)));
        self.text.extend_from_slice(PLACEHOLDER.as_bytes());
        self.at = end;
        Ok(())
    }

    fn string(&mut self) -> Result<(), Hopeless> {
        let end = end_of_string(self.bytes, self.at).ok_or(Hopeless::NotJson)?;
        let raw = &self.bytes[self.at..end];
        if serde_json::from_slice::<String>(raw).is_ok() {
            self.keep(end);
            return Ok(());
        }
        if !self.is_key {
            return self.replace(end);
        }
        // The value of a key that cannot be read can be.
        let key = unescaped(&raw[1..raw.len() - 1]);
        self.text.extend_from_slice(Value::from(key).to_string().as_bytes());
        self.at = end;
        Ok(())
    }

    /// A number, or a word.
    fn word(&mut self) -> Result<(), Hopeless> {
        let is_in = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
        let length = self.bytes[self.at..].iter().take_while(|byte| is_in(byte)).count();
        if length == 0 {
            return Err(Hopeless::NotJson);
        }
        let end = self.at + length;
        if serde_json::from_slice::<Value>(&self.bytes[self.at..end]).is_ok() {
            self.keep(end);
            return Ok(());
        }
        self.replace(end)
    }

    /// The end of the brackets that open here.
    fn end_of_brackets(&self) -> Option<usize> {
        let (mut at, mut depth) = (self.at, 0_usize);
        loop {
            match self.bytes.get(at)? {
                b'"' => at = end_of_string(self.bytes, at)?,
                b'{' | b'[' => (at, depth) = (at + 1, depth + 1),
                b'}' | b']' if depth == 1 => return Some(at + 1),
                b'}' | b']' => (at, depth) = (at + 1, depth - 1),
                _ => at += 1,
            }
        }
    }
}

/// A value that cannot be read, as text.
pub(super) fn shown(raw: &[u8]) -> String {
    let inner = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    inner.map_or_else(|| String::from_utf8_lossy(raw).into_owned(), unescaped)
}

/// The end of the string that begins here.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The text of a string, with U+FFFD where it cannot be read.
fn unescaped(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw);
    let mut units: Vec<u16> = Vec::new();
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    let flush = |units: &mut Vec<u16>, text: &mut String| {
        let read = char::decode_utf16(units.drain(..));
        text.extend(read.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)));
    };
    while let Some(character) = rest.next() {
        let escaped = if character == '\\' { rest.next() } else { None };
        if escaped == Some('u')
            && let Some(unit) =
                rest.as_str().get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok())
        {
            units.push(unit);
            rest = rest.as_str()[4..].chars();
            continue;
        }
        flush(&mut units, &mut text);
        text.push(match escaped {
            None => character,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(other) => other,
        });
    }
    flush(&mut units, &mut text);
    text
}
