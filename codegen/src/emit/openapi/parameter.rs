//! Parameter Objects: what travels outside the body, encoded as the client encodes it.

use actionspec_model::json_schema;
use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{SENT, deprecation, object, some};
use crate::catalog::{Action, HttpRequest, Integration, Parameter, Schema, Type};
use crate::spec::{Checksum, Location, Retry, Style};
use crate::text::placeholders;

/// Headers that OpenAPI says elsewhere: as media types, and as security schemes.
const ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// How an array or object is written where only text fits.
pub(super) enum Written {
    /// It is a scalar.
    Plain,
    /// In a style of OpenAPI, with this suffix to the name.
    Styled { style: &'static str, explode: bool, suffix: &'static str },
    /// As the JSON text of the value.
    Json,
    /// In a way that OpenAPI has no style for.
    Text,
}

/// The parameters of one step's request, in the order of the page; then what earlier answers give, and what never varies.
/// `renamed` tells how names of the path are written.
pub(super) fn parameters(
    integration: &Integration,
    action: &Action,
    index: usize,
    renamed: &IndexMap<String, String>,
) -> Vec<Value> {
    let Some(http) = action.steps[index].http() else { return Vec::new() };
    let in_path = placeholders(&http.path);
    let mut all = Unique::default();
    for parameter in &action.parameters {
        match parameter.location {
            Location::Path if in_path.contains(&parameter.key) => {
                let name = renamed.get(&parameter.key).unwrap_or(&parameter.key);
                all.add(Location::Path, one(integration, parameter, name));
            }
            Location::Path | Location::Body => {}
            location if parameter.step == index => {
                all.add(location, one(integration, parameter, &parameter.wire_name));
            }
            _ => {}
        }
    }
    for name in in_path
        .iter()
        .filter(|name| !action.parameters.iter().any(|parameter| parameter.key == **name))
    {
        all.add(
            Location::Path,
            captured(action, index, name, renamed.get(name).map_or(name.as_str(), String::as_str)),
        );
    }
    for (name, value) in &http.query {
        all.add(Location::Query, constant(action, Location::Query, name, value));
    }
    let replaced = |name: &str| http.headers.keys().any(|own| own.eq_ignore_ascii_case(name));
    let usual = integration.headers.iter().filter(|(name, _)| !replaced(name));
    for (name, value) in usual
        .chain(&http.headers)
        .filter(|(name, _)| !ELSEWHERE.contains(&name.to_ascii_lowercase().as_str()))
    {
        all.add(Location::Header, constant(action, Location::Header, name, value));
    }
    if let Some(checksum) = &http.checksum {
        all.add(Location::Header, hash(checksum));
    }
    if let Retry::IdempotencyKey(header) = &action.retry {
        all.add(Location::Header, idempotency_key(header));
    }
    all.parameters
}

/// Parameters of which no two share place and name.
#[derive(Default)]
struct Unique {
    names: Vec<(Location, String)>,
    parameters: Vec<Value>,
}

impl Unique {
    fn add(&mut self, location: Location, parameter: Value) {
        let name = parameter["name"].as_str().unwrap_or_default();
        let name =
            if location == Location::Header { name.to_ascii_lowercase() } else { name.to_owned() };
        if !self.names.contains(&(location, name.clone())) {
            self.names.push((location, name));
            self.parameters.push(parameter);
        }
    }
}

/// The value of a header that never varies.
pub(super) fn header<'a>(
    integration: &'a Integration,
    http: &'a HttpRequest,
    name: &str,
) -> Option<&'a str> {
    let of = |headers: &'a IndexMap<String, String>| {
        headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    of(&http.headers)
        .or_else(|| of(&integration.headers))
        .map(String::as_str)
        .filter(|value| !value.contains('{'))
}

