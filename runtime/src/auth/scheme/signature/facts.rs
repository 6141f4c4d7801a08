//! What templates may hold of a request. The names are those of the spec language (`REQUEST_PLACEHOLDERS` of the generator).

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::auth::Signable;

/// RFC 3986 unreserved characters stand for themselves.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A fact of the request, by its name.
pub(super) fn fact(
    name: &str,
    request: &Signable<'_>,
    now: Timestamp,
    nonce: &str,
) -> Option<Vec<u8>> {
    if let Some(name) = name.strip_prefix("headers.") {
        return Some(headers(request, &name.to_ascii_lowercase()).into_bytes());
    }
    if let Some(name) = name.strip_prefix("header.") {
        return Some(
            request.headers.get(name).map(|value| value.as_bytes().to_vec()).unwrap_or_default(),
        );
    }
    let url = &*request.url;
    let query = url.query().unwrap_or_default();
    let date = |format: &str| now.strftime(format).to_string();
    let text = match name {
        "method" => request.method.as_str().to_owned(),
        "scheme" => url.scheme().to_owned(),
        "host" => request.host(),
        "path" => url.path().to_owned(),
        "query" => query.to_owned(),
        "path_and_query" if query.is_empty() => url.path().to_owned(),
        "path_and_query" => format!("{}?{query}", url.path()),
        "parameters" => parameters(request, query),
        "query_lines" => query_lines(query),
        "body" => return Some(request.body.to_vec()),
        "post_body" if request.method == http::Method::POST => return Some(request.body.to_vec()),
        "post_body" => String::new(),
        "content_length" if request.body.is_empty() => String::new(),
        "content_length" => request.body.len().to_string(),
        "timestamp" => now.as_second().to_string(),
        "timestamp_ms" => now.as_millisecond().to_string(),
        "date.http" => date("%a, %d %b %Y %H:%M:%S GMT"),
        "date.rfc2822" => date("%a, %d %b %Y %H:%M:%S -0000"),
        "date.iso" => date("%Y-%m-%dT%H:%M:%SZ"),
        "date.compact" => date("%Y%m%dT%H:%M:%S+0000"),
        "nonce" => nonce.to_owned(),
        _ => return None,
    };
    Some(text.into_bytes())
}

/// A line `name:value` for each header whose name begins so, sorted.
fn headers(request: &Signable<'_>, prefix: &str) -> String {
    let mut names: Vec<&str> = request
        .headers
        .keys()
        .map(http::HeaderName::as_str)
        .filter(|name| name.starts_with(prefix))
        .collect();
    names.sort_unstable();
    names.dedup();
    let value = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
    let line = |name: &str| {
        let values: Vec<String> = request.headers.get_all(name).iter().map(value).collect();
        format!("{name}:{}\n", values.join(","))
    };
    names.into_iter().map(line).collect()
}

/// Pairs of a query or form, decoded.
fn pairs(text: &str) -> Vec<(String, String)> {
    let decode =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// The query's pairs, or those of a form in the body: sorted, encoded, joined.
fn parameters(request: &Signable<'_>, query: &str) -> String {
    let is_form = request
        .headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let mut all = pairs(query);
    if is_form {
        all.extend(pairs(&String::from_utf8_lossy(request.body)));
    }
    let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
    let mut all: Vec<String> =
        all.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    all.sort();
    all.join("&")
}

/// A line `name:value` before each of the query's names, in lower case, sorted, with its values sorted and joined.
fn query_lines(query: &str) -> String {
    let mut all: Vec<(String, String)> =
        pairs(query).into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
    all.sort();
    let mut lines = String::new();
    let mut last: Option<String> = None;
    for (name, value) in all {
        if last.as_ref() == Some(&name) {
            lines.extend([",", &value]);
        } else {
            lines.extend(["\n", &name, ":", &value]);
        }
        last = Some(name);
    }
    lines
}
