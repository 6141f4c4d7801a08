//! JSON Schema (draft 2020-12) of arguments, results and events.
//!
//! Arguments are strict: whatever the validators refuse, the schema refuses. Results are lenient, as reading is: fields may be missing
//! or `null`, and others may stand beside them. The OpenAPI documents write their schemas here too.

use std::collections::BTreeSet;

use actionspec_model::json_schema::{ARGUMENTS, RESULTS, Writer, annotate, convert, reach};
use serde_json::{Value, json};

use crate::catalog::{Action, Integration, Trigger};

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
    let parameters = action.parameters.iter().map(|parameter| &**parameter);
    let rules = action.rules.iter().map(|stated| &stated.rule);
    actionspec_model::json_schema::arguments(&action.title, &action.summary, parameters, rules)
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
pub(crate) fn definitions(
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

/// A number as people write it: whole ones without a fraction.
pub(crate) fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than 2^53")]
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
}
