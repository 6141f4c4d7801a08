//! Answers to lines over TCP: texts. They have no status; to whoever asks, a success is 200.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_LOCATION;
use http::{HeaderValue, Response as HttpResponse, StatusCode};

use crate::content::Unreadable;
use crate::descriptor::OutputKind;
use crate::document::cost;
use crate::error::Error;
use crate::output;
use crate::response::Raw;
use crate::untyped::Untyped;

/// The answer to a line, as text in UTF-8 with line ends of LF. `Content-Location` says which server gave it.
pub(super) fn answer(
    call: &Untyped,
    is_last: bool,
    response: HttpResponse<Bytes>,
    from: &str,
) -> Result<Raw, Error> {
    let (mut head, body) = response.into_parts();
    // Of an answer that is not the result, something is captured.
    let kind = if is_last { call.action.output.kind } else { OutputKind::Fields };
    if cost(&body, kind == OutputKind::Fields) > call.client.max_response_memory() {
        return Err(super::unreadable(call, Unreadable::TooLarge));
    }
    let text = decoded(&body).replace("\r\n", "\n");
    let json = output::kind(kind).of_line(&text);
    if let Ok(from) = HeaderValue::from_str(from) {
        head.headers.insert(CONTENT_LOCATION, from);
    }
    Ok(Raw {
        action: call.action,
        status: StatusCode::OK,
        headers: head.headers,
        body: Bytes::from(text),
        json: Arc::new(json.into()),
        address: None,
    })
}

/// The memory that an answer takes: copies of it, and what is made of its lines.
fn cost(body: &[u8], as_fields: bool) -> usize {
    const LINE: usize = 3 * cost::VALUE + cost::KEY + cost::OBJECT;
    let copies = match (as_fields, std::str::from_utf8(body)) {
        (true, _) => 8,
        (false, Ok(_)) => 3,
        (false, Err(_)) => 5,
    };
    let lines = if as_fields { body.split(|byte| *byte == b'\n').count() } else { 0 };
    (copies * body.len()).saturating_add(lines * LINE)
}

/// UTF-8; or ISO 8859-1, in which every byte is a character.
fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
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
