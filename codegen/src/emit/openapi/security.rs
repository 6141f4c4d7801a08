//! Security Scheme and Security Requirement Objects.
//!
//! An authentication scheme is one security scheme, or one per key if it has several; a requirement names them all. What OpenAPI cannot
//! say, signing and logging in above all, stands whole in the document's `x-actionspec-authentication`, which each scheme points to.

use serde_json::{Map, Value, json};

use super::server::{filled, server_of};
use super::{component, object};
use crate::catalog::{Action, Integration};
use crate::scheme::{self, Security};
use crate::spec::Authentication;

/// Every scheme, by the name of its component.
pub(super) fn schemes(integration: &Integration) -> Map<String, Value> {
    integration
        .authentication
        .iter()
        .flat_map(|(name, scheme)| of_scheme(integration, name, scheme))
        .collect()
}

/// The schemes that an action accepts, each with the scopes that it needs.
pub(super) fn requirements(integration: &Integration, action: Option<&Action>) -> Vec<Value> {
    let requirement = |(name, scheme): (&String, &Authentication)| {
        let scopes = action.and_then(|action| action.scopes.get(name)).cloned().unwrap_or_default();
        let schemes = of_scheme(integration, name, scheme).into_iter().enumerate();
        let names: Map<String, Value> = schemes
            .map(|(index, (scheme, _))| {
                (scheme, if index == 0 { json!(scopes) } else { json!([]) })
            })
            .collect();
        Value::Object(names)
    };
    integration.authentication.iter().map(requirement).collect()
}

/// The security schemes of an authentication scheme, by name.
fn of_scheme(
    integration: &Integration,
    name: &str,
    scheme: &Authentication,
) -> Vec<(String, Value)> {
    let server = server_of(integration, Some(scheme));
    let address = |url: &str| {
        let base = server.filter(|_| url.starts_with('/')).map_or("", |server| server.url.as_str());
        filled(integration, &format!("{base}{url}"))
    };
    let schemes = match scheme::of(scheme).security(&address) {
        Security::One(form) => vec![(name.to_owned(), form)],
        Security::Keys(mut keys) if keys.len() == 1 => {
            keys.drain(..).map(|(_, form)| (name.to_owned(), form)).collect()
        }
        Security::Keys(keys) => {
            keys.into_iter().map(|(key, form)| (format!("{name}.{key}"), form)).collect()
        }
    };
    let finish = |(id, value): (String, Value)| {
        let mut fields = object(value);
        fields.insert("description".to_owned(), json!(description(scheme)));
        fields.insert("x-actionspec-authentication".to_owned(), json!(name));
        (component(&id), Value::Object(fields))
    };
    schemes.into_iter().map(finish).collect()
}

/// The title, when to choose the scheme, and how to get the credentials.
fn description(scheme: &Authentication) -> String {
    let facts = scheme.facts();
    let mut parts = vec![format!("**{}**", facts.title.trim())];
    parts.extend(facts.description.map(|text| text.trim().to_owned()));
    let steps: Vec<String> = facts
        .setup
        .iter()
        .enumerate()
        .map(|(index, step)| format!("{}. {}", index + 1, step.trim().replace('\n', "\n   ")))
        .collect();
    if !steps.is_empty() {
        parts.push(steps.join("\n"));
    }
    parts.join("\n\n")
}
