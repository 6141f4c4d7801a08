//! Holding a request against the spec.

use actionspec_codegen::catalog::infer::Types;
use actionspec_codegen::catalog::{Parameter, Schema, Type};
use actionspec_codegen::spec::{BodyKind, Location};
use actionspec_model::validate::{self, Mode};
use actionspec_runtime::xml;
use serde_json::Value;

use crate::paging;
use crate::read::{self, Body, Incoming};
use crate::routes::Route;
use crate::scheme;

/// Whether the constants of a step are in the request. They distinguish actions that share method and path.
pub(crate) fn constants_agree(route: &Route<'_>, incoming: &Incoming) -> bool {
    let http = route.http;
    let fixed = |text: &String| !text.contains('{');
    let query =
        http.query.iter().filter(|(_, text)| fixed(text)).all(|(name, text)| {
            incoming.query.iter().any(|(key, value)| key == name && value == text)
        });
    let headers = http.headers.iter().filter(|(_, text)| fixed(text)).all(|(name, text)| {
        incoming.headers.get(name.as_str()).is_some_and(|value| value.as_bytes() == text.as_bytes())
    });
    let body = http
        .constants
        .iter()
        .filter(|(_, value)| !value.as_str().is_some_and(|text| text.contains('{')))
        .all(|(pointer, value)| {
            match &incoming.body {
                // In XML all is text, and namespaces are not read.
                Body::Json(_)
                    if http.body == Some(BodyKind::Xml) && pointer.contains("/@xmlns") =>
                {
                    true
                }
                Body::Json(body) if http.body == Some(BodyKind::Xml) => {
                    body.pointer(pointer) == Some(&Value::String(text_of(value)))
                }
                Body::Json(body) if http.graphql.is_some() => {
                    body.pointer(&format!("/variables{pointer}")) == Some(value)
                }
                Body::Json(body) => body.pointer(pointer) == Some(value),
                Body::Fields(fields, _) => {
                    let name = pointer.trim_start_matches('/');
                    fields.iter().any(|(key, text)| key == name && text_of(value) == *text)
                }
                _ => false,
            }
        });
    let document = http.graphql.as_ref().is_none_or(|document| {
        matches!(&incoming.body, Body::Json(body) if body.get("query").and_then(Value::as_str).map(str::trim) == Some(document.trim()))
    });
    query && headers && body && document
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is wrong with a request, one sentence each.
pub(crate) fn problems(
    route: &Route<'_>,
    path: &[(String, String)],
    incoming: &Incoming,
) -> Vec<String> {
    let http = route.http;
    let mut problems = Vec::new();
    if let Some(checksum) =
        http.checksum.as_ref().filter(|checksum| !incoming.headers.contains_key(&checksum.header))
    {
        problems
            .push(format!("the header `{}` with a hash of the body is missing", checksum.header));
    }
    if let Body::Broken(reason) = &incoming.body {
        problems.push(reason.clone());
    }
    if http.body.is_none() && !matches!(incoming.body, Body::Empty) {
        problems.push("this request carries no body".to_owned());
    }
    let types: Types = route.integration.types.iter().map(|def| (def.name.as_str(), def)).collect();
    for parameter in &route.action.parameters {
        let carried = match parameter.location {
            Location::Path => http.path.contains(&format!("{{{}}}", parameter.key)),
            _ => parameter.step == route.index,
        };
        if carried {
            let value =
                read::value(&opened(parameter, &types), http.body, path, incoming).map(|value| {
                    match (parameter.location, http.body) {
                        (Location::Body, Some(BodyKind::Xml)) => {
                            let mut value = value;
                            xml::shape(&mut value, &parameter.schema, route.integration);
                            value
                        }
                        (Location::Body, Some(BodyKind::Json)) => value,
                        _ => retyped(value, &parameter.schema, &types),
                    }
                });
            problems.extend(check_parameter(parameter, value, &types));
        }
    }
    problems.extend(unknown_query(route, incoming));
    problems
}

/// A parameter with named types resolved, those of its items included.
fn opened(parameter: &Parameter, types: &Types<'_>) -> Parameter {
    let open = |schema: &Schema| {
        let mut schema = schema;
        for _ in 0..types.len() {
            let Type::Named(name) = &schema.ty else { break };
            let Some(def) = types.get(name.as_str()) else { break };
            schema = &def.schema;
        }
        schema.clone()
    };
    let mut schema = open(&parameter.schema);
    if let Type::Array(items) = &mut schema.ty {
        **items = open(items);
    }
    let mut opened = parameter.clone();
    opened.schema = schema;
    opened
}

/// A text that fits as the JSON that it reads as, where it does not fit as text: what is of several types comes as text.
fn retyped(value: Value, schema: &Schema, types: &Types<'_>) -> Value {
    let fits = |value: &Value| validate::check(value, schema, types, Mode::Strict).is_empty();
    if fits(&value) {
        return value;
    }
    let read = |value: &Value| {
        value
            .as_str()
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_else(|| value.clone())
    };
    let other = match &value {
        Value::Array(items) => items.iter().map(read).collect(),
        value => read(value),
    };
    if fits(&other) { other } else { value }
}

fn check_parameter(parameter: &Parameter, value: Option<Value>, types: &Types<'_>) -> Vec<String> {
    let name = &parameter.key;
    match value {
        None if parameter.schema.required => {
            vec![format!("the required parameter `{name}` is missing")]
        }
        None => Vec::new(),
        Some(_) if parameter.schema.ty == Type::File => Vec::new(),
        Some(value) => validate::check(&value, &parameter.schema, types, Mode::Strict)
            .into_iter()
            .map(|misfit| {
                format!(
                    "the parameter `{name}{}` does not fit: {}",
                    misfit.pointer(),
                    misfit.message
                )
            })
            .collect(),
    }
}

fn unknown_query(route: &Route<'_>, incoming: &Incoming) -> Vec<String> {
    let mut known: Vec<&str> = scheme::query(route.integration).chain([paging::SECOND]).collect();
    known.extend(route.http.query.keys().map(String::as_str));
    known.extend(
        route
            .action
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Query)
            .map(|parameter| parameter.wire_name.as_str()),
    );
    incoming
        .query
        .iter()
        .map(|(name, _)| name.split('[').next().unwrap_or(name))
        .filter(|name| !known.contains(name))
        .map(|name| format!("unknown query parameter `{name}`"))
        .collect()
}
