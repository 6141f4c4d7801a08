//! What the bytes of an answer say: JSON, or XML read as JSON.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::descriptor::Action;

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
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/json" => Some(Self::Json),
            "application/xml" | "text/xml" => Some(Self::Xml),
            other if other.ends_with("+json") => Some(Self::Json),
            other if other.ends_with("+xml") => Some(Self::Xml),
            _ => None,
        }
    }
}

/// Reads an answer; no bytes are `null`. Fails with a message for people.
pub(crate) fn read(form: Form, body: &[u8]) -> Result<Value, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Null);
    }
    match form {
        Form::Json => serde_json::from_slice(body).map_err(|_| "the answer is not JSON".to_owned()),
        Form::Xml => read_xml(body),
    }
}

#[cfg(feature = "xml")]
fn read_xml(body: &[u8]) -> Result<Value, String> {
    crate::xml::read(body).map_err(|problem| format!("the answer is not XML: {problem}"))
}

#[cfg(not(feature = "xml"))]
fn read_xml(_: &[u8]) -> Result<Value, String> {
    Err("the answer is XML, and the feature `xml` is off".to_owned())
}

/// Gives a result that was read from XML the types that its action declares.
#[cfg(feature = "xml")]
pub(crate) fn shape(action: &Action, json: &mut Value) {
    let schema = serde_json::from_str(action.output_schema).unwrap_or_default();
    let types = serde_json::from_str(action.integration.types).unwrap_or_default();
    if let Some(result) = json.pointer_mut(action.output.at) {
        crate::xml::shape(result, &schema, &types);
    }
}

#[cfg(not(feature = "xml"))]
pub(crate) fn shape(_: &Action, _: &mut Value) {}
