//! The descriptor of an action.

use actionspec_model as model;
use indexmap::IndexMap;
use serde_json::Value;

use super::integration::error_case;
use crate::catalog::{Action, Example, Integration, Output, Paging, Permissions, Schema};

/// The file of an action: its descriptor, and an example of the response body.
#[must_use]
pub fn action_file<'a>(
    integration: &Integration,
    action: &'a Action,
) -> model::ActionFile<model::Action, &'a Value> {
    let example = match &action.output.example {
        Example::Given { value, .. } => Some(value),
        Example::None(_) => None,
    };
    model::ActionFile { action: self::action(integration, action), example }
}

/// What a client must know of an action.
#[must_use]
pub fn action(integration: &Integration, action: &Action) -> model::Action {
    model::Action {
        id: action.id.clone(),
        title: action.title.clone(),
        description: action.description.clone(),
        documentation: action.documentation.clone(),
        permissions: permissions(&action.permissions),
        scopes: action.scopes.clone(),
        effect: action.effect,
        retry: action.retry.clone(),
        parameters: action.parameters.iter().map(|parameter| parameter.sent.clone()).collect(),
        rules: action.rules.clone(),
        steps: action.steps.clone(),
        output: output(&action.output),
        paging: match &action.paging {
            Paging::Paged(pagination) => Some(pagination.clone()),
            Paging::NotAList | Paging::None(_) => None,
        },
        errors: errors(integration, action),
        timeout_seconds: action.timeout_seconds,
        deprecated: action.deprecated.clone(),
    }
}

fn permissions(permissions: &Permissions) -> Vec<String> {
    let Permissions::All(permissions) = permissions else { return Vec::new() };
    permissions.iter().map(|permission| permission.name.clone()).collect()
}

fn output(output: &Output) -> model::Output {
    let schema = if output.kind.is_structured() {
        let description = output.description.clone().or(output.schema.description.clone());
        Schema { description, ..output.schema.clone() }
    } else {
        Schema::ANY
    };
    model::Output {
        kind: output.kind,
        at: output.at.clone(),
        media_type: output.media_type.clone(),
        item_element: output.item_element.clone(),
        headers: output.headers.clone(),
        statuses: output.statuses.clone(),
        schema,
    }
}

/// What holds for the whole integration is said there, once.
fn errors(integration: &Integration, action: &Action) -> IndexMap<String, model::ErrorCase> {
    let own =
        action.errors.iter().filter(|(on, case)| integration.errors.cases.get(*on) != Some(case));
    own.map(|(on, case)| (on.clone(), error_case(case))).collect()
}
