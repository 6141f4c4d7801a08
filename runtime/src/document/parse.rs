//! A text or a value into nodes.

use std::fmt;
use std::iter::Peekable;
use std::sync::OnceLock;

use bytes::Bytes;
use bytestring::ByteString;
use serde_core::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

use super::mend::{self, Hopeless};
use super::{Document, Extent, InvalidDocument, Node, Part, Span, cost};

/// Bytes of text for each node: a guess that fits what vendors send, so that the list of nodes is seldom moved.
const BYTES_A_NODE: usize = 12;
/// The longest text: positions in it and in what its escapes say must fit 32 bits.
const LONGEST: usize = (1 << 31) - 1;
/// Fields that are read at once when they have fewer bytes.
const SHORT: usize = 64;
/// How many fields of one object are passed over.
const FIELDS: usize = 64;
/// What `serde_json` calls a number when it is built to keep all digits of numbers.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads all of a text, for which so many bytes of memory may be taken beside it.
pub(super) fn parse(bytes: &Bytes, memory: usize) -> Result<Document, InvalidDocument> {
    let error = match text(bytes.clone()).and_then(|text| strict(text, memory, Vec::new())) {
        Err(error) if !error.is_too_large && bytes.len() <= LONGEST => error,
        result => return result,
    };
    let mended = match mend::mend(bytes, memory) {
        Ok(mended) => mended,
        Err(Hopeless::NotJson) => return Err(error),
        Err(Hopeless::TooLarge) => return Err(InvalidDocument { is_too_large: true, ..error }),
    };
    let memory = memory.saturating_sub(mended.text.len());
    let read = text(mended.text.into()).and_then(|text| strict(text, memory, mended.broken));
    read.map_err(|other| if other.is_too_large { other } else { error })
}

/// Reads a text. `broken` are the places that stand for what could not be read.
fn strict(
    text: ByteString,
    memory: usize,
    broken: Vec<(usize, String)>,
) -> Result<Document, InvalidDocument> {
    let mut nodes = Nodes::of(&text, memory);
    nodes.broken = broken.into_iter().peekable();
    nodes.list.reserve((text.len() / BYTES_A_NODE + 1).min(memory / cost::VALUE));
    let read = nodes.read(&text);
    nodes.finished(read, text)
}

/// The same, without what is long within an object.
pub(super) fn outline(bytes: &Bytes, memory: usize) -> Result<Document, InvalidDocument> {
    // What is read later must not be too large then.
    let may_be_too_large = bytes.len().saturating_mul(cost::MOST_A_BYTE) > memory;
    if may_be_too_large || !bytes.trim_ascii_start().starts_with(b"{") {
        return parse(bytes, memory);
    }
    let Ok(text) = text(bytes.clone()) else { return parse(bytes, memory) };
    let mut nodes = Nodes::of(&text, memory);
    nodes.list.reserve(FIELDS);
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    let parsed =
        deserializer.deserialize_map(Outline(&mut nodes)).and_then(|()| deserializer.end());
    match nodes.finished(parsed, text) {
        Err(error) if !error.is_too_large => parse(bytes, memory),
        result => result,
    }
}

fn text(bytes: Bytes) -> Result<ByteString, InvalidDocument> {
    if bytes.len() > LONGEST {
        return Err(InvalidDocument::new(": it is longer than 2 GiB".to_owned()));
    }
    ByteString::try_from(bytes).map_err(|_| InvalidDocument::new(": it is not UTF-8".to_owned()))
}

impl Document {
    /// A part, which is read now if it was not before.
    pub(super) fn part(&self, index: u32, origin: u32) -> Option<&Self> {
        let part = self.parts.get(index as usize)?;
        let read = || {
            let text = self.text.slice_ref(self.text(part.span));
            let read = parse(&text.clone().into_bytes(), usize::MAX);
            let broken = || {
                let texts = mend::shown(text.as_bytes());
                let span = Span { at: 0, length: narrow(texts.len()) };
                Self { nodes: vec![Node::Broken(span)], texts, ..Self::default() }
            };
            Box::new(Self { origin, ..read.unwrap_or_else(|_| broken()) })
        };
        Some(part.read.get_or_init(read))
    }
}

