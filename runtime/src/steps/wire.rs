//! Answers that are not HTTP: texts over TCP, and rows or errors of SQL. They have no status: a success is 200 to whoever asks, and an error has
//! none.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_LOCATION;
use http::{HeaderValue, Response as HttpResponse, StatusCode};

use crate::content;
use crate::descriptor::{ErrorCase, OutputKind};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::output;
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
    let kind = if is_last { call.action.output.kind } else { OutputKind::Fields };
    let json = output::kind(kind).of_line(&text);
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
    use super::decoded;

    #[test]
    fn what_is_not_utf_8_is_latin_1() {
        assert_eq!(decoded(b"M\xfcller"), "M\u{fc}ller");
        assert_eq!(decoded("Müller".as_bytes()), "Müller");
    }
}
