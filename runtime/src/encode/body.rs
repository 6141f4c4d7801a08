//! Request bodies.

use bytes::Bytes;
use serde_json::{Value, json};

use super::multipart::Multipart;
use super::{Place, Problem, style};
use crate::descriptor::{BodyKind, HttpRequest, Location, Parameter, Style, Type};
use crate::file::File;
use crate::pointer::{insert_at, pointer_tokens};
use crate::template;
use crate::transport::Source;

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

/// A body and its media type.
#[derive(Default)]
pub(super) struct Content {
    pub(super) source: Source,
    pub(super) media_type: Option<String>,
}

impl Content {
    fn new(media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let mut source = Source::default();
        source.add(bytes);
        Self { source, media_type: Some(media_type.into()) }
    }

    fn of_file(media_type: &str, file: File) -> Self {
        let mut source = Source::default();
        match file.stream {
            Some(stream) => source.add_once(stream),
            None => source.add(file.bytes),
        }
        Self { source, media_type: Some(media_type.to_owned()) }
    }
}

pub(super) fn write(place: &Place<'_>, http: &HttpRequest) -> Result<Content, Problem> {
    let Some(kind) = http.body else { return Ok(Content::default()) };
    match kind {
        BodyKind::Json => Ok(Content::new(JSON, place.object(http)?.to_string())),
        BodyKind::JsonValue => Ok(place.json_value()),
        BodyKind::Form => Ok(Content::new("application/x-www-form-urlencoded", place.form(http)?)),
        BodyKind::Multipart => place.multipart(http),
        BodyKind::Raw => place.raw(),
        BodyKind::Xml if place.says_nothing(http) => Ok(Content::default()),
        BodyKind::Xml => Ok(Content::new("application/xml", xml(&place.object(http)?)?)),
        BodyKind::Graphql => Ok(Content::new(
            JSON,
            json!({"query": http.graphql, "variables": place.object(http)?}).to_string(),
        )),
    }
}

