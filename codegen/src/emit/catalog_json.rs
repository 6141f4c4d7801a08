//! The catalogue as JSON, for machines: an index, and a file for each integration.

use std::collections::HashSet;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::{EmitError, Emitter, Output, Settings, docs};
use crate::catalog::{
    Action, ActionOutline, Example, Info, Integration, IntegrationOutline, Listing, Outline,
    Paging, Parameter, Permissions, Request, Step, Trigger, TriggerKind, TriggerOutline,
};
use crate::features;
use crate::json_schema;
use crate::spec::{ErrorCase, ExampleSource, PollingTrigger, WebhookTrigger};

/// The catalogue as JSON.
pub struct CatalogJson;

impl Emitter for CatalogJson {
    fn name(&self) -> &'static str {
        "catalog"
    }

    fn about(&self) -> &'static str {
        "the whole catalogue as JSON, for programs"
    }

    fn committed(&self) -> bool {
        false
    }

    fn integration(
        &self,
        _: &Info,
        integration: &Integration,
        settings: &Settings,
    ) -> Result<Vec<Output>, EmitError> {
        let path = format!("catalog/{}.json", integration.id);
        Ok(vec![file(path, &document(integration), settings)])
    }

    fn catalog(&self, outline: &Outline, settings: &Settings) -> Result<Vec<Output>, EmitError> {
        Ok(vec![file("catalog/index.json".to_owned(), &index(outline), settings)])
    }
}

/// A JSON file for programs.
pub(super) fn file(path: String, value: &Value, settings: &Settings) -> Output {
    Output::text(path, if settings.pretty { format!("{value:#}\n") } else { value.to_string() })
}

fn index(outline: &Outline) -> Value {
    let integrations: Vec<Value> = outline
        .integrations
        .par_iter()
        .map(|integration| {
            without_nulls(json!({
                "id": integration.id,
                "title": integration.title,
                "vendor": integration.vendor,
                "summary": integration.summary,
                "category": integration.category,
                "keywords": integration.keywords,
                "documentation": integration.documentation,
                "protocol": integration.protocol.scheme(),
                "authentication": integration.authentication,
                "authenticationKinds": authentication_kinds(integration),
                "groups": integration.groups,
                "deprecated": integration.deprecated,
                "page": format!("{}/README.md", integration.slug),
                "spec": integration.spec_path,
                "file": format!("{}.json", integration.id),
                "actions": integration.actions.iter().map(|action| head(integration, action)).collect::<Vec<_>>(),
                "triggers": integration.triggers.iter().map(|trigger| trigger_head(integration, trigger)).collect::<Vec<_>>(),
            }))
        })
        .collect();
    let mut index = without_nulls(json!({
        "title": outline.info.title,
        "description": outline.info.description,
        "categories": outline.info.categories,
        "report": report(outline),
    }));
    if let (Value::Object(fields), false) = (&mut index, integrations.is_empty()) {
        fields.insert("integrations".to_owned(), Value::Array(integrations));
    }
    index
}

/// The kinds of authentication schemes in words, each once, in the author's order.
fn authentication_kinds(integration: &IntegrationOutline) -> Vec<&'static str> {
    let mut kinds: Vec<&str> = integration
        .authentication
        .values()
        .map(|scheme| docs::scheme_kind(integration.protocol, scheme))
        .collect();
    let mut seen = HashSet::new();
    kinds.retain(|kind| seen.insert(*kind));
    kinds
}

fn head(integration: &IntegrationOutline, action: &ActionOutline) -> Value {
    json!({
        "name": format!("{}.{}", integration.id, action.id),
        "title": action.title,
        "summary": action.summary,
        "keywords": action.keywords,
        "effect": action.effect,
        "deprecated": action.deprecated.is_some().then_some(true),
        "group": action.group,
        "hasResult": action.has_result.then_some(true),
        "renamedFrom": action.renamed_from,
        "page": format!("{}/actions/{}.md", integration.slug, action.slug),
        "spec": action.spec_path,
    })
}

