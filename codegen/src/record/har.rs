//! A HAR file (HTTP Archive 1.2) to the requests of one API.

use base64::Engine as _;
use indexmap::IndexMap;
use serde_json::Value;

use super::curl;
use super::report::{Fault, Kind, Report};
use super::request::{
    Address, Answer, Body, Content, Part, Recorded, essence, is_json, method, shown,
};
use crate::spec::Method;

/// The largest file that is read.
pub(super) const MOST_BYTES: usize = 256 << 20;
/// The largest body that is read as JSON.
const MOST_BODY: usize = 8 << 20;
/// The most requests that are looked at.
const MOST_ENTRIES: usize = 50_000;
/// Media types of what browsers load beside an API.
const ASSETS: &[&str] = &[
    "text/html",
    "text/css",
    "application/javascript",
    "text/javascript",
    "application/x-javascript",
    "application/wasm",
];
const ASSET_FAMILIES: &[&str] =
    &["image/", "font/", "audio/", "video/", "application/font", "application/x-font"];
const ASSET_ENDINGS: &[&str] = &[
    ".js", ".css", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".webp", ".woff",
    ".woff2", ".ttf", ".otf", ".mp4", ".html",
];
const ASSET_TYPES: &[&str] = &[
    "document",
    "stylesheet",
    "script",
    "image",
    "font",
    "media",
    "manifest",
    "texttrack",
    "websocket",
    "ping",
    "csp-violation-report",
];

/// The requests to one host.
pub(super) fn read(
    bytes: &[u8],
    wanted: Option<&str>,
    report: &mut Report,
) -> Result<Vec<Recorded>, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::new(format!("the file is larger than {} MiB", MOST_BYTES >> 20))
            .help("record less at once"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let har: Value = serde_json::from_slice(bytes)
        .map_err(|error| Fault::new(format!("the file is not JSON: {error}")))?;
    let Some(entries) = har.pointer("/log/entries").and_then(Value::as_array) else {
        return Err(Fault::new("this is not a HAR file: it has no list at `/log/entries`")
            .help("save one from the network panel of a browser"));
    };
    if entries.len() > MOST_ENTRIES {
        report.add(
            Kind::Skipped,
            format!("/log/entries/{MOST_ENTRIES}"),
            format!("only the first {MOST_ENTRIES} requests are looked at"),
        );
    }
    let mut skipped: IndexMap<&'static str, usize> = IndexMap::new();
    let mut recorded = Vec::new();
    for (index, entry) in entries.iter().take(MOST_ENTRIES).enumerate() {
        let at = format!("/log/entries/{index}");
        match one(entry, &at, report) {
            Ok(one) => recorded.push(one),
            Err(Skip::Counted(why)) => *skipped.entry(why).or_default() += 1,
            Err(Skip::Broken(place, why)) => report.add(Kind::Skipped, format!("{at}{place}"), why),
        }
    }
    for (why, count) in skipped {
        report.add(Kind::Skipped, requests(count), why);
    }
    of_one_host(recorded, wanted, report)
}

fn requests(count: usize) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{count} requests") }
}

fn of_one_host(
    recorded: Vec<Recorded>,
    wanted: Option<&str>,
    report: &mut Report,
) -> Result<Vec<Recorded>, Fault> {
    let mut hosts: IndexMap<String, usize> = IndexMap::new();
    for one in &recorded {
        *hosts.entry(one.address.host.clone()).or_default() += 1;
    }
    let most = hosts.iter().rev().max_by_key(|(_, count)| **count).map(|(host, _)| host.clone());
    let Some(host) = wanted.map(str::to_ascii_lowercase).or(most) else {
        return Err(Fault::new("the file has no request of an API")
            .help("APIs return JSON, text or files; record while the page loads its data"));
    };
    if !hosts.contains_key(&host) {
        let known: Vec<&str> = hosts.keys().map(String::as_str).take(12).collect();
        return Err(Fault::new(format!("the file has no request of an API at `{}`", shown(&host)))
            .help(format!("it has requests at {}", known.join(", "))));
    }
    for (other, count) in hosts.iter().filter(|(other, _)| **other != host) {
        report.add(
            Kind::Skipped,
            other.clone(),
            format!(
                "{} to another host than `{host}`; `--host {other}` takes those",
                requests(*count)
            ),
        );
    }
    Ok(recorded.into_iter().filter(|one| one.address.host == host).collect())
}

