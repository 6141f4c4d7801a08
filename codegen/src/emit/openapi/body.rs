//! Request Body Objects.

use actionspec_model::json_schema;
use actionspec_model::keyword::{self, Class};
use actionspec_runtime::{Bytes, PreparedRequest};
use serde_json::{Map, Value, json};

use super::parameter::{self, Written, fixed, is_always_sent, written};
use super::paths::Placed;
use super::tree::Tree;
use super::{SENT, object, some, xml};
use crate::catalog::{Action, HttpRequest, Integration, Parameter, Schema, Type};
use crate::emit::docs::indent;
use crate::pointer::segments;
use crate::prepare::readable;
use crate::spec::{BodyKind, Location};

const BYTES: &str = "application/octet-stream";

/// One step's body and what it is made of.
struct Body<'a> {
    integration: &'a Integration,
    action: &'a Action,
    http: &'a HttpRequest,
    /// What the client sends, with all examples.
    sent: Bytes,
    parameters: Vec<&'a Parameter>,
}

/// The body of one step's request.
pub(super) fn body(integration: &Integration, placed: &Placed, index: usize) -> Option<Value> {
    let action = placed.action;
    let http = action.steps[index].http()?;
    let carried =
        |parameter: &&Parameter| parameter.location == Location::Body && parameter.step == index;
    let body = Body {
        integration,
        action,
        http,
        sent: placed.requests.get(index).map(PreparedRequest::body).unwrap_or_default(),
        parameters: action.parameters.iter().filter(carried).collect(),
    };
    let kind = http.body?;
    let (media_type, content, required) = match kind {
        BodyKind::Json => body.json(),
        BodyKind::Graphql => body.graphql(),
        BodyKind::Xml => body.xml(),
        BodyKind::JsonValue => body.json_value()?,
        BodyKind::Form => body.fields("application/x-www-form-urlencoded"),
        BodyKind::Multipart => body.fields("multipart/form-data"),
        BodyKind::Raw => body.raw()?,
    };
    // A caller who says what the body is may say anything.
    let is_told = |one: &Parameter| {
        one.location == Location::Header
            && one.step == index
            && one.wire_name.eq_ignore_ascii_case("content-type")
    };
    let media_type = match parameter::header(integration, http, "content-type") {
        _ if action.parameters.iter().any(is_told) => "*/*".to_owned(),
        Some(fixed) => fixed.to_owned(),
        None => media_type,
    };
    let mut content_of = Map::new();
    content_of.insert(media_type, Value::Object(content));
    Some(Value::Object(fields! { "required": required.then_some(true), "content": content_of }))
}

/// The media type, its content, and whether there must be a body.
type Content = (String, Map<String, Value>, bool);

impl Body<'_> {
    fn json(&self) -> Content {
        let tree = self.tree();
        let required = tree.is_required();
        let content = fields! { "schema": tree.into_schema(), "example": self.example() };
        ("application/json".to_owned(), content, required)
    }

    fn graphql(&self) -> Content {
        let document = self.http.graphql.as_deref().unwrap_or_default();
        let variables = self.tree();
        let mut tree = Tree::default();
        let required = variables.is_required();
        tree.put("/query", json!({ "type": "string", "const": document }), true);
        tree.put("/variables", variables.into_schema(), required);
        let content = fields! { "schema": tree.into_schema(), "example": self.example() };
        ("application/json".to_owned(), content, true)
    }

    fn xml(&self) -> Content {
        let tree = self.tree();
        // A document of nothing but attributes that never vary is not sent.
        let is_attribute =
            |pointer: &String| pointer.rsplit('/').next().is_some_and(|name| name.starts_with('@'));
        let says_something = !self.http.constants.keys().all(is_attribute);
        let required =
            says_something || self.parameters.iter().any(|parameter| parameter.schema.required);
        let text = String::from_utf8_lossy(&self.sent);
        let example = Some(indent::xml(&readable(&text, self.action)));
        let content = fields! {
            "schema": xml::root(&tree.into_schema()),
            "example": example.filter(|example| !example.is_empty()),
        };
        ("application/xml".to_owned(), content, required)
    }

    fn json_value(&self) -> Option<Content> {
        let parameter = *self.parameters.first()?;
        Some((
            "application/json".to_owned(),
            whole(parameter, json_schema::argument(parameter, SENT)),
            parameter.schema.required,
        ))
    }

    fn raw(&self) -> Option<Content> {
        let parameter = *self.parameters.first()?;
        let usual = match parameter.schema.ty {
            Type::File => BYTES,
            Type::String => "text/plain; charset=utf-8",
            _ => "application/json",
        };
        let media_type = parameter.media_type.as_deref().unwrap_or(usual);
        let schema = if is_file(&parameter.schema) {
            file(parameter, media_type)
        } else {
            json_schema::argument(parameter, SENT)
        };
        let mut content = whole(parameter, schema);
        if parameter.schema.ty == Type::String && is_json(media_type) {
            any_json(&mut content);
        }
        Some((media_type.to_owned(), content, parameter.schema.required))
    }

    /// The parameters and constants at their places.
    fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        for (pointer, value) in &self.http.constants {
            tree.put(
                pointer,
                fixed(value),
                value.as_str().is_none_or(|text| is_always_sent(self.action, text)),
            );
        }
        for parameter in &self.parameters {
            tree.put(
                &parameter.pointer,
                property(parameter, json_schema::argument(parameter, SENT), &parameter.pointer),
                parameter.schema.required,
            );
        }
        tree
    }

    /// The JSON that the client sends.
    fn example(&self) -> Value {
        let text = String::from_utf8_lossy(&self.sent);
        serde_json::from_str(&readable(&text, self.action)).unwrap_or_default()
    }

    /// A form, or a body of several parts: fields by name, and how each is written.
    fn fields(&self, media_type: &str) -> Content {
        let is_multipart = self.http.body == Some(BodyKind::Multipart);
        let mut properties = Map::new();
        let mut encoding = Map::new();
        let mut required = Vec::new();
        for (pointer, value) in &self.http.constants {
            let name = form_name(pointer);
            if value.as_str().is_none_or(|text| is_always_sent(self.action, text)) {
                required.push(name.clone());
            }
            properties.insert(name, fixed(value));
        }
        for parameter in &self.parameters {
            let written = match written(self.integration, parameter) {
                _ if is_multipart && is_file(&parameter.schema) => Written::Plain,
                Written::Styled { style: "deepObject", .. } if is_multipart => Written::Json,
                written => written,
            };
            let suffix = if let Written::Styled { suffix, .. } = written { suffix } else { "" };
            let name = format!("{}{suffix}", parameter.wire_name);
            if parameter.schema.required {
                required.push(name.clone());
            }
            let schema = if is_multipart && is_file(&parameter.schema) {
                file(parameter, parameter.media_type.as_deref().unwrap_or(BYTES))
            } else {
                json_schema::argument(parameter, SENT)
            };
            let words = field_encoding(parameter, &written);
            if !words.is_empty() {
                encoding.insert(name.clone(), Value::Object(words));
            }
            properties.insert(name.clone(), property(parameter, schema, &format!("/{name}")));
        }
        let is_required = !required.is_empty();
        let schema =
            fields! { "type": "object", "properties": properties, "required": some(required) };
        (
            media_type.to_owned(),
            fields! { "schema": schema, "encoding": some(encoding) },
            is_required,
        )
    }
}

