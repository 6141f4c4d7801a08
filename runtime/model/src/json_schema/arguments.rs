//! The JSON Schema of an action's arguments: an object with a property for each parameter.

use serde_json::{Map, Value, json};

use super::{ARGUMENTS, Writer, convert};
use crate::parameter::Parameter;
use crate::rule::{Condition, Rule};

/// The schema of the arguments of an action: its title, its description, its parameters and the rules across them. Named types are
/// `#/$defs/Name-Input`.
#[must_use]
pub fn arguments<'a>(
    title: &str,
    description: &str,
    parameters: impl IntoIterator<Item = &'a Parameter>,
    rules: impl IntoIterator<Item = &'a Rule>,
) -> Value {
    let parameters: Vec<&Parameter> = parameters.into_iter().collect();
    let properties: Map<String, Value> = parameters
        .iter()
        .map(|parameter| (parameter.key.clone(), argument(parameter, ARGUMENTS)))
        .collect();
    let required: Vec<&str> = parameters
        .iter()
        .filter(|parameter| parameter.is_required())
        .map(|parameter| parameter.key.as_str())
        .collect();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(title));
    schema.insert("description".to_owned(), json!(description));
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    let rules: Vec<Value> =
        rules.into_iter().flat_map(|rule| rule_schemas(rule, &parameters)).collect();
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(rules));
    }
    Value::Object(schema)
}

/// The schema of a parameter's value.
#[must_use]
pub fn argument(parameter: &Parameter, writer: Writer) -> Value {
    let mut schema = convert(&parameter.schema, writer);
    if let Value::Object(fields) = &mut schema {
        fields.shift_insert(0, "title".to_owned(), json!(parameter.title));
    }
    schema
}

fn has(name: &str) -> Value {
    json!({ "required": [name] })
}

fn rule_schemas(rule: &Rule, parameters: &[&Parameter]) -> Vec<Value> {
    let each = |names: &[String]| -> Vec<Value> { names.iter().map(|name| has(name)).collect() };
    match rule {
        Rule::ExactlyOneOf(names) => vec![json!({ "oneOf": each(names) })],
        Rule::AtLeastOneOf(names) => vec![json!({ "anyOf": each(names) })],
        Rule::AtMostOneOf(names) => names
            .iter()
            .enumerate()
            .flat_map(|(index, a)| {
                names[index + 1..].iter().map(move |b| json!({ "not": { "required": [a, b] } }))
            })
            .collect(),
        Rule::AllOrNone(names) => {
            let demands: Map<String, Value> = names
                .iter()
                .map(|name| {
                    (
                        name.clone(),
                        names
                            .iter()
                            .filter(|other| *other != name)
                            .map(|other| json!(other))
                            .collect(),
                    )
                })
                .collect();
            vec![json!({ "dependentRequired": demands })]
        }
        Rule::Requires(map) => vec![json!({ "dependentRequired": map })],
        Rule::Conflicts(map) => map
            .iter()
            .flat_map(|(a, others)| {
                others.iter().map(move |b| json!({ "not": { "required": [a, b] } }))
            })
            .collect(),
        Rule::RequiredIf(condition) => {
            vec![
                json!({ "if": holds(condition, parameters), "then": { "required": condition.parameters } }),
            ]
        }
        Rule::AllowedIf(condition) => {
            vec![
                json!({ "if": { "anyOf": each(&condition.parameters) }, "then": holds(condition, parameters) }),
            ]
        }
    }
}

/// Every condition holds. A parameter that is not given has its default, if it has one.
fn holds(condition: &Condition, parameters: &[&Parameter]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, value) in &condition.when {
        let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let by_default = parameters
            .iter()
            .find(|parameter| parameter.key == *name)
            .and_then(|parameter| parameter.schema.default.as_ref())
            .is_some_and(|default| values.contains(default));
        if !by_default {
            required.push(name);
        }
        properties.insert(name.clone(), json!({ "enum": values }));
    }
    json!({ "properties": properties, "required": required })
}
