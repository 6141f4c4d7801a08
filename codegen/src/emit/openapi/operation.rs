//! Operation Objects: an action, and the requests that come before and after the one that stands in the document.

use serde_json::{Map, Value, json};

use super::paths::Placed;
use super::response::Usual;
use super::{body, deprecation, object, parameter, response, security, server, some, text};
use crate::catalog::{Action, Integration, Paging};
use crate::emit::catalog_json::{permissions, without_nulls};
use crate::spec::Retry;

/// The operation of an action.
pub(super) fn operation(integration: &Integration, placed: &Placed, usual: &Usual) -> Value {
    let Placed { action, step, .. } = *placed;
    let mut out = fields! {
        "operationId": action.id.as_str(),
        "tags": action.group.as_deref().map(|group| vec![group]),
        "summary": action.title.as_str(),
        "description": description(action, step),
        "externalDocs": json!({ "url": action.documentation }),
        "deprecated": action.deprecated.is_some().then_some(true),
        "parameters": some(parameter::parameters(integration, action, step, &placed.renamed)),
    };
    out.extend(body::body(integration, placed, step).map(|body| ("requestBody".to_owned(), body)));
    out.insert(
        "responses".to_owned(),
        Value::Object(response::responses(integration, action, step, usual)),
    );
    // The document's own requirements are those without scopes.
    let requirements = security::requirements(integration, Some(action));
    if requirements != security::requirements(integration, None) {
        out.insert("security".to_owned(), json!(requirements));
    }
    out.extend(servers(integration, action, step).map(|servers| ("servers".to_owned(), servers)));
    out.extend(extensions(integration, placed));
    Value::Object(out)
}

/// The server that the request goes to, where that is not the usual one.
fn servers(integration: &Integration, action: &Action, step: usize) -> Option<Value> {
    let name = action.steps[step].server.as_ref()?;
    let server = integration.servers.iter().find(|server| server.name == *name)?;
    Some(json!([server::server(server)]))
}

/// The description with all that has no place of its own in OpenAPI: notes, rules, steps, why it is deprecated.
fn description(action: &Action, step: usize) -> String {
    let mut parts = vec![action.description.trim().to_owned()];
    if action.steps.len() > 1 {
        parts.push(format!(
            "The action takes {} requests; this is number {}. `x-actionspec-steps` holds the others.",
            action.steps.len(),
            step + 1
        ));
    }
    parts.extend(
        action
            .deprecated
            .as_ref()
            .map(|deprecated| format!("**Deprecated:** {}", deprecated.reason.trim())),
    );
    parts.extend(text::notes(&action.notes));
    let rules: Vec<String> =
        action.rules.iter().map(|rule| format!("- {}", rule.sentence)).collect();
    if !rules.is_empty() {
        parts.push(format!("**Rules**\n\n{}", rules.join("\n")));
    }
    parts.join("\n\n")
}

/// What OpenAPI has no word for.
fn extensions(integration: &Integration, placed: &Placed) -> Map<String, Value> {
    let Placed { action, step, .. } = *placed;
    let paging = match &action.paging {
        Paging::Paged(pagination) => without_nulls(json!(pagination)),
        Paging::None(why) => json!({ "none": why }),
        Paging::NotAList => Value::Null,
    };
    let retry = match &action.retry {
        Retry::Safe => json!("safe"),
        other => json!(other),
    };
    let rules: Vec<Value> = action.rules.iter().map(|rule| json!(rule.rule)).collect();
    let result = response::has_schema(action.output.kind)
        .then_some(&action.output.at)
        .filter(|at| !at.is_empty());
    let others: Vec<Value> = (0..action.steps.len())
        .filter(|index| *index != step)
        .map(|index| request(integration, placed, index))
        .collect();
    fields! {
        "x-actionspec-path": (placed.key != placed.path).then_some(placed.path.as_str()),
        "x-actionspec-alternatives": some(json!(placed.alternatives)),
        "x-actionspec-steps": some(others),
        "x-actionspec-capture": some(json!(action.steps[step].capture)),
        "x-actionspec-poll": without_nulls(json!(action.steps[step].poll)),
        "x-actionspec-effect": json!(action.effect),
        "x-actionspec-retry": retry,
        "x-actionspec-permissions": some(without_nulls(permissions(&action.permissions))),
        "x-actionspec-pagination": paging,
        "x-actionspec-result": result.map(String::as_str),
        "x-actionspec-rules": some(rules),
        "x-actionspec-timeout-seconds": crate::json_schema::number(action.timeout_seconds),
        "x-actionspec-links": some(json!(action.links)),
        "x-actionspec-renamed-from": some(json!(action.renamed_from)),
        "x-actionspec-deprecated": deprecation(action.deprecated.as_ref()),
    }
}

/// Another request of the action, with all that travels in it.
fn request(integration: &Integration, placed: &Placed, index: usize) -> Value {
    let action = placed.action;
    let step = &action.steps[index];
    let http = step.http();
    let mut out = fields! {
        "step": step.name.as_str(),
        "number": index + 1,
        "method": http.map(|http| http.method.as_str()),
        "path": step.path(),
        "servers": servers(integration, action, index),
        "parameters": some(parameter::parameters(integration, action, index, &indexmap::IndexMap::new())),
    };
    out.extend(body::body(integration, placed, index).map(|body| ("requestBody".to_owned(), body)));
    out.extend(object(
        json!({ "capture": some(json!(step.capture)), "poll": without_nulls(json!(step.poll)) }),
    ));
    Value::Object(out)
}