fn trigger_head(integration: &IntegrationOutline, trigger: &TriggerOutline) -> Value {
    json!({
        "name": format!("{}.{}", integration.id, trigger.id),
        "title": trigger.title,
        "summary": trigger.summary,
        "keywords": trigger.keywords,
        "kind": trigger.kind,
        "deprecated": trigger.deprecated.is_some().then_some(true),
        "page": format!("{}/triggers/{}.md", integration.slug, trigger.slug),
        "spec": trigger.spec_path,
    })
}

/// How much of the catalogue is said, and how well it is founded.
fn report(outline: &Outline) -> Value {
    let actions: Vec<&ActionOutline> =
        outline.integrations.iter().flat_map(|integration| &integration.actions).collect();
    let count = |test: &dyn Fn(&ActionOutline) -> bool| {
        actions.iter().filter(|action| test(action)).count()
    };
    let seen = |wanted: ExampleSource| count(&move |action| action.example == Some(wanted));
    json!({
        "actions": actions.len(),
        "triggers": outline.integrations.iter().map(|integration| integration.triggers.len()).sum::<usize>(),
        "types": outline.integrations.iter().map(|integration| integration.types).sum::<usize>(),
        "parameters": actions.iter().map(|action| action.parameters).sum::<usize>(),
        "severalRequests": count(&|action| action.requests > 1),
        "escapeHatches": features::escape_hatches(outline).actions,
        "permissionsNamed": count(&|action| action.needs_permission),
        "permissionsWaived": count(&|action| !action.needs_permission),
        "examplesLive": seen(ExampleSource::Live),
        "examplesDocumentation": seen(ExampleSource::Documentation),
        "examplesComposed": seen(ExampleSource::Composed),
        "examplesWaived": count(&|action| action.example.is_none()),
        "listsPaged": count(&|action| action.listing == Listing::Paged),
        "listsNotPaged": count(&|action| action.listing == Listing::Whole),
        "deprecated": count(&|action| action.deprecated.is_some()),
    })
}

fn document(integration: &Integration) -> Value {
    let value = json!({
        "id": integration.id,
        "title": integration.title,
        "vendor": integration.vendor,
        "description": integration.description,
        "category": integration.category,
        "keywords": integration.keywords,
        "documentation": integration.documentation,
        "apiVersion": integration.api_version,
        "servers": integration.servers.iter().map(|server| json!({
            "name": server.name, "url": server.url, "description": server.description, "variables": server.variables,
        })).collect::<Vec<_>>(),
        "authentication": integration.authentication,
        "connectionTest": integration.connection_test,
        "rateLimit": integration.rate_limit,
        "errors": errors(&integration.errors.cases),
        "deprecated": integration.deprecated,
        "changes": integration.changes,
    });
    let mut value = without_nulls(value);
    if let Value::Object(fields) = &mut value {
        // JSON Schemas and examples are data: a null or an empty schema in them means something.
        let actions: Vec<Value> =
            integration.actions.iter().map(|one| action(integration, one)).collect();
        let triggers: Vec<Value> =
            integration.triggers.iter().map(|one| trigger(integration, one)).collect();
        for (key, list) in [("actions", actions), ("triggers", triggers)] {
            if !list.is_empty() {
                fields.insert(key.to_owned(), Value::Array(list));
            }
        }
        fields.insert("$defs".to_owned(), json_schema::types(integration));
    }
    value
}

fn action(integration: &Integration, action: &Action) -> Value {
    // The cases that all actions share are in the integration, once.
    let is_own =
        |status: &str, case: &ErrorCase| integration.errors.cases.get(status) != Some(case);
    let mut own_errors = action.errors.clone();
    own_errors.retain(|status, case| is_own(status, case));
    let mut value = without_nulls(json!({
        "name": format!("{}.{}", integration.id, action.id),
        "title": action.title,
        "description": action.description,
        "group": action.group,
        "keywords": action.keywords,
        "effect": action.effect,
        "retry": action.retry,
        "requests": action.steps.iter().map(request).collect::<Vec<_>>(),
        "permissions": permissions(&action.permissions),
        "scopes": action.scopes,
        "documentation": action.documentation,
        "parameters": action.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "rules": action.rules.iter().map(|rule| &rule.sentence).collect::<Vec<_>>(),
        "output": {
            "kind": action.output.kind,
            "at": action.output.at,
            "mediaType": action.output.media_type,
            "statuses": action.output.statuses,
        },
        "pagination": match &action.paging {
            Paging::Paged(pagination) => json!(pagination),
            Paging::None(why) => json!({ "none": why }),
            Paging::NotAList => Value::Null,
        },
        "errors": errors(&own_errors),
        "deprecated": action.deprecated,
        "changes": action.changes,
        "renamedFrom": action.renamed_from,
        "source": action.source,
    }));
    if let Value::Object(fields) = &mut value {
        fields.insert("arguments".to_owned(), json_schema::arguments(action));
        if let Some(result) = json_schema::result(action) {
            fields.insert("result".to_owned(), result);
        }
        match &action.output.example {
            Example::Given { value, source } => {
                fields.insert("example".to_owned(), value.clone());
                fields.insert("exampleSource".to_owned(), json!(source));
            }
            Example::None(why) => {
                fields.insert("exampleWaived".to_owned(), json!(why));
            }
        }
    }
    value
}

