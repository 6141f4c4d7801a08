//! What an answer says: JSON, or XML or headers read as JSON.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use crate::descriptor::Action;
use crate::document::{Document, InvalidDocument};

/// How an answer is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Xml,
}

impl Form {
    /// What the headers say; `None` if it is neither.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let ends = essence.rsplit_once(['/', '+']).map_or("", |(_, end)| end);
        let mut words = essence.split(|c: char| !c.is_ascii_alphanumeric()).skip(1);
        let is = |text: &str| essence.eq_ignore_ascii_case(text);
        if is("application/xml") || is("text/xml") {
            Some(Self::Xml)
        } else if words.any(|word| word.eq_ignore_ascii_case("json")) {
            Some(Self::Json)
        } else {
            (ends.eq_ignore_ascii_case("xml") && essence.contains('+')).then_some(Self::Xml)
        }
    }
}

/// Why an answer cannot be read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It is not what it should be; with a message for people.
    Wrong(String),
    /// It takes more memory than it may.
    TooLarge,
}

impl From<InvalidDocument> for Unreadable {
    fn from(invalid: InvalidDocument) -> Self {
        if invalid.is_too_large() {
            Self::TooLarge
        } else {
            Self::Wrong("the response is not JSON".to_owned())
        }
    }
}

/// Reads an answer in JSON; no bytes are `null`. Whoever will read one field of many wants its outline. All that is made of it takes at most so
/// many bytes of memory, its own included.
pub(crate) fn read(body: &Bytes, outline: bool, memory: usize) -> Result<Document, Unreadable> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Document::default());
    }
    let memory = memory.saturating_sub(body.len());
    Ok(Document::parse_within(body.clone(), outline, memory)?)
}

/// The same as a value that can be changed, of any form.
pub(crate) fn read_value(form: Form, body: &Bytes, memory: usize) -> Result<Value, Unreadable> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    match form {
        Form::Json => read(body, false, memory).map(|document| document.root().to_value()),
        Form::Xml => read_xml(body, memory.saturating_sub(body.len())),
    }
}

#[cfg(feature = "xml")]
fn read_xml(body: &[u8], memory: usize) -> Result<Value, Unreadable> {
    match crate::xml::read_within(body, memory) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(Unreadable::TooLarge),
        Err(problem) => Err(Unreadable::Wrong(format!("the response is not XML: {problem}"))),
    }
}

#[cfg(not(feature = "xml"))]
fn read_xml(_: &[u8], _: usize) -> Result<Value, Unreadable> {
    Err(Unreadable::Wrong("the response is XML, but the feature `xml` is disabled".to_owned()))
}

/// Leaves out the elements that hold items of lists.
#[cfg(feature = "xml")]
pub(crate) fn unwrap_items(json: &mut Value, name: Option<&str>) {
    if let Some(name) = name {
        crate::xml::unwrap_items(json, name);
    }
}

#[cfg(not(feature = "xml"))]
pub(crate) fn unwrap_items(_: &mut Value, _: Option<&str>) {}

/// A result of headers: texts by property. Of a name that ends with `*`, every header that begins so, by the rest of its name.
pub(crate) fn of_headers<'a>(
    headers: &HeaderMap,
    wanted: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> Value {
    let text = |value: &HeaderValue| Value::from(String::from_utf8_lossy(value.as_bytes()));
    let mut fields = Map::new();
    for (property, name) in wanted {
        let found = match name.strip_suffix('*') {
            None => headers.get(name).map(text),
            Some(prefix) => {
                let prefix = prefix.to_ascii_lowercase();
                let these = headers.iter().filter_map(|(name, value)| {
                    Some((name.as_str().strip_prefix(&prefix)?.to_owned(), text(value)))
                });
                Some(these.collect::<Map<_, _>>())
                    .filter(|these| !these.is_empty())
                    .map(Value::Object)
            }
        };
        fields.extend(found.map(|value| (property.clone(), value)));
    }
    Value::Object(fields)
}

/// Gives a result that was read from texts alone the types that its action declares.
pub(crate) fn shape(action: &Action, json: &mut Value) {
    if let Some(result) = json.pointer_mut(&action.output.at) {
        crate::shape::shape(result, &action.output.schema, action.integration);
    }
}
