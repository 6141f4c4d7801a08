//! Reading parameters back from the wire: the reverse of what a client writes.

use actionspec_codegen::catalog::{Parameter, Schema, Type};
use actionspec_codegen::spec::{BodyKind, Location, Style};
use actionspec_runtime::xml;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Map, Value};

use crate::flat;

/// A request as it arrived.
pub(crate) struct Incoming {
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// A request body, read by its media type.
pub(crate) enum Body {
    Empty,
    /// JSON, or XML read as JSON.
    Json(Value),
    /// Form fields, or the text parts of a multipart body.
    Fields(Vec<(String, String)>, Vec<String>),
    Raw(Vec<u8>),
    /// It is not what its media type says.
    Broken(String),
}

/// Query strings and forms.
pub(crate) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// Reads a body by its media type.
pub(crate) async fn body(headers: &HeaderMap, bytes: Vec<u8>) -> Body {
    let media_type =
        headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        _ if bytes.is_empty() => Body::Empty,
        "application/x-www-form-urlencoded" => Body::Fields(pairs(&bytes), Vec::new()),
        "multipart/form-data" => multipart(media_type, bytes).await,
        _ if essence
            .split(|c: char| !c.is_ascii_alphanumeric())
            .skip(1)
            .any(|word| word == "json") =>
        {
            match serde_json::from_slice(&bytes) {
                Ok(value) => Body::Json(value),
                Err(error) => Body::Broken(format!("the body is not JSON: {error}")),
            }
        }
        "application/xml" | "text/xml" => match xml::read(&bytes) {
            Ok(value) => Body::Json(value),
            Err(error) => Body::Broken(format!("the body is not XML: {error}")),
        },
        _ => Body::Raw(bytes),
    }
}

async fn multipart(media_type: &str, bytes: Vec<u8>) -> Body {
    let Ok(boundary) = multer::parse_boundary(media_type) else {
        return Body::Broken("the multipart body names no boundary".to_owned());
    };
    let stream =
        futures_util::stream::once(async move { Ok::<_, std::convert::Infallible>(bytes) });
    let mut parts = multer::Multipart::new(stream, boundary);
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    loop {
        match parts.next_field().await {
            Ok(None) => return Body::Fields(fields, files),
            Ok(Some(part)) => {
                let name = part.name().unwrap_or_default().to_owned();
                if part.file_name().is_some() {
                    files.push(name);
                } else {
                    match part.text().await {
                        Ok(text) => fields.push((name, text)),
                        Err(error) => return Body::Broken(error.to_string()),
                    }
                }
            }
            Err(error) => return Body::Broken(error.to_string()),
        }
    }
}

/// The value of a parameter in a request; `None` if it is not there.
pub(crate) fn value(
    parameter: &Parameter,
    kind: Option<BodyKind>,
    path: &[(String, String)],
    incoming: &Incoming,
) -> Option<Value> {
    let one = |text: Option<&str>| text.map(|text| spread(parameter, &[text.to_owned()]));
    match parameter.location {
        Location::Path => {
            one(path.iter().find(|(name, _)| *name == parameter.key).map(|(_, text)| text.as_str()))
        }
        Location::Query => from_pairs(parameter, &incoming.query),
        Location::Header if parameter.style == Style::Prefix => {
            by_prefix(&parameter.wire_name, &incoming.headers)
        }
        Location::Header => {
            one(incoming.headers.get(&parameter.wire_name).and_then(|value| value.to_str().ok()))
        }
        Location::Cookie => one(cookie(&incoming.headers, &parameter.wire_name).as_deref()),
        Location::Body => from_body(parameter, kind, &incoming.body),
    }
}

/// The headers whose names begin so, by the rest of their names.
fn by_prefix(prefix: &str, headers: &HeaderMap) -> Option<Value> {
    let prefix = prefix.to_ascii_lowercase();
    let rest = |name: &str| name.strip_prefix(&prefix).map(str::to_owned);
    let fields = headers.iter().filter_map(|(name, value)| {
        Some((rest(name.as_str())?, Value::from(value.to_str().ok()?)))
    });
    let fields: Map<String, Value> = fields.collect();
    (!fields.is_empty()).then_some(Value::Object(fields))
}

