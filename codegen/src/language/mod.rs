//! What there is: every choice and every key that may be left out, read from the schemas of the model.

pub mod schema;

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use schemars::schema_for;
use serde_json::{Map, Value};

use crate::spec::Method;
use crate::text::first_sentence;

/// The index of a feature in [`Language::features`].
pub type FeatureId = usize;

/// The language as this build knows it.
pub static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::new);

/// One feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// `Definition.key`, or `Definition=value` for a choice.
    pub id: String,
    /// As an author writes it: the key, or the value.
    pub name: String,
    /// What it is, in one sentence.
    pub meaning: String,
    /// It is one of several values, and no key.
    pub is_choice: bool,
}

/// The features of one part of the language.
#[derive(Clone, Debug)]
pub struct Section {
    /// The name of the part in the schemas.
    pub name: String,
    /// The name that people see.
    pub title: String,
    /// What the part is.
    pub description: String,
    /// Its features.
    pub features: Vec<FeatureId>,
}

/// Every feature, and the schemas that they were read from.
pub struct Language {
    features: Vec<Feature>,
    sections: Vec<Section>,
    ids: HashMap<String, FeatureId>,
    /// The features that are keys, by definition and key.
    keys: HashMap<String, HashMap<String, FeatureId>>,
    /// Parts that take every key of another one beside their own: a parameter, those of a type.
    extends: HashMap<String, String>,
    kinds: Vec<(&'static str, Value)>,
}

impl Language {
    fn new() -> Self {
        let kinds: Vec<(&'static str, Value)> =
            schema::kinds().into_iter().filter(|(kind, _)| *kind != "catalog").collect();
        let extends = kinds.iter().flat_map(|(_, schema)| extensions(schema)).collect();
        let mut language = Self {
            features: Vec::new(),
            sections: Vec::new(),
            ids: HashMap::new(),
            keys: HashMap::new(),
            extends,
            kinds,
        };
        for (kind, schema) in language.kinds.clone() {
            language.section(kind, &schema);
            for (name, definition) in schema["$defs"].as_object().unwrap_or(&Map::new()) {
                language.section(name, definition);
            }
        }
        // Methods stand within the text of a request line, where no schema sees them.
        language.section("Method", &schema_for!(Method).to_value());
        language.sections.retain(|section| !section.features.is_empty());
        language
    }

    /// Every feature.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The parts of the language, in the order of the reference.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The feature that is one value of a definition.
    #[must_use]
    pub fn choice(&self, definition: &str, value: &str) -> Option<FeatureId> {
        self.ids.get(&format!("{definition}={value}")).copied()
    }

    fn section(&mut self, name: &str, schema: &Value) {
        if self.sections.iter().any(|section| section.name == name) {
            return;
        }
        let description = first_sentence(schema["description"].as_str().unwrap_or_default());
        // A file's own keys stand under its title, `An action`.
        let title = schema["$defs"].as_object().and(schema["title"].as_str()).unwrap_or(name);
        self.sections.push(Section {
            name: name.to_owned(),
            title: title.to_owned(),
            description,
            features: Vec::new(),
        });
        self.collect(name, schema);
    }

    fn collect(&mut self, section: &str, schema: &Value) {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (key, property) in schema["properties"].as_object().unwrap_or(&Map::new()) {
            // A tag speaks for its variant: its words are those of the branch.
            let words = if values(property).next().is_some() && property["description"].is_null() {
                schema
            } else {
                property
            };
            self.choices(section, property, words);
            // The one key of a variant (`exactlyOneOf: […]`) is required there, and yet a choice.
            let variant = is_variant(schema);
            let inherited = self.extends.get(section).is_some_and(|base| self.has_key(base, key));
            if !inherited && (variant || !required.contains(&key.as_str())) {
                self.add(section, key, if variant { schema } else { property }, false);
            }
        }
        for keyword in ["anyOf", "oneOf", "allOf"] {
            for branch in schema[keyword].as_array().into_iter().flatten() {
                self.collect(section, branch);
            }
        }
        self.choices(section, schema, schema);
    }

    fn choices(&mut self, section: &str, schema: &Value, words: &Value) {
        for value in values(schema) {
            self.add(section, value, words, true);
        }
    }

    fn add(&mut self, section: &str, name: &str, words: &Value, is_choice: bool) {
        let joint = if is_choice { '=' } else { '.' };
        let id = format!("{section}{joint}{name}");
        if self.ids.contains_key(&id) {
            return;
        }
        let meaning = first_sentence(words["description"].as_str().unwrap_or_default());
        self.ids.insert(id.clone(), self.features.len());
        if !is_choice {
            self.keys
                .entry(section.to_owned())
                .or_default()
                .insert(name.to_owned(), self.features.len());
        }
        if let Some(section) = self.sections.last_mut() {
            section.features.push(self.features.len());
        }
        self.features.push(Feature { id, name: name.to_owned(), meaning, is_choice });
    }

    /// The definition whose keys this one takes beside its own.
    #[must_use]
    pub fn extended(&self, definition: &str) -> Option<&str> {
        self.extends.get(definition).map(String::as_str)
    }

    fn has_key(&self, definition: &str, key: &str) -> bool {
        self.kinds
            .iter()
            .any(|(_, schema)| !schema["$defs"][definition]["properties"][key].is_null())
    }

    /// The feature that is a key of a definition, or of the one that it extends.
    fn key(&self, definition: &str, key: &str) -> Option<FeatureId> {
        let of = |definition: &str| self.keys.get(definition)?.get(key).copied();
        of(definition).or_else(|| of(self.extends.get(definition)?))
    }

    /// The features that a document uses: the text of a spec file of this kind, as JSON.
    #[must_use]
    pub fn used(&self, kind: &str, document: &Value) -> BTreeSet<FeatureId> {
        let mut used = BTreeSet::new();
        if let Some((name, root)) = self.kinds.iter().find(|(name, _)| *name == kind) {
            Marker { language: self, root, kind: name }.mark(document, root, name, &mut used);
        }
        used
    }
}

/// Which definitions hold all keys of another one, with the same words: the model flattens the one into the other.
fn extensions(schema: &Value) -> Vec<(String, String)> {
    /// Fewer keys in common may be chance.
    const FEWEST_KEYS: usize = 4;
    let none = Map::new();
    let definitions = schema["$defs"].as_object().unwrap_or(&none);
    let keys =
        |definition: &Value| definition["properties"].as_object().map(Map::len).unwrap_or_default();
    let holds = |whole: &Value, part: &Value| {
        part["properties"].as_object().is_some_and(|properties| {
            properties.iter().all(|(key, property)| {
                whole["properties"][key]["description"] == property["description"]
            })
        })
    };
    let pairs = definitions.iter().flat_map(|(name, whole)| {
        definitions
            .iter()
            .filter(move |(_, part)| {
                keys(part) >= FEWEST_KEYS && keys(part) < keys(whole) && holds(whole, part)
            })
            .map(move |(base, _)| (name.clone(), base.clone()))
    });
    pairs.collect()
}

/// A variant that is an object of one key, whose words are the variant's.
fn is_variant(schema: &Value) -> bool {
    let alone = schema["properties"].as_object().is_some_and(|properties| {
        properties.len() == 1 && properties.values().all(|key| key["description"].is_null())
    });
    alone && schema["description"].is_string()
}

/// The words that a schema enumerates.
fn values(schema: &Value) -> impl Iterator<Item = &str> {
    schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .chain(schema.get("const"))
        .filter_map(Value::as_str)
}

/// Walks a document along its schema.
struct Marker<'a> {
    language: &'a Language,
    root: &'a Value,
    kind: &'a str,
}

impl<'a> Marker<'a> {
    fn resolve<'n>(&self, schema: &'a Value, name: &'n str) -> (&'a Value, &'n str)
    where
        'a: 'n,
    {
        match schema["$ref"].as_str() {
            Some("#") => (self.root, self.kind),
            Some(reference) => {
                let target = reference.trim_start_matches("#/$defs/");
                (&self.root["$defs"][target], target)
            }
            None => (schema, name),
        }
    }