fn one(integration: &Integration, parameter: &Parameter, name: &str) -> Value {
    let written = written(integration, parameter);
    let mut schema = argument(integration, parameter, &written);
    let Facts { description, example, deprecated } = lift(&parameter.schema, &mut schema);
    let suffix = if let Written::Styled { suffix, .. } = written { suffix } else { "" };
    let name = format!("{name}{suffix}");
    let mut out = fields! {
        "name": name.as_str(),
        "in": json!(parameter.location),
        "description": description,
        "required": (parameter.location == Location::Path || parameter.schema.required).then_some(true),
        "deprecated": deprecated,
    };
    match written {
        Written::Json => {
            let media_type = with_example(fields! { "schema": schema }, example);
            out.extend(fields! { "content": fields! { "application/json": media_type } });
        }
        Written::Styled { style, explode, .. } => {
            out.extend(fields! { "style": style, "explode": explode, "schema": schema });
            out = with_example(out, example);
        }
        Written::Plain => {
            out.insert("schema".to_owned(), schema);
            out = with_example(out, example);
        }
        Written::Text => {
            let is_text = schema["type"] == "string";
            out.insert("schema".to_owned(), schema);
            out = with_example(out, example.filter(|_| !is_text));
            out.insert("x-actionspec-style".to_owned(), json!(parameter.style));
        }
    }
    out.extend(extensions(parameter, &name));
    Value::Object(out)
}

/// What OpenAPI has no word for.
pub(super) fn extensions(parameter: &Parameter, name: &str) -> Map<String, Value> {
    fields! {
        "x-actionspec-key": (parameter.key != name).then_some(parameter.key.as_str()),
        "x-actionspec-advanced": parameter.advanced.then_some(true),
        "x-actionspec-max-bytes": parameter.max_bytes,
        "x-actionspec-values-from": some(crate::emit::catalog_json::without_nulls(json!(parameter.values_from))),
        "x-actionspec-authentication": some(parameter.authentication.clone()),
        "x-actionspec-deprecated": deprecation(parameter.schema.deprecated.as_ref()),
    }
}

fn with_example(mut fields: Map<String, Value>, example: Option<Value>) -> Map<String, Value> {
    fields.extend(example.map(|example| ("example".to_owned(), example)));
    fields
}

/// What a Parameter Object says itself, and its schema need not repeat.
struct Facts {
    description: Option<Value>,
    example: Option<Value>,
    deprecated: Option<Value>,
}

fn lift(schema: &Schema, written: &mut Value) -> Facts {
    let mut take = |key: &str| written.as_object_mut().and_then(|fields| fields.shift_remove(key));
    let example = schema.example.clone().filter(|_| !schema.secret);
    if example.is_some() {
        take("examples");
    }
    Facts { description: take("description"), example, deprecated: take("deprecated") }
}

/// The schema of a parameter as it is written.
fn argument(integration: &Integration, parameter: &Parameter, written: &Written) -> Value {
    let mut schema = json_schema::argument(parameter, SENT);
    match written {
        Written::Text if matches!(parameter.style, Style::Pipe | Style::Space) => {
            let words = object(
                json!({ "title": parameter.title, "type": "string", "description": schema["description"].clone() }),
            );
            return Value::Object(words);
        }
        Written::Styled { style, .. } if *style != "deepObject" => {
            // Items that are no scalars are written as JSON, each for itself.
            if let Type::Array(items) = &resolved(integration, &parameter.schema).ty
                && matches!(
                    resolved(integration, items).ty,
                    Type::Object(_) | Type::Map(_) | Type::Array(_)
                )
                && let Some(items) = schema.get_mut("items")
            {
                *items = json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": items.take() });
            }
        }
        // The other styles that OpenAPI has not spread a value over several names: what it is stays told.
        Written::Styled { .. } | Written::Plain | Written::Json | Written::Text => {}
    }
    schema
}

/// The type that a name stands for. A type that names itself alone is anything.
pub(super) fn resolved<'a>(integration: &'a Integration, schema: &'a Schema) -> &'a Schema {
    let mut schema = schema;
    for _ in 0..16 {
        let Type::Named(name) = &schema.ty else { return schema };
        let Some(def) = integration.type_named(name) else { return schema };
        schema = &def.schema;
    }
    schema
}