fn request(step: &Step) -> Value {
    match &step.request {
        Request::Http(http) => {
            json!({ "method": http.method, "path": http.path, "server": step.server })
        }
        Request::Line(tcp) => json!({ "tcp": tcp, "server": step.server }),
        Request::Sql(sql) => json!({ "sql": sql, "server": step.server }),
    }
}

/// What the caller must be allowed to do, or why nothing is needed.
pub(super) fn permissions(permissions: &Permissions) -> Value {
    match permissions {
        Permissions::None(why) => json!({ "none": why }),
        Permissions::All(all) => {
            all.iter().map(|one| json!({ "name": one.name, "kind": one.kind, "when": one.when, "link": one.link })).collect()
        }
    }
}

fn parameter(parameter: &Parameter) -> Value {
    json!({
        "key": parameter.key,
        "wireName": parameter.wire_name,
        "title": parameter.title,
        "in": parameter.location,
        "sqlType": parameter.sql_type,
        "required": parameter.schema.required,
        "advanced": parameter.advanced.then_some(true),
        "valuesFrom": parameter.values_from,
        "deprecated": parameter.schema.deprecated,
    })
}

fn errors(cases: &indexmap::IndexMap<String, ErrorCase>) -> Value {
    let case = |(status, case): (&String, &ErrorCase)| {
        let value = match case {
            ErrorCase::Description(text) => json!({ "description": text }),
            detailed @ ErrorCase::Detailed { .. } => json!(detailed),
        };
        (status.clone(), value)
    };
    Value::Object(cases.iter().map(case).collect::<Map<_, _>>())
}

fn trigger(integration: &Integration, trigger: &Trigger) -> Value {
    let on = match &trigger.on {
        TriggerKind::Polling(polling) => {
            let PollingTrigger { action, arguments, parameters, items, id, time, .. } = polling;
            json!({
                "polling": {
                    "action": format!("{}.{action}", integration.id), "arguments": arguments, "parameters": parameters,
                    "items": items, "id": id, "time": time, "everySeconds": polling.every_seconds(),
                }
            })
        }
        TriggerKind::Webhook(WebhookTrigger { events, setup, signature }) => {
            json!({ "webhook": { "events": events, "setup": setup, "signature": signature } })
        }
    };
    let mut value = without_nulls(json!({
        "name": format!("{}.{}", integration.id, trigger.id),
        "title": trigger.title,
        "keywords": trigger.keywords,
        "description": trigger.description,
        "permissions": permissions(&trigger.permissions),
        "documentation": trigger.documentation,
        "on": on,
        "deprecated": trigger.deprecated,
        "changes": trigger.changes,
        "source": trigger.source,
    }));
    if let Value::Object(fields) = &mut value {
        fields.insert("schema".to_owned(), json_schema::event(trigger));
        fields.insert("event".to_owned(), trigger.event.clone());
        fields.insert("eventSource".to_owned(), json!(trigger.verified));
    }
    value
}

/// The value without fields that say nothing: `null`, and empty lists and maps.
pub(super) fn without_nulls(mut value: Value) -> Value {
    drop_nulls(&mut value);
    value
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(drop_nulls);
            fields.retain(|_, field| !says_nothing(field));
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