enum Skip {
    /// Many are alike.
    Counted(&'static str),
    /// The place within the entry, and what is wrong there.
    Broken(&'static str, String),
}

fn one(entry: &Value, at: &str, report: &mut Report) -> Result<Recorded, Skip> {
    let request = &entry["request"];
    let Some(url) = request["url"].as_str() else {
        return Err(Skip::Broken("/request/url", "the address is missing".to_owned()));
    };
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(Skip::Counted(
            "of another protocol than HTTP: data, blobs, sockets, extensions",
        ));
    }
    let Some(name) = request["method"].as_str() else {
        return Err(Skip::Broken("/request/method", "the method is missing".to_owned()));
    };
    let kind = entry["_resourceType"].as_str().unwrap_or_default();
    if name.eq_ignore_ascii_case("OPTIONS") || kind == "preflight" {
        return Err(Skip::Counted(
            "asking in advance whether a request is allowed (CORS preflight)",
        ));
    }
    let Some(method) = method(name) else {
        return Err(Skip::Broken(
            "/request/method",
            format!("`{}` is not a supported method", shown(name)),
        ));
    };
    let address =
        Address::parse(url).map_err(|fault| Skip::Broken("/request/url", fault.message))?;
    let response = &entry["response"];
    let status = response["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok())
        .unwrap_or_default();
    let media_type =
        response.pointer("/content/mimeType").and_then(Value::as_str).unwrap_or_default();
    if is_asset(kind, media_type, &address.path) {
        return Err(Skip::Counted("for pages, scripts, styles, pictures and fonts"));
    }
    match status {
        0 => return Err(Skip::Counted("without a response: cancelled or blocked")),
        300..=303 | 305..=399 => return Err(Skip::Counted("that were redirected")),
        400.. => return Err(Skip::Counted("that failed: only what works becomes a spec")),
        _ => {}
    }
    let mut recorded = Recorded::new(method, address, at);
    recorded.headers =
        fields(&request["headers"]).filter(|(name, _)| !name.starts_with(':')).collect();
    if recorded.header("cookie").is_none() {
        let cookies: Vec<String> =
            fields(&request["cookies"]).map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            recorded.headers.push(("Cookie".to_owned(), cookies.join("; ")));
        }
    }
    if !matches!(method, Method::Get | Method::Head) {
        recorded.body = body(&request["postData"], at, report);
    }
    recorded.answer =
        Some(Answer { status, content: content(response, media_type, status, at, report) });
    Ok(recorded)
}

fn is_asset(kind: &str, media_type: &str, path: &str) -> bool {
    let essence = essence(media_type);
    let is_data = is_json(media_type) || matches!(essence.as_str(), "application/xml" | "text/csv");
    if is_data {
        return false;
    }
    let path = path.to_ascii_lowercase();
    ASSETS.contains(&essence.as_str())
        || ASSET_FAMILIES.iter().any(|family| essence.starts_with(family))
        || ASSET_TYPES.contains(&kind.to_ascii_lowercase().as_str())
        || ASSET_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Pairs of name and value.
fn fields(list: &Value) -> impl Iterator<Item = (String, String)> {
    let pair = |field: &Value| {
        let value = match &field["value"] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        Some((field["name"].as_str()?.to_owned(), value))
    };
    list.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(pair)
}

fn body(data: &Value, at: &str, report: &mut Report) -> Body {
    if !data.is_object() {
        return Body::None;
    }
    let media_type = data["mimeType"].as_str().unwrap_or_default();
    let text = data["text"].as_str().unwrap_or_default();
    let params: Vec<(String, String)> = fields(&data["params"]).collect();
    let is_form = essence(media_type) == "application/x-www-form-urlencoded";
    if !params.is_empty() && (is_form || text.is_empty()) {
        return if essence(media_type) == "multipart/form-data" {
            Body::Multipart(parts(&data["params"]))
        } else {
            Body::Form(params)
        };
    }
    if text.is_empty() {
        return Body::None;
    }
    if text.len() > MOST_BODY {
        report.add(
            Kind::Skipped,
            format!("{at}/request/postData"),
            "the body is too large to be looked at",
        );
        return Body::Raw(essence(media_type));
    }
    curl::sent_as(media_type, text, report).unwrap_or_else(|fault| {
        report.add(Kind::Skipped, format!("{at}/request/postData/text"), fault.message);
        Body::Raw(essence(media_type))
    })
}

fn parts(params: &Value) -> Vec<Part> {
    let one = |field: &Value| {
        let is_file = field.get("fileName").is_some_and(Value::is_string);
        let text = field["value"].as_str().filter(|_| !is_file).map(str::to_owned);
        Some(Part {
            name: field["name"].as_str()?.to_owned(),
            text,
            media_type: field["contentType"].as_str().map(essence),
        })
    };
    params.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(one).collect()
}

fn content(
    response: &Value,
    media_type: &str,
    status: u16,
    at: &str,
    report: &mut Report,
) -> Content {
    let content = &response["content"];
    if status == 204 || content["size"].as_i64() == Some(0) {
        return Content::Empty;
    }
    let Some(text) = content["text"].as_str().filter(|text| !text.is_empty()) else {
        return if status == 304 || media_type.is_empty() || is_json(media_type) {
            Content::Unknown
        } else {
            Content::Binary(essence(media_type))
        };
    };
    let decoded = if content["encoding"].as_str() == Some("base64") {
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(text.trim()).unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => return Content::Binary(essence(media_type)),
        }
    } else {
        text.to_owned()
    };
    let may_be_json = is_json(media_type) || decoded.trim_start().starts_with(['{', '[']);
    if may_be_json {
        if decoded.len() > MOST_BODY {
            report.add(
                Kind::Skipped,
                format!("{at}/response/content"),
                "the response is too large for an example",
            );
            return Content::Unknown;
        }
        match serde_json::from_str(&decoded) {
            Ok(value) => return Content::Json(value),
            Err(error) if is_json(media_type) => {
                report.add(
                    Kind::Skipped,
                    format!("{at}/response/content/text"),
                    format!("the response is not JSON: {error}"),
                );
                return Content::Unknown;
            }
            Err(_) => {}
        }
    }
    if media_type.starts_with("text/") {
        Content::Text
    } else {
        Content::Binary(essence(media_type))
    }
}
