//! Answers that are not HTTP: texts over TCP, and rows or errors of SQL. They have no status: a success is 200 to whoever asks, and an error has
//! none.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_LOCATION;
use http::{HeaderValue, Response as HttpResponse, StatusCode};
use serde_json::{Map, Value, json};

use crate::content;
use crate::descriptor::{ErrorCase, OutputKind};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::response::Raw;
use crate::retry;
use crate::untyped::Untyped;
use crate::view::View;

/// The answer to a line, as text in UTF-8 with line ends of LF. `Content-Location` says which server gave it.
pub(super) fn line(
    call: &Untyped,
    is_last: bool,
    response: HttpResponse<Bytes>,
    from: &str,
) -> Raw {
    let (mut head, body) = response.into_parts();
    let text = decoded(&body).replace("\r\n", "\n");
    // Of an answer that is not the result, something is captured.
    let as_fields = !is_last || call.action.output.kind == OutputKind::Fields;
    let json =
        if as_fields { json!({ "objects": objects(&text), "text": text }) } else { Value::Null };
    if let Ok(from) = HeaderValue::from_str(from) {
        head.headers.insert(CONTENT_LOCATION, from);
    }
    Raw {
        action: call.action,
        status: StatusCode::OK,
        headers: head.headers,
        body: Bytes::from(text),
        json: Arc::new(json.into()),
        address: None,
    }
}

/// UTF-8; or ISO 8859-1, in which every byte is a character.
fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

/// The blocks of a text with their fields, each a list of its values.
fn objects(text: &str) -> Vec<Value> {
    let mut objects = Vec::new();
    let mut current = Map::new();
    let mut last: Option<String> = None;
    for line in text.lines() {
        if line.trim().is_empty() {
            last = None;
            if !current.is_empty() {
                objects.push(Value::Object(std::mem::take(&mut current)));
            }
        } else if line.starts_with(['%', '#']) {
            last = None;
        } else if let Some((name, value)) = field(line) {
            let values = current.entry(name).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(Value::from(value));
            }
            last = Some(name.to_owned());
        } else if let Some(name) = last.as_ref().filter(|_| line.starts_with([' ', '\t', '+'])) {
            let more = line[1..].trim();
            if let Some(Value::String(value)) = current
                .get_mut(name)
                .and_then(Value::as_array_mut)
                .and_then(|values| values.last_mut())
            {
                value.push('\n');
                value.push_str(more);
            }
        } else {
            last = None;
        }
    }
    if !current.is_empty() {
        objects.push(Value::Object(current));
    }
    objects
}

/// `name: value`. A name begins with a letter and has at most 64 characters; what follows its colon begins with a space, or is nothing.
fn field(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 64;
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    let is_name = name.starts_with(char::is_alphabetic) && name.chars().count() <= LONGEST;
    (is_name && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (name, value.trim()))
}

/// The rows of SQL, or what the server says went wrong.
pub(super) fn sql(call: &Untyped, response: HttpResponse<Bytes>) -> Result<Raw, Error> {
    let (head, body) = response.into_parts();
    let json = content::read(&body, false)
        .map_err(|problem| Error::new(ErrorKind::Decode, call.action, problem))?;
    let kind = match head.status {
        StatusCode::OK => {
            return Ok(Raw {
                action: call.action,
                status: head.status,
                headers: head.headers,
                body,
                json: Arc::new(json),
                address: None,
            });
        }
        StatusCode::UNAUTHORIZED => ErrorKind::Authentication,
        _ => ErrorKind::Vendor,
    };
    let code = json.pointer("/error/number").map(|number| number.to_value().to_string());
    let said = json
        .pointer("/error/message")
        .and_then(View::as_str)
        .filter(|text| !text.trim().is_empty());
    let message = said.map_or_else(
        || "the server gives no reason".to_owned(),
        |said| format!("{said}{}", place(&json)),
    );
    let error = Error::new(kind, call.action, message).with(|details| {
        details.code = code;
        details.body = body;
    });
    let passes = error.case().is_some_and(ErrorCase::is_retryable) && retry::is_safe(call.action);
    Err(error.with(|details| details.retryable = passes))
}

/// Where in the batch it went wrong.
fn place(json: &Document) -> String {
    let line = json.pointer("/error/line").and_then(View::as_u64).filter(|line| *line > 0);
    let procedure =
        json.pointer("/error/procedure").and_then(View::as_str).filter(|name| !name.is_empty());
    match (line, procedure) {
        (Some(line), Some(procedure)) => format!(" (line {line} of `{procedure}`)"),
        (Some(line), None) => format!(" (line {line})"),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{decoded, objects};

    #[test]
    fn lines_become_objects() {
        let text = "% a comment\n\ninetnum:  192.0.2.0 - 192.0.2.255\ndescr: First\ndescr: Second\nremarks: one\n two\n+\n\n   Domain Name: EXAMPLE.COM\n   URL: https://example.com\n>>> Last update: 2026 <<<\nNo colon here\n http://x\nEmpty:\n";
        let expected = json!([
            {"inetnum": ["192.0.2.0 - 192.0.2.255"], "descr": ["First", "Second"], "remarks": ["one\ntwo\n"]},
            {"Domain Name": ["EXAMPLE.COM"], "URL": ["https://example.com"], "Empty": [""]},
        ]);
        assert_eq!(serde_json::Value::Array(objects(text)), expected);
    }

    #[test]
    fn what_is_not_utf_8_is_latin_1() {
        assert_eq!(decoded(b"M\xfcller"), "M\u{fc}ller");
        assert_eq!(decoded("Müller".as_bytes()), "Müller");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[ a+%:\\n\\t\\PC]{0,80}") {
            let _ = objects(&text);
        }
    }
}
