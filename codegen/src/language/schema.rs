//! The schema of each kind of spec file, derived from the types in `spec`: structural checks, editors and reference pages read it.

use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value, json};

use crate::spec::{ActionSpec, CatalogSpec, IntegrationSpec, TriggerSpec};

/// The schema of each kind of spec file, by the kind's name.
#[must_use]
pub fn kinds() -> [(&'static str, Value); 4] {
    [
        ("catalog", schema::<CatalogSpec>("The catalogue")),
        ("integration", schema::<IntegrationSpec>("An integration")),
        ("action", schema::<ActionSpec>("An action")),
        ("trigger", schema::<TriggerSpec>("A trigger")),
    ]
}

fn schema<T: JsonSchema>(title: &str) -> Value {
    let mut schema = schema_for!(T).to_value();
    let definitions = schema.get("$defs").cloned().unwrap_or(Value::Null);
    finish(&mut schema, &definitions);
    drop_unused(&mut schema);
    schema["title"] = json!(title);
    schema
}

/// Removes the definitions that only merged variants referred to.
fn drop_unused(schema: &mut Value) {
    let text = schema.to_string();
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        definitions.retain(|name, _| text.contains(&format!("\"#/$defs/{name}\"")));
    }
}

/// Closes every object, merges keys next to a reference, and joins the lines of descriptions.
fn finish(schema: &mut Value, definitions: &Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(|item| finish(item, definitions)),
        Value::Object(fields) => {
            merge_reference(fields, definitions);
            describe(fields);
            if fields.get("properties").is_some_and(Value::is_object)
                && !fields.contains_key("additionalProperties")
            {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            for (key, field) in fields.iter_mut() {
                // Under `properties` and `$defs` keys are names, so a property called `default` is a schema.
                match (key.as_str(), &mut *field) {
                    ("properties" | "$defs", Value::Object(named)) => {
                        named.values_mut().for_each(|schema| finish(schema, definitions));
                    }
                    ("default" | "const" | "enum" | "examples", _) => {}
                    _ => finish(field, definitions),
                }
            }
        }
        _ => {}
    }
}

/// A variant with a tag is a reference beside the tag's property: a closed schema has to hold both.
fn merge_reference(fields: &mut Map<String, Value>, definitions: &Value) {
    let Some(name) = fields
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.strip_prefix("#/$defs/"))
    else {
        return;
    };
    if !fields.contains_key("properties") {
        return;
    }
    let target = definitions.get(name).cloned().unwrap_or(Value::Null);
    fields.remove("$ref");
    for key in ["properties", "required"] {
        match (fields.get_mut(key), target.get(key)) {
            (Some(Value::Object(own)), Some(Value::Object(other))) => own.extend(other.clone()),
            (Some(Value::Array(own)), Some(Value::Array(other))) => own.extend(other.clone()),
            (None, Some(other)) => {
                fields.insert(key.to_owned(), other.clone());
            }
            _ => {}
        }
    }
}

fn describe(fields: &mut Map<String, Value>) {
    let Some(text) = fields.get("description").and_then(Value::as_str) else { return };
    let joined = text
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n");
    fields.insert("markdownDescription".to_owned(), json!(joined));
    fields.insert("description".to_owned(), json!(joined));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validator(kind: &str) -> jsonschema::Validator {
        let (_, schema) = kinds().into_iter().find(|(name, _)| *name == kind).expect("a kind");
        jsonschema::validator_for(&schema).expect("a schema")
    }

    fn yaml(text: &str) -> Value {
        serde_yaml::from_str(text).expect("YAML")
    }

    const ACTION: &str = "
title: Get Theme
description: Returns a theme.
permissions: {none: Whoever may use the site may see its themes.}
documentation: https://docs.example.com/themes
request: GET /themes/{key}
parameters:
  key: {type: string, description: The key., minLength: 1}
rules: [{atMostOneOf: [key, other]}]
output: {example: {key: a}, verified: composed}
retry: {unsafe: It counts.}
source: https://docs.example.com/themes
";

    #[test]
    fn an_action_is_valid_until_a_key_is_misspelt() {
        let validator = validator("action");
        assert!(
            validator.is_valid(&yaml(ACTION)),
            "{:?}",
            validator.iter_errors(&yaml(ACTION)).map(|e| e.to_string()).collect::<Vec<_>>()
        );
        for (right, wrong) in [
            ("title:", "titel:"),
            ("minLength", "minLenght"),
            ("atMostOneOf", "atMostOnOf"),
            ("GET /", "get /"),
            ("verified", "verifyed"),
        ] {
            assert!(!validator.is_valid(&yaml(&ACTION.replace(right, wrong))), "{wrong}");
        }
    }

    #[test]
    fn tagged_variants_are_closed_and_complete() {
        let validator = validator("integration");
        let text = "
spec: 1
title: T
vendor: V
description: D.
category: c
documentation: https://docs.example.com
servers: {main: {url: 'https://api.example.com'}}
authentication:
  basic: {kind: basic, title: Basic, username: {title: User}, password: {title: Password}}
";
        assert!(
            validator.is_valid(&yaml(text)),
            "{:?}",
            validator.iter_errors(&yaml(text)).map(|e| e.to_string()).collect::<Vec<_>>()
        );
        assert!(!validator.is_valid(&yaml(&text.replace("username", "user"))));
        assert!(!validator.is_valid(&yaml(&text.replace("kind: basic", "kind: basics"))));
    }
}