/// The nodes of a value, which the document keeps.
pub(super) fn walk(value: Value) -> Document {
    let mut nodes = Nodes::of("", usize::MAX);
    nodes.add(&value);
    Document { value: OnceLock::from(value), ..nodes.into_document(ByteString::new()) }
}

/// Nodes in the making.
struct Nodes {
    /// Where the text is in memory, and how long it is.
    start: usize,
    length: usize,
    texts: String,
    list: Vec<Node>,
    parts: Vec<Part>,
    /// How many bytes of memory may still be taken.
    memory: usize,
    is_too_large: bool,
    /// Places that stand for what could not be read, the first ones first, and what was there.
    broken: Peekable<std::vec::IntoIter<(usize, String)>>,
}

impl Nodes {
    fn of(text: &str, memory: usize) -> Self {
        Self {
            start: text.as_ptr().addr(),
            length: text.len(),
            texts: String::new(),
            list: Vec::new(),
            parts: Vec::new(),
            memory,
            is_too_large: false,
            broken: Vec::new().into_iter().peekable(),
        }
    }

    /// Counts what something costs.
    #[inline]
    fn spend<E: Error>(&mut self, bytes: usize) -> Result<(), E> {
        match self.memory.checked_sub(bytes) {
            Some(left) => {
                self.memory = left;
                Ok(())
            }
            None => {
                self.is_too_large = true;
                Err(E::custom("it takes too much memory"))
            }
        }
    }

    fn finished(
        self,
        read: serde_json::Result<()>,
        text: ByteString,
    ) -> Result<Document, InvalidDocument> {
        match read {
            Ok(()) => Ok(self.into_document(text)),
            Err(error) => Err(InvalidDocument {
                message: format!(": {error}"),
                is_too_large: self.is_too_large,
            }),
        }
    }

    fn into_document(self, text: ByteString) -> Document {
        Document {
            text,
            texts: self.texts,
            nodes: self.list,
            parts: self.parts,
            ..Document::default()
        }
    }

    fn read(&mut self, text: &str) -> serde_json::Result<()> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        Seed(self).deserialize(&mut deserializer)?;
        deserializer.end()
    }

    /// A field of the whole; passed over, if it is long.
    fn outline(&mut self, field: &str) -> serde_json::Result<()> {
        let inner = field.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match inner.filter(|text| !text.contains('\\')) {
            Some(plain) => self.add_part(plain),
            None if field.len() < SHORT || self.parts.len() >= FIELDS => self.read(field)?,
            None => {
                if self.parts.capacity() == 0 {
                    self.parts.reserve(FIELDS / 4);
                }
                let at = field.as_ptr().addr().wrapping_sub(self.start);
                self.push(Node::Part(narrow(self.parts.len())));
                self.parts.push(Part {
                    span: Span { at: narrow(at), length: narrow(field.len()) },
                    read: OnceLock::new(),
                });
            }
        }
        Ok(())
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Null => self.push(Node::Null),
            Value::Bool(flag) => self.push(Node::Bool(*flag)),
            Value::Number(number) => self.push(Node::Number(number.clone())),
            Value::String(text) => self.add_text(text),
            Value::Array(items) => {
                let at = self.open();
                items.iter().for_each(|item| self.add(item));
                let extent = self.extent(items.len());
                self.list[at] = Node::Array(extent);
            }
            Value::Object(fields) => {
                let at = self.open();
                for (key, field) in fields {
                    self.add_text(key);
                    self.add(field);
                }
                let extent = self.extent(fields.len());
                self.list[at] = Node::Object(extent);
            }
        }
    }

    #[inline]
    fn push(&mut self, node: Node) {
        if self.list.len() == self.list.capacity() {
            // Less room is left unused than the list would leave by itself.
            self.list.reserve_exact((self.list.len() / 2).max(FIELDS));
        }
        self.list.push(node);
    }

    /// A node whose extent is not known yet.
    fn open(&mut self) -> usize {
        self.push(Node::Null);
        self.list.len() - 1
    }

    fn extent(&self, count: usize) -> Extent {
        Extent { count: narrow(count), end: narrow(self.list.len()) }
    }

    fn add_text(&mut self, text: &str) {
        let wanted = self.texts.len() + text.len();
        if wanted > self.texts.capacity() {
            // Where one text has escapes, others have; but all of them are shorter than the document.
            let room = (2 * self.texts.capacity()).max(self.length / 8).min(self.length);
            self.texts.reserve_exact(room.max(wanted) - self.texts.len());
        }
        let at = self.length + self.texts.len();
        self.texts.push_str(text);
        self.push(Node::Text(Span { at: narrow(at), length: narrow(text.len()) }));
    }

    /// A text that stands within the whole as it is.
    fn add_part(&mut self, part: &str) {
        let at = part.as_ptr().addr().wrapping_sub(self.start);
        if let Some((_, text)) = self.broken.next_if(|(place, _)| *place == at) {
            self.add_text(&text);
            if let Some(Node::Text(span)) = self.list.pop() {
                self.push(Node::Broken(span));
            }
        } else if at < self.length {
            self.push(Node::Text(Span { at: narrow(at), length: narrow(part.len()) }));
        } else {
            self.add_text(part);
        }
    }
}

