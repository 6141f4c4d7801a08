//! A JSON text that is read once and kept as it came: what stands where, in one list of nodes. Texts stay in the body; nothing is copied
//! that nobody asks for.
//!
//! Of an object whose fields may stay unread, what is long in it is passed over at first and read when somebody wants it.
//!
//! Here belongs how a document is stored and made (`parse`), how one finds one's way in it (`read`, `index`, `path`), and the
//! [`Value`] that is made of it when somebody wants one. What the fields of an answer are belongs in [`view`](crate::view).

pub(crate) mod cost;
mod entries;
mod index;
mod mend;
mod parse;
mod path;
mod read;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, OnceLock};

use bytes::Bytes;
use bytestring::ByteString;
use serde_json::{Number, Value};

use crate::view::{Mismatch, View};

pub(crate) use entries::Entries;
pub(crate) use path::Step;
pub(crate) use read::{Children, Json};

use path::Cursor;

/// A JSON document, immutable. What is read of it borrows from it.
#[derive(Default)]
pub struct Document {
    /// The JSON text; empty if the document was made of a value.
    text: ByteString,
    /// Texts that are not written in `text` as they are: those with escapes.
    texts: String,
    /// In the order of the text. An item of an array is one node, with everything within it after it; a field of an object is the node of
    /// its key, and then the same.
    nodes: Vec<Node>,
    /// Fields of the whole that are read when somebody wants them.
    parts: Vec<Part>,
    /// Of a part: the node that it is in the whole.
    origin: u32,
    /// The whole, once somebody has asked for it.
    value: OnceLock<Value>,
    /// Fields of large objects, once somebody has asked for one: the object, the key, the value's node.
    index: OnceLock<HashMap<u32, HashMap<Box<str>, u32>>>,
    /// Where a place was found last: the next one is often beside it.
    cursor: Mutex<Cursor>,
}

/// What a text that is no JSON is refused with.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the text is not JSON{message}")]
pub struct InvalidDocument {
    message: String,
    is_too_large: bool,
}

impl InvalidDocument {
    fn new(message: String) -> Self {
        Self { message, is_too_large: false }
    }

    /// Whether reading it takes more memory than it may.
    pub(crate) fn is_too_large(&self) -> bool {
        self.is_too_large
    }
}

/// One place.
enum Node {
    Null,
    Bool(bool),
    Number(Number),
    Text(Span),
    Array(Extent),
    Object(Extent),
    /// A part, by its index.
    Part(u32),
    /// A value that cannot be read, as text.
    Broken(Span),
}

/// A field that was passed over.
struct Part {
    span: Span,
    read: OnceLock<Box<Document>>,
}

/// Where a text is: in `text`, or beyond its end in `texts`.
#[derive(Clone, Copy)]
struct Span {
    at: u32,
    length: u32,
}

/// How much is in an array or object: items or fields, and the first node after it.
#[derive(Clone, Copy)]
struct Extent {
    count: u32,
    end: u32,
}

impl Document {
    /// Reads a JSON text. Fails if it is none, or if it is longer than 2 GiB. Of a value that cannot be read, or is nested deeper than 127 levels,
    /// the rest is readable; see [`unreadable`](Self::unreadable).
    pub fn parse(text: impl Into<Bytes>) -> Result<Self, InvalidDocument> {
        parse::parse(&text.into(), usize::MAX)
    }

    /// Reads a JSON text whose fields may well stay unread: of an object, what is long within it is passed over until somebody wants it. A part
    /// that holds what no number or text can be, or that is nested too deeply, fails when it is read, and the rest stays readable.
    #[cfg(test)]
    pub(crate) fn parse_outline(text: impl Into<Bytes>) -> Result<Self, InvalidDocument> {
        parse::outline(&text.into(), usize::MAX)
    }

    /// Reads a JSON text in full, or its outline, with so many bytes of memory beside it, whatever is read of it later.
    pub(crate) fn parse_within(
        text: impl Into<Bytes>,
        outline: bool,
        memory: usize,
    ) -> Result<Self, InvalidDocument> {
        if outline {
            parse::outline(&text.into(), memory)
        } else {
            parse::parse(&text.into(), memory)
        }
    }

    /// What cannot be read: values that are a text with half a character or bytes that are not UTF-8, a number out of range, no JSON, or nested too
    /// deeply. In [`json`](Self::json) they are texts.
    #[must_use]
    pub fn unreadable(&self) -> Vec<Mismatch> {
        View::new(self).broken().map(|place| place.mismatch("JSON")).collect()
    }

    /// The whole document as JSON. It is made once, when it is first asked for; typed reading needs none. A value that cannot be read is its text,
    /// with U+FFFD for what is no character; [`unreadable`](Self::unreadable) lists those.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.value.get_or_init(|| self.root().to_value())
    }

    /// The whole document.
    pub(crate) fn root(&self) -> View<'_> {
        View::new(self)
    }

    /// The place at a JSON pointer (RFC 6901).
    pub(crate) fn pointer(&self, pointer: &str) -> Option<View<'_>> {
        self.root().pointer(pointer)
    }
}

impl From<Value> for Document {
    fn from(value: Value) -> Self {
        parse::walk(value)
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.root(), f)
    }
}
