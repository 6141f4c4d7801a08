//! The root of a document.

use actionspec_model::json_schema::reach;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::paths::Placed;
use super::{
    RECEIVED, SENT, deprecation, object, operation, paths, response, security, server, some, text,
    webhook,
};
use crate::catalog::{Info, Integration, Protocol, Schema, TriggerKind, Type};
use crate::emit::EmitError;
use crate::emit::catalog_json::without_nulls;
use crate::json_schema;

/// The version of OpenAPI.
const OPENAPI: &str = "3.1.1";

/// The document; `None` if nothing that the integration does is a request or a webhook of HTTP.
pub(super) fn document(
    about: &Info,
    integration: &Integration,
) -> Result<Option<Value>, EmitError> {
    if integration.protocol() != Protocol::Http {
        return Ok(None);
    }
    let placed = paths::place(integration)?;
    let webhooks = webhook::webhooks(integration);
    if placed.is_empty() && webhooks.is_empty() {
        return Ok(None);
    }
    let document = fields! {
        "openapi": OPENAPI,
        "info": info(about, integration, &placed),
        "externalDocs": json!({ "url": integration.documentation }),
        "servers": servers(integration),
        "security": security::requirements(integration, None),
        "tags": some(tags(integration)),
        "paths": paths(integration, &placed),
        "webhooks": some(webhooks),
        "components": some(components(integration, &placed)),
        "x-actionspec-integration": integration.id.as_str(),
        "x-actionspec-vendor": integration.vendor.as_str(),
        "x-actionspec-category": integration.category.as_str(),
        "x-actionspec-authentication": some(without_nulls(json!(integration.authentication))),
        "x-actionspec-connection-test": integration.connection_test.as_deref(),
        "x-actionspec-rate-limit": without_nulls(json!(integration.rate_limit)),
        "x-actionspec-retry-policy": without_nulls(json!(integration.retry)),
        "x-actionspec-error-envelope": some(error_envelope(integration)),
        "x-actionspec-links": some(json!(integration.links)),
        "x-actionspec-deprecated": deprecation(integration.deprecated.as_ref()),
    };
    Ok(Some(Value::Object(document)))
}

fn info(about: &Info, integration: &Integration, placed: &[Placed]) -> Value {
    json!({
        "title": integration.title,
        "summary": integration.summary,
        "description": description(integration, placed),
        "version": integration.api_version.as_ref().unwrap_or(&about.package.version),
    })
}

/// What the integration is, and how this document says what OpenAPI cannot.
fn description(integration: &Integration, placed: &[Placed]) -> String {
    let mut parts = vec![integration.description.trim().to_owned()];
    parts.extend(
        integration
            .deprecated
            .as_ref()
            .map(|deprecated| format!("**Deprecated:** {}", deprecated.reason.trim())),
    );
    parts.extend(text::notes(&integration.notes));
    parts.push("**Extensions.** Keys that begin with `x-actionspec-` say what OpenAPI has no word for. A tool that does not know them may ignore them.".to_owned());
    if placed.iter().any(|one| one.key != one.path) {
        parts.push(
            "**Shared paths.** OpenAPI has one operation for each path and method. Where several actions share them, the first one has the path, \
             and each other one the path with its own id as fragment (`/path#action`). A fragment is never sent: take it off before a query is \
             added, or read the path in `x-actionspec-path`."
                .to_owned(),
        );
    }
    if placed.iter().any(|one| one.action.steps.len() > 1) {
        parts.push(
            "**Actions of several requests.** Such an action is the operation of its last request on a path of its own; `x-actionspec-steps` \
             holds its other requests, in order, with their parameters and bodies, and what each answer gives to those after it."
                .to_owned(),
        );
    }
    parts.join("\n\n")
}

/// Where the error envelope holds what. The example is in its schema.
fn error_envelope(integration: &Integration) -> Value {
    let errors = &integration.errors;
    let success =
        errors.success.as_ref().map(|check| json!({ "at": check.at, "equals": check.equals }));
    Value::Object(object(json!({
        "message": some(json!(errors.message)),
        "code": some(json!(errors.code)),
        "requestIdHeader": errors.request_id_header,
        "success": success,
    })))
}

/// The servers that any action may be called on: not those that serve single requests alone.
fn servers(integration: &Integration) -> Vec<Value> {
    let chosen = |name: &str| {
        integration.authentication.values().any(|scheme| scheme.facts().server == Some(name))
    };
    let single = |name: &str| {
        integration
            .actions
            .iter()
            .flat_map(|action| &action.steps)
            .any(|step| step.server.as_deref() == Some(name))
    };
    let general = integration
        .servers
        .iter()
        .enumerate()
        .filter(|(index, one)| *index == 0 || chosen(&one.name) || !single(&one.name));
    general.map(|(_, one)| server::server(one)).collect()
}

fn tags(integration: &Integration) -> Value {
    integration
        .groups
        .iter()
        .map(|(id, title)| json!({ "name": id, "description": title, "x-displayName": title }))
        .collect()
}

fn paths(integration: &Integration, placed: &[Placed]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let usual = response::Usual::new(integration);
    for one in placed {
        let method = one.http.method.as_str().to_ascii_lowercase();
        if let Value::Object(methods) = paths.entry(one.key.clone()).or_insert_with(|| json!({})) {
            methods.insert(method, operation::operation(integration, one, &usual));
        }
    }
    Value::Object(paths)
}

fn components(integration: &Integration, placed: &[Placed]) -> Value {
    Value::Object(fields! {
        "schemas": some(schemas(integration, placed)),
        "responses": some(response::Usual::new(integration).components()),
        "headers": some(response::headers(integration)),
        "securitySchemes": some(security::schemes(integration)),
    })
}

/// The named types that something in the document reaches: as they are received, and as they are sent.
fn schemas(integration: &Integration, placed: &[Placed]) -> Value {
    let mut received = BTreeSet::new();
    let mut sent = BTreeSet::new();
    let mut tagged = BTreeSet::new();
    let webhooks =
        integration.triggers.iter().filter(|trigger| matches!(trigger.on, TriggerKind::Webhook(_)));
    webhooks.for_each(|trigger| reach(&trigger.schema, integration, &mut received));
    for one in placed {
        let output = &one.action.output;
        if response::has_schema(output.kind) && one.step + 1 == one.action.steps.len() {
            reach(&output.schema, integration, &mut received);
            if output.kind == crate::spec::OutputKind::Xml {
                reach(inner(integration, &output.schema), integration, &mut tagged);
            }
        }
        one.action
            .parameters
            .iter()
            .for_each(|parameter| reach(&parameter.schema, integration, &mut sent));
    }
    let mut schemas = json_schema::definitions(integration, &received, RECEIVED);
    if let (Value::Object(schemas), Value::Object(more)) =
        (&mut schemas, json_schema::definitions(integration, &sent, SENT))
    {
        for def in integration.types.iter().filter(|def| !def.schema.nullable) {
            schemas.get_mut(&def.name).into_iter().for_each(response::never_null);
        }
        for name in &tagged {
            if let Some(schema) = schemas.get_mut(name) {
                *schema = super::xml::annotated(schema);
            }
        }
        schemas.extend(more);
        schemas.extend(
            response::envelope(integration)
                .map(|envelope| (response::ENVELOPE.to_owned(), envelope)),
        );
    }
    schemas
}

/// The type that a result is, where it is no name.
fn inner<'a>(integration: &'a Integration, schema: &'a Schema) -> &'a Schema {
    if matches!(schema.ty, Type::Named(_)) {
        schema
    } else {
        super::parameter::resolved(integration, schema)
    }
}