/// How a field of a form, or a part, is written, where that is not the usual way.
fn field_encoding(parameter: &Parameter, written: &Written) -> Map<String, Value> {
    let media_type = parameter.media_type.as_deref();
    match written {
        Written::Styled { style: "form", explode: true, .. } | Written::Plain => {
            object(json!({ "contentType": media_type }))
        }
        Written::Styled { style, explode, .. } => {
            object(json!({ "style": style, "explode": explode }))
        }
        Written::Json => object(json!({ "contentType": media_type.unwrap_or("application/json") })),
        Written::Text => object(json!({ "x-actionspec-style": parameter.style })),
    }
}

/// The field of a form that a pointer names: `/a/b` is `a[b]`.
fn form_name(pointer: &str) -> String {
    let mut names = segments(pointer);
    let first = names.next().unwrap_or_default();
    names.fold(first, |name, segment| format!("{name}[{segment}]"))
}

fn is_file(schema: &Schema) -> bool {
    match &schema.ty {
        Type::File => true,
        Type::Array(items) => items.ty == Type::File,
        _ => false,
    }
}

/// The schema of bytes as they are. `format: binary` is what OpenAPI 3.0 said, and what many tools still look for.
fn file(parameter: &Parameter, media_type: &str) -> Value {
    let bytes = json!({ "type": "string", "format": "binary", "contentMediaType": media_type });
    let mut schema = json_schema::argument(parameter, SENT);
    if let Value::Object(fields) = &mut schema {
        if fields.contains_key("items") {
            fields.insert("items".to_owned(), bytes);
        } else {
            fields.shift_remove("contentEncoding");
            fields.extend(object(bytes));
        }
    }
    schema
}

/// The content of a body that is one parameter.
fn whole(parameter: &Parameter, mut schema: Value) -> Map<String, Value> {
    let example = parameter
        .schema
        .example
        .clone()
        .filter(|_| !parameter.schema.secret && !is_file(&parameter.schema));
    if let (Value::Object(fields), true) = (&mut schema, example.is_some()) {
        fields.shift_remove("examples");
    }
    let schema = property(parameter, schema, "");
    let mut content = fields! { "schema": schema };
    content.extend(example.map(|example| ("example".to_owned(), example)));
    content
}

fn is_json(media_type: &str) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    media_type == "application/json" || media_type.ends_with("+json")
}

/// JSON that the caller writes as text: to OpenAPI it is the value that the text says.
fn any_json(content: &mut Map<String, Value>) {
    let of_texts = |key: &str| {
        matches!(key, "type" | "format" | "examples")
            || keyword::find(key).is_some_and(|keyword| keyword.class() == Class::Strings)
    };
    if let Some(Value::Object(schema)) = content.get_mut("schema") {
        schema.retain(|key, _| !of_texts(key));
    }
    if let Some(example) = content.get_mut("example") {
        *example =
            example.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    }
}

/// A parameter's schema with what OpenAPI has no word for; its key, where the place does not tell it.
fn property(parameter: &Parameter, mut schema: Value, place: &str) -> Value {
    let name = place.rsplit_once('/').map_or("", |(_, name)| name);
    if let Value::Object(fields) = &mut schema {
        fields.extend(parameter::extensions(parameter, name));
    }
    schema
}
