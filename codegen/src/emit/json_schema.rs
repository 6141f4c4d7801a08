//! JSON Schema (draft 2020-12) of arguments, results and events.
//!
//! Arguments are strict: whatever the validators refuse, the schema refuses. Results are lenient, as reading is: fields may be missing
//! or `null`, and others may stand beside them. The OpenAPI documents write their schemas here too.

use std::collections::BTreeSet;

use actionspec_model::json_schema::{ARGUMENTS, RESULTS, Writer, annotate, convert, reach};
use serde_json::{Map, Value, json};

use crate::catalog::{Action, Integration, Parameter, Trigger};
use crate::spec::{Condition, Rule};

/// The schema of an action's arguments, complete in itself.
#[must_use]
pub fn parameters(integration: &Integration, action: &Action) -> Value {
    let mut schema = arguments(action);
    let mut named = BTreeSet::new();
    for parameter in &action.parameters {
        reach(&parameter.schema, integration, &mut named);
    }
    if !named.is_empty() {
        annotate(&mut schema, "$defs", definitions(integration, &named, ARGUMENTS));
    }
    schema
}

/// The schema of an action's arguments: an object with a property for each parameter key. Named types are `#/$defs/Name-Input`, which [`types`]
/// defines once for all actions: types that lead to each other would be in every action's schema otherwise.
#[must_use]
pub fn arguments(action: &Action) -> Value {
    let mut properties = Map::new();
    for parameter in &action.parameters {
        properties.insert(parameter.key.clone(), argument(parameter, ARGUMENTS));
    }
    let required: Vec<&str> = action
        .parameters
        .iter()
        .filter(|parameter| parameter.schema.required && parameter.schema.default.is_none())
        .map(|parameter| parameter.key.as_str())
        .collect();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(action.title));
    schema.insert("description".to_owned(), json!(action.summary));
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    let rules: Vec<Value> =
        action.rules.iter().flat_map(|rule| rule_schemas(&rule.rule, &action.parameters)).collect();
    if !rules.is_empty() {
        schema.insert("allOf".to_owned(), Value::Array(rules));
    }
    Value::Object(schema)
}

/// The schema of an action's result, if that is JSON. Named types are `#/$defs/Name`, which [`types`] defines.
#[must_use]
pub fn result(action: &Action) -> Option<Value> {
    action.output.kind.is_structured().then(|| {
        let mut schema = convert(&action.output.schema, RESULTS);
        if let Some(description) = &action.output.description {
            annotate(&mut schema, "description", json!(description));
        }
        schema
    })
}

/// The schema of every named type of an integration as it is received, by name; and, as `Name-Input`, of those that are sent.
#[must_use]
pub fn types(integration: &Integration) -> Value {
    let all = integration.types.iter().map(|def| def.name.clone()).collect();
    let mut sent = BTreeSet::new();
    for parameter in integration.actions.iter().flat_map(|action| &action.parameters) {
        reach(&parameter.schema, integration, &mut sent);
    }
    let mut types = definitions(integration, &all, RESULTS);
    if let (Value::Object(types), Value::Object(more)) =
        (&mut types, definitions(integration, &sent, ARGUMENTS))
    {
        types.extend(more);
    }
    types
}

/// The schema of a trigger's event. Named types are `#/$defs/Name`, which [`types`] defines.
#[must_use]
pub fn event(trigger: &Trigger) -> Value {
    convert(&trigger.schema, RESULTS)
}

/// The named types, by the names under which the writer refers to them.
pub(super) fn definitions(
    integration: &Integration,
    names: &BTreeSet<String>,
    writer: Writer,
) -> Value {
    let defs = integration.types.iter().filter(|def| names.contains(&def.name)).map(|def| {
        let mut schema = convert(&def.schema, writer);
        if let Some(description) = &def.description {
            annotate(&mut schema, "description", json!(description));
        }
        (writer.name(&def.name), schema)
    });
    Value::Object(defs.collect())
}

/// The schema of a parameter's value.
pub(super) fn argument(parameter: &Parameter, writer: Writer) -> Value {
    let mut schema = convert(&parameter.schema, writer);
    if let Value::Object(fields) = &mut schema {
        fields.shift_insert(0, "title".to_owned(), json!(parameter.title));
    }
    schema
}

/// A number as people write it: whole ones without a fraction.
pub(super) fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than 2^53")]
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
}

fn has(name: &str) -> Value {
    json!({ "required": [name] })
}

fn rule_schemas(rule: &Rule, parameters: &[Parameter]) -> Vec<Value> {
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
fn holds(condition: &Condition, parameters: &[Parameter]) -> Value {
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
