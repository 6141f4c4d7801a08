//! The reference of the spec language: every key, its type, default, meaning and an example, from the same schemas that editors use; and
//! of the errors, from their codes.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{EmitError, Emitter, Output, Settings, docs};
use crate::catalog::Outline;
use crate::diagnostics::Code;
use crate::language::schema::kinds;
use crate::spec::REQUEST_PLACEHOLDERS;

/// The reference of the spec language.
pub struct Reference;

impl Emitter for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn about(&self) -> &'static str {
        "the reference of the spec language and its error codes"
    }

    fn describes_language(&self) -> bool {
        true
    }

    fn catalog(&self, _: &Outline, settings: &Settings) -> Result<Vec<Output>, EmitError> {
        pages(settings)
    }
}

#[derive(Serialize)]
struct Page {
    kind: &'static str,
    title: String,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    name: String,
    anchor: String,
    description: String,
    keys: Vec<Key>,
    /// For a choice: what it can be.
    choices: Vec<Choice>,
    /// What its templates may hold.
    placeholders: Vec<Choice>,
}

#[derive(Serialize)]
struct Key {
    name: String,
    anchor: String,
    ty: String,
    required: bool,
    default: Option<String>,
    meaning: String,
    example: String,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    meaning: String,
}

#[derive(Serialize)]
struct CodeRow {
    id: &'static str,
    title: &'static str,
    explanation: &'static str,
}

fn pages(settings: &Settings) -> Result<Vec<Output>, EmitError> {
    let pages: Vec<Page> = kinds().into_iter().map(|(kind, schema)| page(kind, &schema)).collect();
    let codes: Vec<CodeRow> = Code::ALL
        .iter()
        .map(|code| CodeRow { id: code.id(), title: code.title(), explanation: code.explanation() })
        .collect();
    let mut outputs = vec![
        docs::render_with(settings, "reference/index.md.j2", "reference/README.md", &pages)?,
        docs::render_with(settings, "reference/errors.md.j2", "reference/errors.md", &codes)?,
    ];
    for page in &pages {
        outputs.push(docs::render_with(
            settings,
            "reference/kind.md.j2",
            &format!("reference/{}.md", page.kind),
            page,
        )?);
    }
    Ok(outputs)
}

fn page(kind: &'static str, schema: &Value) -> Page {
    let reader = Reader { root: schema };
    let title = text(schema, "title");
    let mut sections = vec![reader.section(kind, schema)];
    let mut seen = BTreeSet::new();
    let mut queue = references(
        schema.as_object().map(|fields| fields.iter().filter(|(key, _)| *key != "$defs")),
    );
    while !queue.is_empty() {
        let name = queue.remove(0);
        if let Some(definition) = schema["$defs"].get(&name)
            && seen.insert(name.clone())
        {
            sections.push(reader.section(&name, definition));
            queue.extend(references(definition.as_object().map(|fields| fields.iter())));
        }
    }
    Page { kind, title, sections }
}

