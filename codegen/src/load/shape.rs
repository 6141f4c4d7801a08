//! The form of each kind of spec file, compiled once from the model's JSON Schema.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;
use regex::Regex;
use serde_json::{Map, Value};

use crate::spec::{ActionSpec, CatalogSpec, IntegrationSpec, TriggerSpec};

/// The form of a value.
#[derive(Clone)]
pub(crate) enum Shape {
    /// Any value.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Text.
    Text { pattern: Option<Arc<Regex>>, filled: bool },
    /// One of a few words.
    Words(Vec<String>),
    /// The version of the language.
    Version(u64),
    /// A list.
    List(Box<Shape>),
    /// A mapping with open keys.
    Map { values: Box<Shape>, filled: bool },
    /// A mapping with known keys.
    Struct(Struct),
    /// One of several forms.
    Choice(Vec<Shape>),
    /// The form of this name.
    Named(String),
}

/// A mapping with known keys.
#[derive(Clone)]
pub(crate) struct Struct {
    pub(crate) keys: IndexMap<String, Key>,
}

/// A known key.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) shape: Shape,
    pub(crate) required: bool,
    pub(crate) summary: String,
    /// What leaving the key out means.
    pub(crate) default: Option<Value>,
}

/// A form with the named forms that it mentions.
pub(crate) struct Grammar {
    /// The kind of file, as editors name its schema.
    pub(crate) kind: &'static str,
    pub(crate) root: Shape,
    pub(crate) named: HashMap<String, Shape>,
}

impl Grammar {
    /// The form itself, behind its name.
    pub(crate) fn resolve<'a>(&'a self, mut shape: &'a Shape) -> &'a Shape {
        while let Shape::Named(name) = shape {
            shape = self.named.get(name).unwrap_or(&Shape::Any);
        }
        shape
    }

    fn new(kind: &'static str, schema: &schemars::Schema) -> Self {
        let root = schema.as_value();
        let defs = root.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
        let named =
            defs.iter().map(|(name, schema)| (name.clone(), compile(schema, &defs))).collect();
        Self { kind, root: compile(root, &defs), named }
    }
}

pub(crate) static CATALOG: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new("catalog", &schemars::schema_for!(CatalogSpec)));
pub(crate) static INTEGRATION: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new("integration", &schemars::schema_for!(IntegrationSpec)));
pub(crate) static ACTION: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new("action", &schemars::schema_for!(ActionSpec)));
pub(crate) static TRIGGER: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::new("trigger", &schemars::schema_for!(TriggerSpec)));

fn compile(schema: &Value, defs: &Map<String, Value>) -> Shape {
    let Some(object) = schema.as_object() else { return Shape::Any };
    if let Some(version) = object.get("const").and_then(Value::as_u64) {
        return Shape::Version(version);
    }
    if let Some(word) = object.get("const").and_then(Value::as_str) {
        return Shape::Words(vec![word.to_owned()]);
    }
    if let Some(words) = object.get("enum").and_then(Value::as_array) {
        return Shape::Words(words.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    if object.contains_key("properties") {
        return Shape::Struct(Struct { keys: keys(object, defs) });
    }
    if let Some(name) = reference(object) {
        return Shape::Named(name.to_owned());
    }
    if let Some(choices) =
        object.get("anyOf").or_else(|| object.get("oneOf")).and_then(Value::as_array)
    {
        return choice(
            choices
                .iter()
                .filter(|schema| schema.get("type") != Some(&"null".into()))
                .map(|schema| compile(schema, defs)),
        );
    }
    let ty = match object.get("type") {
        Some(Value::Array(types)) => {
            types.iter().find_map(|ty| ty.as_str().filter(|ty| *ty != "null"))
        }
        other => other.and_then(Value::as_str),
    };
    let filled = ["minLength", "minProperties"].iter().any(|key| object.contains_key(*key));
    let inner =
        |key: &str| Box::new(object.get(key).map_or(Shape::Any, |schema| compile(schema, defs)));
    match ty {
        Some("boolean") => Shape::Boolean,
        Some("integer") => Shape::Integer,
        Some("number") => Shape::Number,
        Some("string") => {
            let pattern = object
                .get("pattern")
                .and_then(Value::as_str)
                .and_then(|pattern| Regex::new(pattern).ok());
            Shape::Text { pattern: pattern.map(Arc::new), filled }
        }
        Some("array") => Shape::List(inner("items")),
        Some("object") => Shape::Map { values: inner("additionalProperties"), filled },
        _ => Shape::Any,
    }
}

/// Words are gathered into one list; a single form stands for itself.
fn choice(shapes: impl Iterator<Item = Shape>) -> Shape {
    let (mut words, mut others) = (Vec::new(), Vec::new());
    for shape in shapes {
        match shape {
            Shape::Words(more) => words.extend(more),
            other => others.push(other),
        }
    }
    if !words.is_empty() {
        others.insert(0, Shape::Words(words));
    }
    if others.len() == 1 { others.remove(0) } else { Shape::Choice(others) }
}

/// The keys of a mapping, those of a flattened or tagged one included.
fn keys(object: &Map<String, Value>, defs: &Map<String, Value>) -> IndexMap<String, Key> {
    let required: Vec<&str> = object
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut keys = IndexMap::new();
    for (name, schema) in object.get("properties").and_then(Value::as_object).into_iter().flatten()
    {
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let summary = text
            .split_once(". ")
            .map_or(text, |(first, _)| first)
            .trim_end_matches('.')
            .replace('\n', " ");
        let (required, default) =
            (required.contains(&name.as_str()), schema.get("default").cloned());
        keys.insert(name.clone(), Key { shape: compile(schema, defs), required, summary, default });
    }
    if let Some(inner) =
        reference(object).and_then(|name| defs.get(name)).and_then(Value::as_object)
    {
        keys.extend(self::keys(inner, defs));
    }
    keys
}

fn reference(object: &Map<String, Value>) -> Option<&str> {
    object.get("$ref")?.as_str()?.strip_prefix("#/$defs/")
}