    fn mark(&self, value: &Value, schema: &'a Value, name: &str, used: &mut BTreeSet<FeatureId>) {
        let (schema, name) = self.resolve(schema, name);
        for keyword in ["anyOf", "oneOf", "allOf"] {
            for branch in schema[keyword]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|branch| self.fits(value, branch))
            {
                self.mark(value, branch, name, used);
            }
        }
        if let Some(word) =
            value.as_str().filter(|word| values(schema).any(|allowed| allowed == *word))
        {
            used.extend(self.language.choice(name, word));
        }
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    if let Some(property) = schema["properties"].get(key) {
                        used.extend(self.language.key(name, key));
                        self.mark(field, property, name, used);
                    } else if let Some(other) =
                        schema.get("additionalProperties").filter(|other| other.is_object())
                    {
                        self.mark(field, other, name, used);
                    }
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    items.iter().for_each(|item| self.mark(item, schema, name, used));
                }
            }
            _ => {}
        }
    }

    /// Whether a document could be of a branch: its JSON type, constants and required keys.
    fn fits(&self, value: &Value, branch: &'a Value) -> bool {
        let (branch, _) = self.resolve(branch, "");
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let typed = match &branch["type"] {
            Value::Null => true,
            Value::Array(wanted) => wanted.iter().any(|wanted| is_type(wanted, kind)),
            wanted => is_type(wanted, kind),
        };
        let required = branch["required"].as_array().is_none_or(|keys| {
            keys.iter().filter_map(Value::as_str).all(|key| value.get(key).is_some())
        });
        let constants = branch["properties"].as_object().is_none_or(|properties| {
            properties.iter().all(|(key, property)| match (property.get("const"), value.get(key)) {
                (Some(wanted), Some(found)) => wanted == found,
                _ => true,
            })
        });
        typed && required && constants
    }
}

fn is_type(wanted: &Value, kind: &str) -> bool {
    wanted == kind || (kind == "number" && wanted == "integer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_meaning() {
        let silent: Vec<&str> = LANGUAGE
            .features()
            .iter()
            .filter(|feature| feature.meaning.is_empty())
            .map(|feature| feature.id.as_str())
            .collect();
        assert!(silent.is_empty(), "{silent:?}");
        assert!(LANGUAGE.choice("Authentication", "basic").is_some());
        assert!(LANGUAGE.choice("Method", "GET").is_some());
    }

    #[test]
    fn what_a_document_says_is_marked() {
        let document = serde_json::json!({"title": "Get Page", "retry": "safe", "rules": [{"exactlyOneOf": ["a", "b"]}], "renamedFrom": ["x"]});
        let used = LANGUAGE.used("action", &document);
        let ids: Vec<&str> = used.iter().map(|id| LANGUAGE.features()[*id].id.as_str()).collect();
        for id in ["Retry=safe", "Rule.exactlyOneOf", "action.renamedFrom"] {
            assert!(ids.contains(&id), "{id} is missing in {ids:?}");
        }
    }
}
