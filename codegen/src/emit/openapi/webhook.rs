//! Webhooks: triggers that the vendor calls.

use serde_json::{Map, Value, json};

use super::{deprecation, object, response, some, text};
use crate::catalog::{Integration, Trigger, TriggerKind};
use crate::emit::catalog_json::{permissions, without_nulls};
use crate::spec::{Signature, WebhookTrigger};

/// The webhooks, by the id of the trigger.
pub(super) fn webhooks(integration: &Integration) -> Map<String, Value> {
    let webhook = |trigger: &Trigger| match &trigger.on {
        TriggerKind::Webhook(WebhookTrigger { events, setup, signature }) => {
            Some((trigger.id.clone(), json!({ "post": call(trigger, events, setup, signature) })))
        }
        TriggerKind::Polling(_) => None,
    };
    integration.triggers.iter().filter_map(webhook).collect()
}

fn call(trigger: &Trigger, events: &[String], setup: &[String], signature: &Signature) -> Value {
    let mut parts = vec![trigger.description.trim().to_owned()];
    parts.extend(
        trigger
            .deprecated
            .as_ref()
            .map(|deprecated| format!("**Deprecated:** {}", deprecated.reason.trim())),
    );
    parts.extend(text::notes(&trigger.notes));
    let mut media_type = object(json!({ "schema": response::present(&trigger.schema) }));
    media_type.insert("example".to_owned(), trigger.event.clone());
    Value::Object(object(json!({
        // Actions have no dot in their ids.
        "operationId": format!("webhook.{}", trigger.id),
        "summary": trigger.title,
        "description": parts.join("\n\n"),
        "externalDocs": { "url": trigger.documentation },
        "deprecated": trigger.deprecated.is_some().then_some(true),
        "parameters": some(json!(parameters(signature))),
        "requestBody": { "required": true, "content": { "application/json": media_type } },
        "responses": { "2XX": { "description": "The event has arrived." } },
        // The vendor calls; it has no credentials of the API's users.
        "security": [],
        "x-actionspec-events": events,
        "x-actionspec-setup": some(json!(setup)),
        "x-actionspec-signature": without_nulls(json!(signature)),
        "x-actionspec-permissions": some(without_nulls(permissions(&trigger.permissions))),
        "x-actionspec-deprecated": deprecation(trigger.deprecated.as_ref()),
    })))
}

/// The headers that prove where a call comes from.
fn parameters(signature: &Signature) -> Vec<Value> {
    let Signature::Hmac { header, timestamp_header, .. } = signature else { return Vec::new() };
    let one = |name: &String, description: &str| json!({ "name": name, "in": "header", "description": description, "required": true, "schema": { "type": "string" } });
    let time = timestamp_header
        .iter()
        .map(|name| one(name, "The time of the call, which is signed together with the body."));
    std::iter::once(one(
        header,
        "The signature of the call; `x-actionspec-signature` describes how it is made.",
    ))
    .chain(time)
    .collect()
}
