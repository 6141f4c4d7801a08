//! Server Objects, and addresses with their variables filled.

use serde_json::{Map, Value, json};

use super::{object, some};
use crate::catalog::{Integration, Server};
use crate::spec::{Authentication, ServerVariable};

/// A server, its variables filled by default with what the spec shows of them.
pub(super) fn server(server: &Server) -> Value {
    let variables: Map<String, Value> = server
        .variables
        .iter()
        .map(|(name, variable)| (name.clone(), self::variable(variable)))
        .collect();
    Value::Object(object(json!({
        "url": server.url,
        "description": server.description,
        "variables": some(json!(variables)),
        "x-actionspec-name": server.name,
    })))
}

fn variable(variable: &ServerVariable) -> Value {
    let values: Vec<&String> = variable.values.keys().collect();
    Value::Object(object(json!({
        "default": shown(variable),
        "enum": some(json!(values)),
        "description": variable.description,
        "x-actionspec-title": variable.title,
        "x-actionspec-values": some(json!(variable.values)),
        "x-actionspec-pattern": variable.pattern,
        // OpenAPI wants a default of every variable; this one is only an example.
        "x-actionspec-required": variable.default.is_none().then_some(true),
    })))
}

/// The default of a variable, or something of its form.
fn shown(variable: &ServerVariable) -> &str {
    let allowed =
        |value: &&String| variable.values.is_empty() || variable.values.contains_key(*value);
    let stated = variable.default.iter().chain(&variable.example).find(allowed);
    stated.or_else(|| variable.values.keys().next()).map_or("example", String::as_str)
}

/// The server of an authentication scheme.
pub(super) fn server_of<'a>(
    integration: &'a Integration,
    scheme: Option<&Authentication>,
) -> Option<&'a Server> {
    let wanted = scheme.and_then(|scheme| scheme.facts().server);
    integration
        .servers
        .iter()
        .find(|server| Some(server.name.as_str()) == wanted)
        .or(integration.servers.first())
}

/// An address with the variables of the servers filled, as OpenAPI has none outside servers.
pub(super) fn filled(integration: &Integration, url: &str) -> String {
    let variables = integration.servers.iter().flat_map(|server| &server.variables);
    variables.fold(url.to_owned(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), shown(variable))
    })
}
