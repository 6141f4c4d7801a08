//! An action as a whole, its rules, errors and pages.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::object::{Object, one};
use super::{parameter, request};
use crate::catalog::{Action, Example, Integration, Paging, Permissions, ResolvedRule};
use crate::emit::json_schema;
use crate::emit::rust::{descriptors, docs};
use crate::spec::{Condition, Retry, Rule};

/// Everything that is known of an action, in one file. What other pages show too, schemas and example, takes a line each: rustc reads every
/// byte.
pub(in crate::emit::rust) fn action(integration: &Integration, action: &Action) -> String {
    let mut text = format!(
        "{{\n\"action\": {:#},\n\"parameters\": {}",
        Value::from(descriptor(integration, action)),
        json_schema::arguments(action)
    );
    if let Some(output) = json_schema::result(action) {
        text.push_str(&format!(",\n\"output\": {output}"));
    }
    if let Example::Given { value, .. } = &action.output.example {
        text.push_str(&format!(",\n\"example\": {value}"));
    }
    text + "\n}\n"
}

fn descriptor(integration: &Integration, action: &Action) -> Object {
    let last = action.steps.len().saturating_sub(1);
    let steps = action
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| request::step(step, (index == last).then_some(&action.output)));
    // What holds for the whole integration stands there, once.
    let errors = action
        .errors
        .iter()
        .filter(|(status, case)| integration.errors.cases.get(*status) != Some(case));
    let errors = errors.map(|(status, case)| {
        Object::default()
            .with("on", status.as_str())
            .with("meaning", case.text())
            .flag("retryable", case.is_retryable())
    });
    Object::default()
        .with("title", action.title.as_str())
        .text("description", &action.description)
        .text("documentation", &action.documentation)
        .list("permissions", permissions(&action.permissions))
        .entries("scopes", action.scopes.iter().map(|(way, scopes)| (way, scopes.clone())))
        .with("effect", json!(action.effect))
        .with("retry", retry(&action.retry))
        .list(
            "parameters",
            action.parameters.iter().map(|item| parameter::parameter(integration, item)),
        )
        .list("rules", action.rules.iter().flat_map(rule))
        .list("steps", steps)
        .with("output", request::output(action))
        .maybe("paging", paging(&action.paging))
        .list("errors", errors)
        .with("timeout_ms", descriptors::milliseconds(action.timeout_seconds))
        .maybe("deprecated", action.deprecated.as_ref().map(docs::note))
}

fn permissions(permissions: &Permissions) -> Vec<String> {
    let Permissions::All(permissions) = permissions else { return Vec::new() };
    let permissions = permissions.iter().map(|permission| match &permission.when {
        Some(when) => format!("{} (when {when})", permission.name),
        None => permission.name.clone(),
    });
    permissions.collect()
}

fn retry(retry: &Retry) -> Value {
    match retry {
        Retry::Safe => "safe".into(),
        Retry::Unsafe(_) => "unsafe".into(),
        Retry::IdempotencyKey(header) => one("idempotency_key", header.as_str()),
        Retry::IdempotencyParameter(key) => one("idempotency_parameter", key.as_str()),
    }
}

/// A rule of the spec is one rule for each of its keys.
fn rule(rule: &ResolvedRule) -> Vec<Object> {
    let kind = |kind: &str| Object::default().with("kind", kind);
    let listed = |name: &str, keys: &Vec<String>| vec![kind(name).list("keys", keys.clone())];
    let each = |name: &str, map: &IndexMap<String, Vec<String>>| {
        let rules = map
            .iter()
            .map(|(key, others)| kind(name).with("key", key.as_str()).list("keys", others.clone()));
        rules.collect::<Vec<_>>()
    };
    let rules = match &rule.rule {
        Rule::ExactlyOneOf(keys) => listed("exactly_one_of", keys),
        Rule::AtLeastOneOf(keys) => listed("at_least_one_of", keys),
        Rule::AtMostOneOf(keys) => listed("at_most_one_of", keys),
        Rule::AllOrNone(keys) => listed("all_or_none", keys),
        Rule::Requires(map) => each("requires", map),
        Rule::Conflicts(map) => each("conflicts", map),
        Rule::RequiredIf(condition) => vec![conditional(kind("required_if"), condition)],
        Rule::AllowedIf(condition) => vec![conditional(kind("allowed_if"), condition)],
    };
    rules.into_iter().map(|one| one.with("sentence", rule.sentence.as_str())).collect()
}

fn conditional(rule: Object, condition: &Condition) -> Object {
    let when = condition.when.iter().map(|(key, value)| {
        let values = match value {
            Value::Array(values) => values.clone(),
            value => vec![value.clone()],
        };
        Object::default().with("parameter", key.as_str()).list("values", values)
    });
    rule.list("keys", condition.parameters.clone()).list("when", when)
}

/// The pagination as the author declared it: the client reads the same type.
fn paging(paging: &Paging) -> Option<Value> {
    match paging {
        Paging::Paged(pagination) => Some(json!(pagination)),
        Paging::NotAList | Paging::None(_) => None,
    }
}
