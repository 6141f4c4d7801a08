//! Answers to lines over TCP: texts. They have no status; to whoever asks, a success is 200.

use std::sync::Arc;

use bytes::Bytes;
use http::header::CONTENT_LOCATION;
use http::{HeaderValue, Response as HttpResponse, StatusCode};

use crate::descriptor::OutputKind;
use crate::output;
use crate::response::Raw;
use crate::untyped::Untyped;

/// The answer to a line, as text in UTF-8 with line ends of LF. `Content-Location` says which server gave it.
pub(super) fn answer(
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

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn what_is_not_utf_8_is_latin_1() {
        assert_eq!(decoded(b"M\xfcller"), "M\u{fc}ller");
        assert_eq!(decoded("Müller".as_bytes()), "Müller");
    }
}
