//! The descriptor of an integration.

use actionspec_model as model;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value, json};

use crate::catalog::{Integration, Schema, Trigger, TypeDef};
use crate::json_schema;

/// What holds for all actions of an integration.
#[must_use]
pub fn integration(integration: &Integration) -> model::Integration {
    model::Integration {
        id: integration.id.clone(),
        title: integration.title.clone(),
        vendor: integration.vendor.clone(),
        summary: integration.summary.clone(),
        documentation: integration.documentation.clone(),
        servers: integration.servers.clone(),
        authentication: integration.authentication.clone(),
        headers: integration.headers.clone(),
        errors: envelope(&integration.errors),
        retry: integration.retry.clone().unwrap_or_default(),
        rate_limit: integration.rate_limit.clone(),
        connection_test: integration.connection_test.clone(),
        triggers: integration.triggers.iter().map(trigger).collect(),
        deprecated: integration.deprecated.clone(),
        types: types(integration),
    }
}

/// The named types, by name; `None` if there is none.
fn types(integration: &Integration) -> Option<Box<RawValue>> {
    let written = |TypeDef { name, description, schema }: &TypeDef| {
        let description = description.clone().or(schema.description.clone());
        (name.clone(), json!(Schema { description, ..schema.clone() }))
    };
    let types: Map<String, Value> = integration.types.iter().map(written).collect();
    (!types.is_empty()).then(|| raw(&Value::Object(types)))
}

/// The envelope without its example.
fn envelope(errors: &model::ErrorEnvelope) -> model::ErrorEnvelope {
    let cases = errors.cases.iter().map(|(on, case)| (on.clone(), error_case(case)));
    model::ErrorEnvelope { example: None, cases: cases.collect(), ..errors.clone() }
}

/// An error case in one text: its meaning and, if there is one, the remedy.
pub(super) fn error_case(case: &model::ErrorCase) -> model::ErrorCase {
    if case.is_retryable() {
        model::ErrorCase::Detailed { description: case.text(), remedy: None, retryable: true }
    } else {
        model::ErrorCase::Description(case.text())
    }
}

fn trigger(trigger: &Trigger) -> model::Trigger {
    model::Trigger {
        id: trigger.id.clone(),
        title: trigger.title.clone(),
        description: trigger.description.clone(),
        documentation: trigger.documentation.clone(),
        on: trigger.on.clone(),
        event_schema: raw(&json_schema::event(trigger)),
        event: raw(&trigger.event),
        deprecated: trigger.deprecated.clone(),
    }
}

/// JSON as text. A `Value` always has one.
fn raw(value: &Value) -> Box<RawValue> {
    to_raw_value(value).unwrap_or_default()
}