/// Whether `serde_json` is built to keep all digits of numbers.
fn keeps_digits() -> bool {
    "1e999".parse::<Number>().is_ok()
}

/// Texts are short enough, which is checked before; of a value that is not, the rest is not found.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Adds one place and what is in it.
struct Seed<'n>(&'n mut Nodes);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.spend(cost::VALUE)?;
        self.0.push(Node::Null);
        Ok(())
    }

    #[inline]
    fn visit_bool<E: Error>(self, flag: bool) -> Result<(), E> {
        self.0.spend(cost::VALUE)?;
        self.0.push(Node::Bool(flag));
        Ok(())
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.spend(cost::VALUE)?;
        self.0.push(Node::Number(number.into()));
        Ok(())
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.spend(cost::VALUE)?;
        self.0.push(Node::Number(number.into()));
        Ok(())
    }

    #[inline]
    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.0.spend(cost::VALUE)?;
        self.0.push(Number::from_f64(number).map_or(Node::Null, Node::Number));
        Ok(())
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.0.spend(cost::VALUE + text.len())?;
        self.0.add_part(text);
        Ok(())
    }

    #[inline]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.spend(cost::VALUE + cost::WITH_ESCAPES * text.len())?;
        self.0.add_text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.spend(cost::VALUE)?;
        let at = self.0.open();
        let mut count = 0;
        while items.next_element_seed(Seed(self.0))?.is_some() {
            count += 1;
        }
        let extent = self.0.extent(count);
        self.0.list[at] = Node::Array(extent);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        self.0.spend(cost::OBJECT)?;
        let at = self.0.open();
        let mut count = 0;
        match fields.next_key_seed(FirstKey(self.0))? {
            None => {}
            Some(true) => {
                let number = fields.next_value::<String>()?.parse().map_err(A::Error::custom)?;
                self.0.list[at] = Node::Number(number);
                return Ok(());
            }
            Some(false) => {
                fields.next_value_seed(Seed(self.0))?;
                count = 1;
                while fields.next_key_seed(Seed(self.0))?.is_some() {
                    fields.next_value_seed(Seed(self.0))?;
                    count += 1;
                }
            }
        }
        let extent = self.0.extent(count);
        self.0.list[at] = Node::Object(extent);
        Ok(())
    }
}

/// Adds an object and its short fields.
struct Outline<'n>(&'n mut Nodes);

impl<'de> Visitor<'de> for Outline<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let at = self.0.open();
        let mut count = 0;
        while fields.next_key_seed(Seed(self.0))?.is_some() {
            let field = fields.next_value::<&RawValue>()?;
            self.0.outline(field.get()).map_err(A::Error::custom)?;
            count += 1;
        }
        let extent = self.0.extent(count);
        self.0.list[at] = Node::Object(extent);
        Ok(())
    }
}

/// Adds a key; or says that it is none, but what stands before a number with all its digits.
struct FirstKey<'n>(&'n mut Nodes);

impl<'de> DeserializeSeed<'de> for FirstKey<'_> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FirstKey<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<bool, E> {
        if key == NUMBER && keeps_digits() {
            return Ok(true);
        }
        self.0.spend(cost::KEY + key.len())?;
        self.0.add_part(key);
        Ok(false)
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        self.0.spend(cost::KEY + cost::WITH_ESCAPES * key.len())?;
        self.0.add_text(key);
        Ok(false)
    }
}
