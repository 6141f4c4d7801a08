//! References between the files of one integration, checked when all of them are resolved.

use actionspec_model::validate::{self, Mode};
use std::collections::{BTreeMap, HashSet};

use actionspec_model::paging::Cursor;
use serde_json::Value;

use super::context::Context;
use crate::catalog::names;
use crate::catalog::{Action, Example, Paging, Parameter, Trigger, TriggerKind, Type};
use crate::diagnostics::{Code, Diagnostic};
use crate::load::IntegrationSources;
use crate::report::{Report, join};
use crate::spec::{Deprecation, Effect, Pagination, PollingTrigger};

/// Checks every reference from one action or trigger to another.
pub(super) fn check(
    actions: &[Action],
    triggers: &[Trigger],
    context: &Context,
) -> Vec<Diagnostic> {
    let by_id: BTreeMap<&str, &Action> =
        actions.iter().map(|action| (action.id.as_str(), action)).collect();
    let mut findings = Vec::new();
    let mut former_ids = HashSet::new();
    for action in actions {
        let Some(loaded) = context.sources.actions.get(&action.id) else { continue };
        let mut report = Report::new(&loaded.tree);
        for parameter in &action.parameters {
            check_parameter(parameter, action, &by_id, context, &mut report);
        }
        check_continuation(action, &by_id, context, &mut report);
        check_replacement(
            action.deprecated.as_ref(),
            "/deprecated",
            "action",
            &|| known_actions(context),
            &mut report,
        );
        for (index, former) in action.renamed_from.iter().enumerate() {
            if !names::is_id(former) {
                report
                    .error(
                        Code::BadId,
                        &join("/renamedFrom", index),
                        format!("`{former}` was never the id of an action"),
                    )
                    .help("write the former id: lower-case words with underscores");
            }
            if !former_ids.insert(former.clone()) {
                report
                    .error(
                        Code::SelfReference,
                        &join("/renamedFrom", index),
                        format!("`{former}` is the former id of two actions, or named twice"),
                    )
                    .help("remove one of them: a former id leads to one action");
            }
            if by_id.contains_key(former.as_str()) {
                report.error(
                    Code::SelfReference,
                    &join("/renamedFrom", index),
                    format!("`{former}` is the id of another action"),
                );
            }
        }
        findings.extend(report.into_findings());
    }
    for trigger in triggers {
        let Some(loaded) = context.sources.triggers.get(&trigger.id) else { continue };
        let mut report = Report::new(&loaded.tree);
        check_trigger(trigger, &by_id, context, &mut report);
        findings.extend(report.into_findings());
    }
    findings
}

fn known_actions(context: &Context) -> Vec<String> {
    let IntegrationSources { actions, broken, .. } = context.sources;
    actions.keys().chain(broken).cloned().collect()
}

/// The action of that id; a finding if there is none, nothing if its file is broken.
fn find<'a>(
    id: &str,
    pointer: &str,
    by_id: &BTreeMap<&str, &'a Action>,
    context: &Context,
    report: &mut Report,
) -> Option<&'a Action> {
    let found = by_id.get(id).copied();
    if found.is_none() && !context.sources.broken.iter().any(|broken| broken == id) {
        report.unknown(pointer, "action", id, by_id.keys().copied());
    }
    found
}

/// An action whose later pages another one returns: that one can be called with what this one was given.
fn check_continuation(
    action: &Action,
    by_id: &BTreeMap<&str, &Action>,
    context: &Context,
    report: &mut Report,
) {
    let Paging::Paged(Pagination::Cursor(Cursor { items, cursor, action: Some(id), .. })) =
        &action.paging
    else {
        return;
    };
    let Some(next) = find(id, "/pagination/action", by_id, context, report) else { return };
    match &next.paging {
        Paging::Paged(Pagination::Cursor(Cursor {
            action: None,
            items: theirs,
            cursor: own,
            ..
        })) if theirs == items && own == cursor => {}
        _ => {
            report
                .error(
                    Code::UnknownReference,
                    "/pagination",
                    format!(
                        "`{id}` does not page by the cursor `{cursor}` with its items at \
                        `{items}`"
                    ),
                )
                .help(
                    "the action that goes on must be paged by a cursor of the same name, \
                    over the same items",
                );
        }
    }
    let missing = next
        .parameters
        .iter()
        .filter(|parameter| parameter.schema.required && parameter.key != *cursor);
    for parameter in
        missing.filter(|wanted| !action.parameters.iter().any(|own| own.key == wanted.key))
    {
        report
            .error(
                Code::UnknownReference,
                "/pagination",
                format!("`{id}` requires `{}`, which this action does not have", parameter.key),
            )
            .help("add a parameter with the same name to both actions");
    }
}

