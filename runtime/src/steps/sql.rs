//! Answers to SQL: rows, or errors, which have no status; to whoever asks, a success is 200.

use std::sync::Arc;

use bytes::Bytes;
use http::{Response as HttpResponse, StatusCode};

use crate::content;
use crate::descriptor::ErrorCase;
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::response::Raw;
use crate::retry;
use crate::untyped::Untyped;
use crate::view::View;

/// The rows of SQL, or what the server says went wrong.
pub(super) fn answer(call: &Untyped, response: HttpResponse<Bytes>) -> Result<Raw, Error> {
    let (head, body) = response.into_parts();
    let json = content::read(&body, false, call.client.max_response_memory())
        .map_err(|problem| super::unreadable(call, problem))?;
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
