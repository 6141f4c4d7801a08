//! What an answer says: JSON, or XML or headers read as JSON.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value};

use crate::descriptor::Action;
use crate::document::Document;

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

/// Reads an answer in JSON; no bytes are `null`. Whoever will read one field of many wants its outline. Fails with a message for people.
pub(crate) fn read(body: &Bytes, outline: bool) -> Result<Document, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Document::default());
    }
    let read = if outline { Document::parse_outline } else { Document::parse };
    read(body.clone()).map_err(|_| "the response is not JSON".to_owned())
}

/// The same as a value that can be changed, of any form.
pub(crate) fn read_value(form: Form, body: &[u8]) -> Result<Value, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    match form {
        Form::Json => {
            serde_json::from_slice(body).map_err(|_| "the response is not JSON".to_owned())
        }
        Form::Xml => read_xml(body),
    }
}

#[cfg(feature = "xml")]
fn read_xml(body: &[u8]) -> Result<Value, String> {
    crate::xml::read(body).map_err(|problem| format!("the response is not XML: {problem}"))
}

#[cfg(not(feature = "xml"))]
fn read_xml(_: &[u8]) -> Result<Value, String> {
    Err("the response is XML, but the feature `xml` is disabled".to_owned())
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