fn check_parameter(
    parameter: &Parameter,
    action: &Action,
    by_id: &BTreeMap<&str, &Action>,
    context: &Context,
    report: &mut Report,
) {
    let pointer = join("/parameters", &parameter.key);
    check_replacement(
        parameter.schema.deprecated.as_ref(),
        &join(&pointer, "deprecated"),
        "parameter",
        &|| action.parameters.iter().map(|other| other.key.clone()).collect(),
        report,
    );
    let (values, at) = match &parameter.schema.ty {
        Type::Array(items) => (&items.values, format!("{pointer}/items/enum")),
        _ => (&parameter.schema.values, join(&pointer, "enum")),
    };
    for value in values {
        let Some(name) = value.value.as_str() else { continue };
        check_replacement(
            value.deprecated.as_ref(),
            &join(&join(&at, name), "deprecated"),
            "value",
            &|| values.iter().filter_map(|other| other.value.as_str().map(str::to_owned)).collect(),
            report,
        );
        let result = match &action.output.example {
            Example::Given { value, .. } => value.pointer(&action.output.at),
            Example::None(_) => None,
        };
        if let (Some(fills), Some(result)) = (&value.expands, result)
            && !exists(result, fills)
        {
            let place = join(&join(&at, name), "expands");
            report
                .error(Code::BadPointer, &place, format!("the example has no field at `{fills}`"))
                .help("correct the pointer, or show the field in the example");
        }
    }
    if let Some(from) = &parameter.values_from {
        let place = join(&pointer, "valuesFrom");
        let Some(source) = find(&from.action, &join(&place, "action"), by_id, context, report)
        else {
            return;
        };
        let Example::Given { value, .. } = &source.output.example else { return };
        for (key, path) in [("value", Some(&from.value)), ("label", from.label.as_ref())] {
            if let Some(path) = path
                && !exists(value, path)
            {
                report.error(
                    Code::BadPointer,
                    &join(&place, key),
                    format!("the example of `{}` has nothing at `{path}`", source.id),
                );
            }
        }
    }
}

fn check_replacement(
    deprecated: Option<&Deprecation>,
    pointer: &str,
    what: &str,
    known: &dyn Fn() -> Vec<String>,
    report: &mut Report,
) {
    // The names are collected where one is looked up: there may be as many as there are values to check.
    if let Some(replacement) = deprecated.and_then(|deprecated| deprecated.replaced_by.as_ref())
        && let known = known()
        && !known.contains(replacement)
    {
        report.unknown(
            &join(pointer, "replacedBy"),
            what,
            replacement,
            known.iter().map(String::as_str),
        );
    }
}

/// Whether a pointer, in which `*` stands for any item or property, leads anywhere.
fn exists(value: &Value, pointer: &str) -> bool {
    let Some(rest) = pointer.strip_prefix('/') else { return pointer.is_empty() };
    let (segment, rest) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let segment = crate::pointer::unescape(segment);
    match value {
        Value::Array(items) if segment == "*" => items.iter().any(|item| exists(item, rest)),
        Value::Object(fields) if segment == "*" => fields.values().any(|field| exists(field, rest)),
        Value::Array(items) => segment
            .parse::<usize>()
            .ok()
            .and_then(|index| items.get(index))
            .is_some_and(|item| exists(item, rest)),
        Value::Object(fields) => fields.get(&segment).is_some_and(|field| exists(field, rest)),
        _ => false,
    }
}

fn check_trigger(
    trigger: &Trigger,
    by_id: &BTreeMap<&str, &Action>,
    context: &Context,
    report: &mut Report,
) {
    let TriggerKind::Polling(polling) = &trigger.on else { return };
    let PollingTrigger { action, arguments, parameters, items, .. } = polling;
    let Some(action) = find(action, "/on/polling/action", by_id, context, report) else { return };
    if action.effect != Effect::Read {
        report.error(
            Code::BadTrigger,
            "/on/polling/action",
            format!("`{}` is not read-only, so it cannot be polled", action.id),
        );
    }
    let keys = || action.parameters.iter().map(|parameter| parameter.key.as_str());
    for (key, value) in arguments {
        let at = join("/on/polling/arguments", key);
        match action.parameters.iter().find(|parameter| parameter.key == *key) {
            None => report.unknown_key(&at, "parameter", key, keys()),
            Some(_)
                if value
                    .as_str()
                    .is_some_and(|text| text.contains("{since}") || text.contains("{now}")) => {}
            Some(parameter) => {
                for misfit in
                    validate::check(value, &parameter.schema, context.declared, Mode::Strict)
                {
                    report.error(
                        Code::BadTrigger,
                        &at,
                        format!("invalid value for `{}`: {}", parameter.key, misfit.message),
                    );
                }
            }
        }
    }
    for (index, key) in parameters.iter().enumerate() {
        if !keys().any(|known| known == key) {
            report.unknown(&join("/on/polling/parameters", index), "parameter", key, keys());
        }
    }
    let given: HashSet<&str> = arguments.keys().chain(parameters).map(String::as_str).collect();
    for parameter in action
        .parameters
        .iter()
        .filter(|parameter| parameter.schema.required && parameter.schema.default.is_none())
    {
        if !given.contains(parameter.key.as_str()) {
            report
                .error_at_key(
                    Code::BadTrigger,
                    "/on/polling",
                    format!(
                        "`{}` requires `{}`, which the trigger does not set",
                        action.id, parameter.key
                    ),
                )
                .help("add it to `arguments`, or to `parameters` for the user to set");
        }
    }
    if let Example::Given { value, .. } = &action.output.example
        && !value.pointer(items).is_some_and(Value::is_array)
    {
        report.error(
            Code::BadTrigger,
            "/on/polling/items",
            format!("the example of `{}` has no array at `{items}`", action.id),
        );
    }
}
