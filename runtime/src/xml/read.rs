//! XML to JSON.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use serde_json::{Map, Value};

use super::{ATTRIBUTE, TEXT};
use crate::document::cost;

/// How deep elements may be nested.
const MAX_DEPTH: usize = 128;

/// What an element costs: its value, in a list that may grow, the places that are made of it, and its name.
const ELEMENT: usize = 3 * size_of::<Value>() + cost::OBJECT + cost::KEY;

/// Reads a document in UTF-8. Fails with what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    read_within(bytes, usize::MAX).map(Option::unwrap_or_default)
}

/// The same; `None` if it would take more memory than so many bytes, counted with what is made of it afterwards.
pub(crate) fn read_within(bytes: &[u8], mut memory: usize) -> Result<Option<Value>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "the document is not UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    // The document is an element without a name: its one child is the root.
    let mut open = vec![Element::default()];
    loop {
        let before = reader.buffer_position();
        let event = reader.read_event().map_err(|error| at(&reader, &error.to_string()))?;
        let length = usize::try_from(reader.buffer_position() - before).unwrap_or(usize::MAX);
        let elements = match &event {
            // Each attribute has a sign of equality.
            Event::Start(start) | Event::Empty(start) => {
                1 + start.bytes().filter(|byte| *byte == b'=').count()
            }
            _ => 0,
        };
        let spent = (elements * ELEMENT).saturating_add(length.saturating_mul(cost::WITH_ESCAPES));
        match memory.checked_sub(spent) {
            Some(left) => memory = left,
            None => return Ok(None),
        }
        match event {
            Event::Start(start) => {
                if open.len() > MAX_DEPTH {
                    return Err(at(&reader, "the elements are nested too deeply"));
                }
                open.push(Element::start(&start).map_err(|error| at(&reader, &error))?);
            }
            Event::Empty(start) => {
                let element = Element::start(&start).map_err(|error| at(&reader, &error))?;
                close(&mut open, element);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(&mut open, element);
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml_content(XmlVersion::Explicit1_0)),
            Event::CData(text) => add_text(&mut open, &text.xml_content(XmlVersion::Explicit1_0)),
            Event::GeneralRef(entity) => {
                let text = entity_text(&entity)
                    .ok_or_else(|| at(&reader, "there is an entity that XML does not define"))?;
                add_text(&mut open, &text);
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(document), true) if document.fields.len() == 1 && document.text.trim().is_empty() => {
            Ok(Some(Value::Object(document.fields)))
        }
        (Some(_), true) => Err("the document is not one element".to_owned()),
        _ => Err("the document ends within an element".to_owned()),
    }
}

fn at(reader: &Reader<&[u8]>, message: &str) -> String {
    format!("{message}, at byte {}", reader.buffer_position())
}

fn entity_text(entity: &BytesRef<'_>) -> Option<String> {
    if let Some(character) = entity.resolve_char_ref().ok()? {
        return Some(character.into());
    }
    resolve_predefined_entity(&entity.xml_content(XmlVersion::Explicit1_0)).map(str::to_owned)
}

/// An element that is being read.
#[derive(Default)]
struct Element {
    name: String,
    fields: Map<String, Value>,
    text: String,
}

impl Element {
    fn start(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut fields = Map::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|error| error.to_string())?;
            fields.insert(
                format!("{ATTRIBUTE}{}", local(attribute.key)),
                Value::from(value.into_owned()),
            );
        }
        Ok(Self { name: local(start.name()), fields, text: String::new() })
    }

    fn into_value(mut self) -> Value {
        if self.fields.is_empty() {
            return Value::from(self.text);
        }
        // Between children there is white space, for looks.
        let text = self.text.trim();
        if !text.is_empty() {
            self.fields.insert(TEXT.to_owned(), Value::from(text));
        }
        Value::Object(self.fields)
    }
}

fn local(name: QName<'_>) -> String {
    name.local_name().as_ref().to_owned()
}

fn add_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Hands an element to its parent; a second one of the same name makes a list.
fn close(open: &mut [Element], element: Element) {
    let Some(parent) = open.last_mut() else { return };
    let name = element.name.clone();
    let value = element.into_value();
    match parent.fields.get_mut(&name) {
        None => {
            parent.fields.insert(name, value);
        }
        Some(Value::Array(items)) => items.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