/// How a parameter is written where it travels.
pub(super) fn written(integration: &Integration, parameter: &Parameter) -> Written {
    let styled = |style, explode| Written::Styled { style, explode, suffix: "" };
    let is_pair = matches!(parameter.location, Location::Query | Location::Body);
    let ty = &resolved(integration, &parameter.schema).ty;
    let list = may_be_list(integration, ty);
    match (parameter.style, ty) {
        (
            Style::Brackets,
            Type::Object(_) | Type::Map(_) | Type::Named(_) | Type::Any | Type::Union(_),
        ) if is_pair => styled("deepObject", true),
        // OpenAPI has no word for what spreads over several names.
        (
            Style::Numbered | Style::Members | Style::Prefix,
            Type::Object(_) | Type::Map(_) | Type::Named(_) | Type::Array(_),
        ) => Written::Text,
        (Style::Comma, Type::Object(_) | Type::Map(_)) => match parameter.location {
            Location::Path | Location::Header => styled("simple", false),
            Location::Query | Location::Cookie | Location::Body => styled("form", false),
        },
        (Style::Json, _) | (_, Type::Object(_) | Type::Map(_) | Type::Named(_)) => Written::Json,
        _ if !list => Written::Plain,
        (Style::Brackets, _) if is_pair => {
            Written::Styled { style: "form", explode: true, suffix: "[]" }
        }
        (Style::Repeat, _) if is_pair => styled("form", true),
        (Style::Pipe, _) if is_pair => styled("pipeDelimited", false),
        (Style::Space, _) if is_pair => styled("spaceDelimited", false),
        (Style::Pipe | Style::Space, _) => Written::Text,
        (
            Style::Comma
            | Style::Repeat
            | Style::Brackets
            | Style::Numbered
            | Style::Members
            | Style::Segments
            | Style::Prefix,
            _,
        ) => match parameter.location {
            Location::Path | Location::Header => styled("simple", false),
            Location::Query | Location::Cookie | Location::Body => styled("form", false),
        },
    }
}

fn may_be_list(integration: &Integration, ty: &Type) -> bool {
    match ty {
        Type::Array(_) | Type::Any => true,
        Type::Union(union) => union
            .alternatives
            .iter()
            .any(|one| matches!(resolved(integration, &one.schema).ty, Type::Array(_) | Type::Any)),
        _ => false,
    }
}

/// A part of the path that an earlier answer gives.
fn captured(action: &Action, index: usize, name: &str, written: &str) -> Value {
    let source =
        action.steps[..index].iter().find_map(|step| Some((&step.name, step.capture.get(name)?)));
    let said = source.map_or_else(
        || "An earlier answer gives it.".to_owned(),
        |(step, at)| format!("The answer to the step `{step}` gives it, at `{at}`."),
    );
    let capture = source.map(|(step, at)| json!({ "step": step, "at": at }));
    Value::Object(object(json!({
        "name": written,
        "in": "path",
        "description": said,
        "required": true,
        "schema": { "type": "string" },
        "x-actionspec-key": (name != written).then_some(name),
        "x-actionspec-capture": capture,
    })))
}

fn constant(action: &Action, location: Location, name: &str, value: &str) -> Value {
    Value::Object(object(json!({
        "name": name,
        "in": location,
        "description": if placeholders(value).is_empty() { "It never varies." } else { "It is made of other values." },
        "required": is_always_sent(action, value).then_some(true),
        "schema": fixed(&json!(value)),
    })))
}

/// The schema of a constant, or of a text that is put together.
pub(super) fn fixed(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if !placeholders(text).is_empty() => {
            json!({ "type": "string", "x-actionspec-template": text })
        }
        _ => json!({ "type": kind(value), "const": value }),
    }
}

/// The type of a value, in the words of JSON Schema.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Whether a constant is sent whatever the caller gives: one that holds a parameter which is not given is left out.
pub(super) fn is_always_sent(action: &Action, value: &str) -> bool {
    placeholders(value).iter().all(|name| {
        let parameter = action.parameters.iter().find(|parameter| parameter.key == *name);
        parameter.is_none_or(|parameter| {
            parameter.location == Location::Path
                || parameter.schema.required
                || parameter.schema.default.is_some()
        })
    })
}

fn hash(checksum: &Checksum) -> Value {
    json!({
        "name": checksum.header,
        "in": "header",
        "description": "A hash of the body; `x-actionspec-checksum` tells how it is made.",
        "required": true,
        "schema": { "type": "string" },
        "x-actionspec-checksum": crate::emit::catalog_json::without_nulls(json!(checksum)),
    })
}

fn idempotency_key(header: &str) -> Value {
    json!({
        "name": header,
        "in": "header",
        "description": "A key that the client makes up for each call, and keeps when it sends the request again.",
        "schema": { "type": "string", "format": "uuid" },
    })
}
