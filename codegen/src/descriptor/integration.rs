//! The descriptor of an integration.

use actionspec_model as model;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::catalog::{Integration, Trigger};
use crate::emit::json_schema;
use crate::emit::rust::parameter_schemas;

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
        types: Some(raw(&json_schema::types(integration))),
        schemas: parameter_schemas(integration).as_ref().map(raw),
    }
}

/// The envelope without its example; of a failure that has a remedy, meaning and remedy are one text.
fn envelope(errors: &model::ErrorEnvelope) -> model::ErrorEnvelope {
    let cases = errors.cases.iter().map(|(on, case)| {
        let case = if case.is_retryable() {
            let (description, retryable) = (case.text(), true);
            model::ErrorCase::Detailed { description, remedy: None, retryable }
        } else {
            model::ErrorCase::Description(case.text())
        };
        (on.clone(), case)
    });
    model::ErrorEnvelope { example: None, cases: cases.collect(), ..errors.clone() }
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
