//! The requests of authentication itself: for tokens, temporary keys, logins and logouts.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Map, Value};

use super::Problem;
use crate::client::Client;
use crate::descriptor::scheme::SessionBody;
use crate::error::ErrorKind;
use crate::percent::value as percent_encoded;
use crate::retry;
use crate::transport::{Body, Incomplete, TransportError};

/// How long one of these requests may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The maximum size of a response, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Method and path of a request line: `POST /api/login`.
pub(super) fn method_and_path(line: &str) -> Result<(Method, &str), Problem> {
    let (method, path) = line.split_once(' ').unwrap_or((line, ""));
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| Problem::build("the method is not valid"))?;
    Ok((method, path))
}

/// The body with these fields, and its `Content-Type`. Without fields there is neither.
pub(super) fn fields_body(
    fields: Vec<(&str, String)>,
    encoding: SessionBody,
    headers: &mut HeaderMap,
) -> Bytes {
    if fields.is_empty() {
        return Bytes::new();
    }
    let (media_type, body) = match encoding {
        SessionBody::Form => ("application/x-www-form-urlencoded", form(&fields)),
        SessionBody::Json => {
            let object: Map<String, Value> = fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect();
            ("application/json", Value::Object(object).to_string())
        }
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    Bytes::from(body)
}

fn form(fields: &[(&str, String)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", percent_encoded(name), percent_encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Sends a request and reads its response. `what` is the subject of the error's message.
///
/// A lost request, 429 and 5xx are tried again, as requests of actions are that are safe to repeat: a token is worth nothing to a client
/// that did not receive it.
pub(super) async fn send(
    client: &Client,
    request: Request<Bytes>,
    what: &str,
) -> Result<Response<Bytes>, Problem> {
    let integration = client.integration();
    let most = client.max_tries().unwrap_or(integration.retry.max_tries()).max(1);
    let mut tries = 0;
    loop {
        tries += 1;
        let result = once(client, request.clone(), what).await;
        let asked = match &result {
            Ok(response) if !passes(response.status()) => return result,
            Ok(response) => retry::asked_wait(integration, response.headers()),
            Err(_) => None,
        };
        let wait = asked.unwrap_or_else(|| retry::pause(tries));
        if tries >= most || wait > retry::LONGEST_WAIT {
            return result;
        }
        let Some(spent) = client.limits().spend() else { return result };
        tokio::time::sleep(wait).await;
        spent.used();
        tracing::debug!(what, tries, "sent again");
    }
}

/// Whether a later request may be answered with another status.
pub(super) fn passes(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
}

async fn once(
    client: &Client,
    request: Request<Bytes>,
    what: &str,
) -> Result<Response<Bytes>, Problem> {
    let exchange = async {
        let response = client.transport().send(request.map(Body::from)).await?;
        let (head, body) = response.into_parts();
        match body.collect(MAX_BYTES).await {
            Ok(bytes) => Ok(Response::from_parts(head, bytes)),
            Err(Incomplete::Lost(error)) => Err(error),
            Err(Incomplete::TooLong(_)) => Err(TransportError::new("the response is too long")),
        }
    };
    tokio::time::timeout(TIMEOUT, exchange)
        .await
        .unwrap_or_else(|_| Err(TransportError::timeout()))
        .map_err(|error| lost(&error, what))
}

fn lost(error: &TransportError, what: &str) -> Problem {
    let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Transport };
    let mut message = format!("{what} was lost: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.extend([": ", &inner.to_string()]);
        cause = inner.source();
    }
    Problem { kind, passes: true, ..Problem::build(message) }
}