impl Place<'_> {
    /// Parameters of the body that have a value.
    fn given(&self) -> impl Iterator<Item = (&'static Parameter, &Value)> {
        self.parameters(Location::Body)
            .filter_map(|parameter| Some((parameter, self.call.arguments.value(parameter)?)))
    }

    /// The constants that have a value, by JSON pointer, with their placeholders filled.
    fn constants<'a>(&self, http: &'a HttpRequest) -> Result<Vec<(&'a str, Value)>, Problem> {
        let mut filled = Vec::with_capacity(http.constants.len());
        for (pointer, value) in &http.constants {
            let value = match value {
                Value::String(text) => {
                    template::fill(text, |name| self.placeholder(name))?.map(Value::from)
                }
                other => Some(other.clone()),
            };
            filled.extend(value.map(|value| (pointer.as_str(), value)));
        }
        Ok(filled)
    }

    /// Whether there is nothing to write in an XML document but attributes that never vary.
    fn says_nothing(&self, http: &HttpRequest) -> bool {
        let is_attribute =
            |pointer: &str| pointer.rsplit('/').next().is_some_and(|name| name.starts_with('@'));
        self.given().next().is_none() && http.constants.keys().all(|pointer| is_attribute(pointer))
    }

    fn object(&self, http: &HttpRequest) -> Result<Value, Problem> {
        let mut object = json!({});
        for (pointer, value) in self.constants(http)? {
            insert_at(&mut object, pointer, value);
        }
        for (parameter, value) in self.given() {
            let value =
                if parameter.takes_files() { self.embedded(parameter)? } else { value.clone() };
            insert_at(&mut object, &parameter.pointer, value);
        }
        Ok(object)
    }

    /// A file within JSON is base64.
    fn embedded(&self, parameter: &Parameter) -> Result<Value, Problem> {
        use base64::Engine as _;
        let encode = |file: &File| {
            Value::from(base64::engine::general_purpose::STANDARD.encode(&file.bytes))
        };
        let files = self.files(parameter)?;
        if files.iter().any(|file| file.stream.is_some()) {
            return Err(Problem::build(format!(
                "`{}` is part of JSON, where a file must be in memory",
                parameter.key
            )));
        }
        Ok(if matches!(parameter.schema.ty, Type::Array(_)) {
            files.iter().map(encode).collect()
        } else {
            files.first().map_or(Value::Null, encode)
        })
    }

    fn json_value(&self) -> Content {
        self.given()
            .next()
            .map_or_else(Content::default, |(_, value)| Content::new(JSON, value.to_string()))
    }

    fn form(&self, http: &HttpRequest) -> Result<String, Problem> {
        let mut form = String::new();
        let mut add = |name: &str, value: &str| {
            let separator = if form.is_empty() { "" } else { "&" };
            form.extend([separator, name, "=", value]);
        };
        for (pointer, value) in self.constants(http)? {
            style::pairs(&form_name(pointer), &value, Style::Repeat, &mut add);
        }
        for (parameter, value) in self.given() {
            style::pairs(&parameter.wire_name, value, parameter.style, &mut add);
        }
        Ok(form)
    }

    fn files(&self, parameter: &Parameter) -> Result<Vec<File>, Problem> {
        self.call
            .arguments
            .files(parameter)
            .map_err(|message| Problem::build(format!("`{}` {message}", parameter.key)))
    }

    fn multipart(&self, http: &HttpRequest) -> Result<Content, Problem> {
        let mut form = Multipart::default();
        for (pointer, value) in self.constants(http)? {
            form.text(&form_name(pointer), None, style::text(&value).into_owned());
        }
        for parameter in self.parameters(Location::Body) {
            if parameter.takes_files() {
                for file in self.files(parameter)? {
                    let name = file.name.as_deref().unwrap_or(&parameter.wire_name);
                    form.file(&parameter.wire_name, media_type(&file, parameter), name, &file);
                }
            } else if let Some(value) = self.call.arguments.value(parameter) {
                add_text(&mut form, parameter, value);
            }
        }
        let (media_type, source) = form.finish();
        Ok(Content { source, media_type: Some(media_type) })
    }

    fn raw(&self) -> Result<Content, Problem> {
        let Some(parameter) = self.parameters(Location::Body).next() else {
            return Ok(Content::default());
        };
        if parameter.takes_files() {
            let Some(file) = self.files(parameter)?.pop() else { return Ok(Content::default()) };
            let media_type = media_type(&file, parameter).to_owned();
            return Ok(Content::of_file(&media_type, file));
        }
        let Some(value) = self.call.arguments.value(parameter) else {
            return Ok(Content::default());
        };
        let usual = if value.is_string() { "text/plain; charset=utf-8" } else { JSON };
        let media_type = parameter.media_type.as_deref().unwrap_or(usual);
        Ok(Content::new(media_type, style::text(value).into_owned()))
    }
}

/// The media type of a file: its own, the declared one, or that of any bytes.
fn media_type<'a>(file: &'a File, parameter: &'a Parameter) -> &'a str {
    file.media_type.as_deref().or(parameter.media_type.as_deref()).unwrap_or(BYTES)
}

#[cfg(feature = "xml")]
fn xml(value: &Value) -> Result<String, Problem> {
    crate::xml::write(value).map_err(Problem::build)
}

#[cfg(not(feature = "xml"))]
fn xml(_: &Value) -> Result<String, Problem> {
    Err(Problem::build("the feature `xml` is off".to_owned()))
}

/// The field of a form that a pointer names: `/a/b` is `a[b]`.
fn form_name(pointer: &str) -> String {
    let mut tokens = pointer_tokens(pointer);
    let first = tokens.next().unwrap_or_default();
    tokens.fold(first, |name, token| format!("{name}[{token}]"))
}

fn add_text(form: &mut Multipart, parameter: &Parameter, value: &Value) {
    let (name, media_type) = (parameter.wire_name.as_str(), parameter.media_type.as_deref());
    match (value, parameter.style) {
        (Value::Null, _) => {}
        (Value::Array(items), Style::Repeat) => {
            items.iter().for_each(|item| {
                form.text(name, media_type, style::text(item).into_owned());
            });
        }
        (Value::Array(items), Style::Brackets) => {
            for item in items {
                form.text(&format!("{name}[]"), media_type, style::text(item).into_owned());
            }
        }
        (Value::Object(_), _) => {
            form.text(name, media_type.or(Some(JSON)), style::text(value).into_owned());
        }
        (value, style) => {
            form.text(name, media_type, style::joined(value, style, style::plain).into_owned());
        }
    }
}