/// The definitions that a schema refers to, in order.
fn references<'a>(fields: Option<impl Iterator<Item = (&'a String, &'a Value)>>) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(name) = fields
                    .get("$ref")
                    .and_then(Value::as_str)
                    .and_then(|name| name.strip_prefix("#/$defs/"))
                {
                    found.push(name.to_owned());
                }
                fields.values().for_each(|field| collect(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    fields.into_iter().flatten().for_each(|(_, field)| collect(field, &mut found));
    found
}

fn text(schema: &Value, key: &str) -> String {
    schema.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn anchor(name: &str) -> String {
    name.to_lowercase()
}

/// `{method}`; of a name that is open, `{header.…}`.
fn placeholder(name: &str) -> String {
    if name.ends_with('.') { format!("`{{{name}…}}`") } else { format!("`{{{name}}}`") }
}

struct Reader<'a> {
    root: &'a Value,
}

impl Reader<'_> {
    fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some("#") => self.root,
            Some(name) => name
                .strip_prefix("#/$defs/")
                .and_then(|name| self.root["$defs"].get(name))
                .unwrap_or(schema),
            None => schema,
        }
    }

    fn section(&self, name: &str, schema: &Value) -> Section {
        let mut keys = Vec::new();
        let mut choices = Vec::new();
        self.keys(name, schema, &mut keys);
        for branch in branches(schema) {
            let before = keys.len();
            self.keys(name, branch, &mut keys);
            let tag = branch["properties"]
                .get("kind")
                .map(|kind| format!("`kind: {}`", text(kind, "const")));
            let value = tag
                .or_else(|| {
                    branch
                        .get("const")
                        .map(|value| format!("`{}`", value.as_str().unwrap_or_default()))
                })
                .unwrap_or_else(|| {
                    let names: Vec<String> =
                        keys[before..].iter().map(|key| format!("`{}`", key.name)).collect();
                    if names.is_empty() {
                        Self::ty(branch)
                    } else {
                        format!("a mapping with {}", names.join(", "))
                    }
                });
            choices.push(Choice { value, meaning: text(branch, "description") });
        }
        for value in schema.get("enum").and_then(Value::as_array).into_iter().flatten() {
            choices.push(Choice {
                value: format!("`{}`", value.as_str().unwrap_or_default()),
                meaning: String::new(),
            });
        }
        let mut seen = BTreeSet::new();
        keys.retain(|key| seen.insert(key.name.clone()));
        let facts = if name == "SignatureValue" { REQUEST_PLACEHOLDERS } else { &[] };
        let placeholders = facts
            .iter()
            .map(|(name, meaning)| Choice {
                value: placeholder(name),
                meaning: (*meaning).to_owned(),
            })
            .collect();
        Section {
            name: name.to_owned(),
            anchor: anchor(name),
            description: text(schema, "description"),
            keys,
            choices,
            placeholders,
        }
    }

    fn keys(&self, section: &str, schema: &Value, keys: &mut Vec<Key>) {
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, property) in
            schema.get("properties").and_then(Value::as_object).unwrap_or(&Map::new())
        {
            // The tag of a variant has no words of its own: the variant's stand beside it.
            let said = property
                .get("description")
                .map_or("Which kind it is.", |text| text.as_str().unwrap_or_default());
            let (meaning, default) = lift_default(said);
            let written = property
                .get("default")
                .filter(|value| !value.is_null() && !is_empty(value))
                .map(|value| format!("`{value}`"));
            keys.push(Key {
                name: name.clone(),
                anchor: format!("{}-{}", anchor(section), name.to_lowercase()),
                ty: Self::ty(property),
                required: required.contains(&name.as_str()),
                default: default.or(written),
                meaning,
                example: format!("{name}: {}", self.example(property, 0)),
            });
        }
    }

    /// A type in words, Markdown, with links to sections.
    fn ty(schema: &Value) -> String {
        if let Some(name) = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|name| name.strip_prefix("#/$defs/"))
        {
            return format!("[{name}](#{})", anchor(name));
        }
        let choices: Vec<String> = branches(schema)
            .filter(|branch| branch.get("type").and_then(Value::as_str) != Some("null"))
            .map(Self::ty)
            .collect();
        if !choices.is_empty() {
            return choices.join(" or ");
        }
        if let Some(value) = schema.get("const") {
            return format!(
                "`{}`",
                value.as_str().map_or_else(|| value.to_string(), str::to_owned)
            );
        }
        let names: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect()
            }
            _ => Vec::new(),
        };
        match names.as_slice() {
            ["array"] => {
                format!("list of {}", Self::ty(schema.get("items").unwrap_or(&Value::Null)))
            }
            ["object"] => match schema.get("additionalProperties") {
                Some(values) if values.is_object() => format!("map of {}", Self::ty(values)),
                _ => "mapping".to_owned(),
            },
            [] => "any JSON".to_owned(),
            names => names.join(" or "),
        }
    }

    /// A short value in YAML's flow style.
    fn example(&self, schema: &Value, depth: usize) -> String {
        if let Some(example) =
            schema.get("examples").and_then(Value::as_array).and_then(|examples| examples.first())
        {
            return example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        }
        let resolved = self.resolve(schema);
        if let Some(value) =
            resolved.get("const").or_else(|| resolved.get("enum").and_then(|values| values.get(0)))
        {
            return value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        }
        if let Some(branch) = branches(resolved)
            .find(|branch| branch.get("type").and_then(Value::as_str) != Some("null"))
        {
            return self.example(branch, depth);
        }
        let kind = match resolved.get("type") {
            Some(Value::String(name)) => name.as_str(),
            Some(Value::Array(names)) => names.first().and_then(Value::as_str).unwrap_or_default(),
            _ => "",
        };
        match kind {
            "string" if resolved.get("format").is_some_and(|format| format == "uri") => {
                "https://docs.example.com".to_owned()
            }
            "string" => "text".to_owned(),
            "integer" => "10".to_owned(),
            "number" => "1.5".to_owned(),
            "boolean" => "true".to_owned(),
            "array" if depth < 3 => format!("[{}]", self.example(&resolved["items"], depth + 1)),
            "object" if depth < 3 => self.mapping(resolved, depth),
            _ => "{…}".to_owned(),
        }
    }

    fn mapping(&self, schema: &Value, depth: usize) -> String {
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object())
        {
            return format!("{{name: {}}}", self.example(values, depth + 1));
        }
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        let fields: Vec<String> = required
            .map(|name| format!("{name}: {}", self.example(&schema["properties"][name], depth + 1)))
            .collect();
        if fields.is_empty() { "{…}".to_owned() } else { format!("{{{}}}", fields.join(", ")) }
    }
}

fn branches(schema: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten()
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(Map::is_empty)
        || value == false
}

/// Takes the sentence "Default: …" out of a text.
fn lift_default(text: &str) -> (String, Option<String>) {
    let Some(start) = text.find("Default: ") else { return (text.to_owned(), None) };
    let rest = &text[start + "Default: ".len()..];
    let end = rest.find(". ").map_or(rest.len(), |at| at + 1);
    let (default, after) = rest.split_at(end);
    (
        format!("{}{}", &text[..start], after.trim_start()).trim().to_owned(),
        Some(default.trim_end_matches('.').to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_has_a_column_of_its_own() {
        assert_eq!(
            lift_default("Most tries. Default: 4. Not less."),
            ("Most tries. Not less.".to_owned(), Some("4".to_owned()))
        );
        assert_eq!(lift_default("Most tries."), ("Most tries.".to_owned(), None));
    }

    #[test]
    fn every_key_of_every_kind_has_a_meaning() {
        for (kind, schema) in kinds() {
            for section in page(kind, &schema).sections {
                for key in section.keys {
                    assert!(!key.meaning.is_empty(), "{kind}: {}.{}", section.name, key.name);
                }
            }
        }
    }
}
