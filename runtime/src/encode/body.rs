//! Request bodies.

use bytes::Bytes;
use serde_json::{Value, json};

use super::multipart::Multipart;
use super::{Place, Problem, style};
use crate::descriptor::{Body, Literal, Location, Parameter, Style};
use crate::file::File;
use crate::literal::{insert_at, pointer_tokens};
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

pub(super) fn write(place: &Place) -> Result<Content, Problem> {
    match place.step.body {
        // What is not HTTP is written in `wire`.
        Body::None | Body::Line(_) | Body::Sql(_) => Ok(Content::default()),
        Body::Json => Ok(Content::new(JSON, place.object()?.to_string())),
        Body::JsonValue => Ok(place.json_value()),
        Body::Form => Ok(Content::new("application/x-www-form-urlencoded", place.form()?)),
        Body::Multipart => place.multipart(),
        Body::Raw => place.raw(),
        Body::Xml if place.says_nothing() => Ok(Content::default()),
        Body::Xml => Ok(Content::new("application/xml", xml(&place.object()?)?)),
        Body::Graphql(document) => Ok(Content::new(
            JSON,
            json!({"query": document, "variables": place.object()?}).to_string(),
        )),
    }
}

impl Place<'_> {
    /// Parameters of the body that have a value.
    fn given(&self) -> impl Iterator<Item = (&'static Parameter, Value)> {
        self.parameters(Location::Body).filter_map(|parameter| {
            let value = self.call.arguments.value(parameter)?;
            Some((parameter, value.into_owned()))
        })
    }

    /// A constant with its placeholders filled; `None` if one of them has no value.
    fn constant(&self, literal: Literal) -> Result<Option<Value>, Problem> {
        match literal {
            Literal::Str(text) => {
                Ok(template::fill(text, |name| self.placeholder(name))?.map(Value::from))
            }
            other => Ok(Some(other.to_value())),
        }
    }

    /// Whether there is nothing to write in an XML document but attributes that never vary.
    fn says_nothing(&self) -> bool {
        let is_attribute =
            |pointer: &str| pointer.rsplit('/').next().is_some_and(|name| name.starts_with('@'));
        self.given().next().is_none()
            && self.step.constants.iter().all(|(pointer, _)| is_attribute(pointer))
    }

    fn object(&self) -> Result<Value, Problem> {
        let mut object = json!({});
        for (pointer, literal) in self.step.constants {
            if let Some(value) = self.constant(*literal)? {
                insert_at(&mut object, pointer, value);
            }
        }
        for (parameter, value) in self.given() {
            let value = if parameter.takes_files() { self.embedded(parameter)? } else { value };
            insert_at(&mut object, parameter.pointer, value);
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
        Ok(if parameter.schema.items.is_some() {
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

    fn form(&self) -> Result<String, Problem> {
        let mut form = String::new();
        let mut add = |name: &str, value: &str| {
            let separator = if form.is_empty() { "" } else { "&" };
            form.extend([separator, name, "=", value]);
        };
        for (pointer, literal) in self.step.constants {
            if let Some(value) = self.constant(*literal)? {
                style::pairs(&form_name(pointer), &value, Style::Repeat, &mut add);
            }
        }
        for (parameter, value) in self.given() {
            style::pairs(parameter.wire_name, &value, parameter.style, &mut add);
        }
        Ok(form)
    }

    fn files(&self, parameter: &Parameter) -> Result<Vec<File>, Problem> {
        self.call
            .arguments
            .files(parameter)
            .map_err(|message| Problem::build(format!("`{}` {message}", parameter.key)))
    }

    fn multipart(&self) -> Result<Content, Problem> {
        let mut form = Multipart::default();
        for (pointer, literal) in self.step.constants {
            if let Some(value) = self.constant(*literal)? {
                form.text(&form_name(pointer), None, style::text(&value).into_owned());
            }
        }
        for parameter in self.parameters(Location::Body) {
            if parameter.takes_files() {
                for file in self.files(parameter)? {
                    let media_type =
                        file.media_type.as_deref().or(parameter.media_type).unwrap_or(BYTES);
                    form.file(
                        parameter.wire_name,
                        media_type,
                        file.name.as_deref().unwrap_or(parameter.wire_name),
                        &file,
                    );
                }
            } else if let Some(value) = self.call.arguments.value(parameter) {
                add_text(&mut form, parameter, &value);
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
            let media_type = file.media_type.as_deref().or(parameter.media_type).unwrap_or(BYTES);
            let media_type = media_type.to_owned();
            return Ok(Content::of_file(&media_type, file));
        }
        let Some(value) = self.call.arguments.value(parameter) else {
            return Ok(Content::default());
        };
        let usual = if value.is_string() { "text/plain; charset=utf-8" } else { JSON };
        Ok(Content::new(parameter.media_type.unwrap_or(usual), style::text(&value).into_owned()))
    }
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
    let name = parameter.wire_name;
    match (value, parameter.style) {
        (Value::Null, _) => {}
        (Value::Array(items), Style::Repeat) => {
            items.iter().for_each(|item| {
                form.text(name, parameter.media_type, style::text(item).into_owned());
            });
        }
        (Value::Array(items), Style::Brackets) => {
            for item in items {
                form.text(
                    &format!("{name}[]"),
                    parameter.media_type,
                    style::text(item).into_owned(),
                );
            }
        }
        (Value::Object(_), _) => {
            form.text(name, parameter.media_type.or(Some(JSON)), style::text(value).into_owned());
        }
        (value, style) => form.text(
            name,
            parameter.media_type,
            style::joined(value, style, style::plain).into_owned(),
        ),
    }
}
