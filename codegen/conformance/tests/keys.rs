//! Every key of the spec language is used by the conformance specs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use actionspec_codegen::language::{LANGUAGE, schema};
use actionspec_codegen::spec::REQUEST_PLACEHOLDERS;
use serde_json::{Map, Value};

/// Keys of the language, as `Definition.key` or `Definition=value`.
type Keys = BTreeSet<String>;

struct Schema {
    root: Value,
    name: String,
}

impl Schema {
    fn new(kind: &str) -> Self {
        let (name, root) = schema::kinds().into_iter().find(|(name, _)| *name == kind).unwrap();
        Self { root, name: name.to_owned() }
    }

    fn resolve<'a>(&'a self, schema: &'a Value, name: &str) -> (&'a Value, String) {
        match schema.get("$ref").and_then(Value::as_str) {
            Some("#") => (&self.root, self.name.clone()),
            Some(reference) => {
                let target = reference.trim_start_matches("#/$defs/").to_owned();
                (&self.root["$defs"][&target], target)
            }
            None => (schema, name.to_owned()),
        }
    }

    /// Every key that the schema has.
    fn declared(&self) -> Keys {
        let mut keys = Keys::new();
        collect(&self.root, &self.name, &mut keys);
        for (name, definition) in self.root["$defs"].as_object().unwrap_or(&Map::new()) {
            collect(definition, name, &mut keys);
        }
        keys
    }

    /// Marks the keys that a document uses.
    fn mark(&self, value: &Value, schema: &Value, name: &str, used: &mut Keys) {
        let (schema, name) = self.resolve(schema, name);
        for keyword in ["anyOf", "oneOf", "allOf"] {
            for branch in schema.get(keyword).and_then(Value::as_array).unwrap_or(&Vec::new()) {
                if self.fits(value, branch) {
                    self.mark(value, branch, &name, used);
                }
            }
        }
        for allowed in values(schema) {
            if value == allowed {
                used.insert(format!("{name}={allowed}"));
            }
        }
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    if let Some(property) =
                        schema.get("properties").and_then(|properties| properties.get(key))
                    {
                        used.insert(format!("{name}.{key}"));
                        self.mark(field, property, &name, used);
                    } else if let Some(other) =
                        schema.get("additionalProperties").filter(|other| other.is_object())
                    {
                        self.mark(field, other, &name, used);
                    }
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    items.iter().for_each(|item| self.mark(item, schema, &name, used));
                }
            }
            _ => {}
        }
    }

    /// Whether a document could be of a branch: its JSON type, constants and required keys.
    fn fits(&self, value: &Value, branch: &Value) -> bool {
        let (branch, _) = self.resolve(branch, "");
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let typed = branch.get("type").is_none_or(|wanted| {
            let wanted = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
            wanted.iter().any(|wanted| wanted == kind || (kind == "number" && wanted == "integer"))
        });
        let required = branch
            .get("required")
            .and_then(Value::as_array)
            .is_none_or(|keys| keys.iter().all(|key| value.get(key.as_str().unwrap()).is_some()));
        let constants =
            branch.get("properties").and_then(Value::as_object).is_none_or(|properties| {
                properties.iter().all(|(key, property)| {
                    match (property.get("const"), value.get(key)) {
                        (Some(wanted), Some(found)) => wanted == found,
                        _ => true,
                    }
                })
            });
        typed && required && constants
    }
}

/// The string values that a schema enumerates.
fn values(schema: &Value) -> impl Iterator<Item = &Value> {
    schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .chain(schema.get("const"))
        .filter(|value| value.is_string())
}

fn collect(schema: &Value, name: &str, keys: &mut Keys) {
    for (key, property) in
        schema.get("properties").and_then(Value::as_object).unwrap_or(&Map::new())
    {
        keys.insert(format!("{name}.{key}"));
        collect_values(property, name, keys);
    }
    for keyword in ["anyOf", "oneOf", "allOf"] {
        for branch in schema.get(keyword).and_then(Value::as_array).unwrap_or(&Vec::new()) {
            collect(branch, name, keys);
        }
    }
    collect_values(schema, name, keys);
}

fn collect_values(schema: &Value, name: &str, keys: &mut Keys) {
    keys.extend(values(schema).map(|value| format!("{name}={value}")));
}

#[test]
fn every_key_is_used() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let schemas = [
        ("catalog.yaml", Schema::new("catalog")),
        ("integration.yaml", Schema::new("integration")),
        ("actions", Schema::new("action")),
        ("triggers", Schema::new("trigger")),
    ];
    let (mut declared, mut used) = (Keys::new(), Keys::new());
    let mut files = Vec::new();
    find(&specs, &mut files);
    for (part, schema) in &schemas {
        declared.extend(schema.declared());
        for file in files.iter().filter(|file| file.to_string_lossy().contains(part)) {
            let document: Value =
                serde_yaml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
            schema.mark(&document, &schema.root, &schema.name, &mut used);
        }
    }
    // A key that one part takes from another is used where the other one uses it.
    let inherited = |key: &str| {
        let (definition, key) = key.split_once('.')?;
        Some(used.contains(&format!("{}.{key}", LANGUAGE.extended(definition)?)))
    };
    let unused: Vec<&String> =
        declared.difference(&used).filter(|key| inherited(key) != Some(true)).collect();
    assert!(unused.is_empty(), "no conformance spec uses these: {unused:#?}");
}

/// The engine knows every placeholder: calls with this authentication scheme would fail otherwise.
#[test]
fn every_placeholder_of_signatures_is_used() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/chaos/integration.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let unused: Vec<_> = REQUEST_PLACEHOLDERS
        .iter()
        .map(|(name, _)| format!("{{{name}"))
        .filter(|name| !text.contains(name))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn find(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
}