/// A cookie of a request (RFC 6265, section 5.4).
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn from_body(parameter: &Parameter, kind: Option<BodyKind>, body: &Body) -> Option<Value> {
    match body {
        // A text that happens to be JSON is a text.
        Body::Json(value) if kind == Some(BodyKind::Raw) && parameter.schema.ty == Type::String => {
            Some(Value::String(value.to_string()))
        }
        Body::Json(value) => {
            let root =
                if kind == Some(BodyKind::Graphql) { value.get("variables")? } else { value };
            root.pointer(&parameter.pointer).cloned()
        }
        Body::Fields(_, files) if files.contains(&parameter.wire_name) => {
            Some(Value::Object(Map::new()))
        }
        Body::Fields(fields, _) => from_pairs(parameter, fields),
        Body::Raw(bytes) => Some(Value::String(String::from_utf8_lossy(bytes).into_owned())),
        Body::Empty | Body::Broken(_) => None,
    }
}

fn from_pairs(parameter: &Parameter, pairs: &[(String, String)]) -> Option<Value> {
    let name = &parameter.wire_name;
    if matches!(parameter.style, Style::Numbered | Style::Members) {
        return flat::read(name, &parameter.schema, parameter.style, pairs);
    }
    if parameter.style == Style::Brackets && !matches!(parameter.schema.ty, Type::Array(_)) {
        let fields: Map<String, Value> = pairs
            .iter()
            .filter_map(|(key, text)| {
                Some((key.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?, text))
            })
            .map(|(key, text)| (key.to_owned(), Value::String(text.clone())))
            .collect();
        return (!fields.is_empty()).then_some(Value::Object(fields));
    }
    let wanted =
        if parameter.style == Style::Brackets { format!("{name}[]") } else { name.clone() };
    let texts: Vec<String> =
        pairs.iter().filter(|(key, _)| *key == wanted).map(|(_, text)| text.clone()).collect();
    (!texts.is_empty()).then(|| spread(parameter, &texts))
}

/// The value that texts stand for, by the parameter's type and style.
fn spread(parameter: &Parameter, texts: &[String]) -> Value {
    let first = texts.first().map_or("", String::as_str);
    if parameter.style == Style::Json && !matches!(parameter.schema.ty, Type::String) {
        return serde_json::from_str(first).unwrap_or_else(|_| Value::String(first.to_owned()));
    }
    let separator = match parameter.style {
        Style::Comma => Some(','),
        Style::Pipe => Some('|'),
        Style::Space => Some(' '),
        _ => None,
    };
    if let (Type::Object(_) | Type::Map(_), Some(separator)) = (&parameter.schema.ty, separator) {
        return alternating(&parameter.schema.ty, first, separator);
    }
    let Type::Array(items) = &parameter.schema.ty else { return scalar(first, &parameter.schema) };
    match separator {
        Some(separator) => first.split(separator).map(|text| scalar(text, items)).collect(),
        None => texts.iter().map(|text| scalar(text, items)).collect(),
    }
}

/// The object of a text in which keys and values alternate.
fn alternating(ty: &Type, text: &str, separator: char) -> Value {
    let mut parts = text.split(separator);
    let mut fields = Map::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        let schema = match ty {
            Type::Object(object) => object
                .properties
                .iter()
                .find(|property| property.name == key)
                .map(|property| &property.schema),
            Type::Map(values) => Some(&**values),
            _ => None,
        };
        let value = schema.map_or_else(|| value.into(), |schema| scalar(value, schema));
        fields.insert(key.to_owned(), value);
    }
    Value::Object(fields)
}

/// A text as a value of a type; a text that is none stays a text, which the check then reports.
pub(crate) fn scalar(text: &str, schema: &Schema) -> Value {
    let parsed = match schema.ty {
        Type::Integer => text.parse::<i64>().ok().map(Value::from),
        Type::Number => text.parse::<f64>().ok().map(Value::from),
        Type::Boolean => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}
