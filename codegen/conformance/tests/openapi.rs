//! Generated OpenAPI documents: valid to validators that had no part in making them, whole, and true to their own examples.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use actionspec_codegen::catalog::{Catalog, Integration, TriggerKind};
use actionspec_codegen::spec::{Method, OutputKind};
use openapi_spec_validator_rs::{ErrorMode, Options, Outcome, validate};
use rayon::prelude::*;
use serde_json::{Value, json};
use support::{Project, openapi, operations, projects};

/// Every error of a document, by the official schema of OpenAPI 3.1, that of its schemas, and the rules that no schema can say.
fn errors(document: &Value) -> Vec<String> {
    let options = Options { errors: ErrorMode::All, retriever: None, ..Options::default() };
    match validate(document, &options) {
        Outcome::Valid => Vec::new(),
        Outcome::Invalid(errors) => {
            errors.iter().map(|error| format!("{}: {}", error.kind, error.message)).collect()
        }
        other @ Outcome::Error(_) => vec![format!("{other:?}")],
    }
}

/// Every integration that has a document, by id. Loaded once for all tests.
static DOCUMENTS: LazyLock<Vec<(String, Integration, Value)>> = LazyLock::new(|| {
    let of = |project: Project| {
        let Catalog { info, integrations } = project.catalog();
        let with_document = |integration: Integration| {
            let document = openapi(&info, &integration)?;
            Some((integration.id.clone(), integration, document))
        };
        integrations.into_iter().filter_map(with_document).collect::<Vec<_>>()
    };
    projects().into_iter().flat_map(of).collect()
});

/// The document of the integration that uses every feature.
fn chaos() -> Value {
    let is_chaos = |(id, _, _): &&(String, Integration, Value)| id == "chaos";
    DOCUMENTS.iter().find(is_chaos).unwrap().2.clone()
}

#[test]
fn every_document_is_valid() {
    let documents = &*DOCUMENTS;
    assert!(documents.len() >= 17, "only {} documents", documents.len());
    let failures: Vec<String> = documents
        .par_iter()
        .flat_map(|(id, _, document)| {
            errors(document).into_iter().map(|error| format!("{id}: {error}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(failures.is_empty(), "{failures:#?}");
    // None of them passes unread: whatever is wrong at the end of it is found.
    for (id, _, document) in documents {
        let mut document = document.clone();
        let last = document["paths"].as_object_mut().unwrap().values_mut().last().unwrap();
        last.as_object_mut()
            .unwrap()
            .values_mut()
            .for_each(|operation| operation["responses"]["2XX"]["description"] = json!(1));
        assert!(!errors(&document).is_empty(), "{id}");
    }
}

/// A validator that accepts everything proves nothing: each of these must be found.
#[test]
fn what_breaks_a_document_is_found() {
    let good = chaos();
    let broken: [(&str, &str, Value); 9] = [
        ("an unknown field", "/paths/~1things/post/operationID", json!("x")),
        ("a parameter without a place", "/paths/~1things/post/parameters/0/in", json!("body")),
        (
            "a path parameter that is no part of the path",
            "/paths/~1things/post/parameters/0",
            json!({"name": "x", "in": "path", "required": true, "schema": {}}),
        ),
        ("an operation id twice", "/paths/~1things/post/operationId", json!("ping")),
        (
            "a style that a place has not",
            "/paths/~1things~1{thing}/delete/parameters/0/style",
            json!("deepObject"),
        ),
        ("a schema that is none", "/components/schemas/Node/type", json!("text")),
        ("a scheme of no kind", "/components/securitySchemes/basic/type", json!("password")),
        ("a response without description", "/paths/~1things/post/responses/2XX", json!({})),
        (
            "a reference to nothing",
            "/paths/~1things/post/responses/400/$ref",
            json!("#/components/responses/Nothing"),
        ),
    ];
    assert_eq!(errors(&good), Vec::<String>::new());
    for (what, pointer, value) in broken {
        let mut document = good.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
            other => panic!("{other}"),
        }
        assert!(!errors(&document).is_empty(), "{what} passes");
    }
}

/// Every reference of the document leads to something in it, and every component is referred to.
#[test]
fn references_resolve_and_no_component_is_idle() {
    for (id, _, document) in &*DOCUMENTS {
        let mut used = BTreeSet::new();
        collect(document, &mut used);
        for reference in &used {
            let pointer =
                reference.strip_prefix('#').unwrap_or_else(|| panic!("{id}: {reference}"));
            assert!(document.pointer(pointer).is_some(), "{id}: {reference} leads nowhere");
        }
        for folder in ["schemas", "headers"] {
            for name in document["components"][folder]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name)
            {
                assert!(
                    used.contains(&format!("#/components/{folder}/{name}")),
                    "{id}: nothing uses {folder}/{name}"
                );
            }
        }
    }
}

/// References of a document. Examples and constants are data: what looks like a reference there is none.
fn collect(value: &Value, used: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match (key.as_str(), field) {
                    ("$ref", Value::String(reference)) => drop(used.insert(reference.clone())),
                    ("example" | "examples" | "default" | "const" | "enum", _) => {}
                    _ => collect(field, used),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, used)),
        _ => {}
    }
}

/// Every example of a parameter or JSON body fits the schema that stands beside it.
#[test]
fn examples_fit_their_schemas() {
    let checked: Vec<(usize, Vec<String>)> =
        DOCUMENTS.par_iter().map(|(id, _, document)| misfits(id, document)).collect();
    let count: usize = checked.iter().map(|(count, _)| count).sum();
    let failures: Vec<&String> = checked.iter().flat_map(|(_, failures)| failures).collect();
    assert!(count > 1000, "only {count} examples");
    assert!(failures.is_empty(), "{} of {count}: {failures:#?}", failures.len());
}

/// How many examples a document has, and what is wrong with them. All are checked as the items of one array, whose schemas share the
/// document's components.
fn misfits(id: &str, document: &Value) -> (usize, Vec<String>) {
    let mut names = Vec::new();
    let (mut schemas, mut examples) = (Vec::new(), Vec::new());
    for (_, _, operation) in operations(document) {
        let bodies = [&operation["requestBody"], &operation["responses"]["2XX"]];
        let contents =
            bodies.into_iter().flat_map(|body| body["content"].as_object().into_iter().flatten());
        let contents = contents
            .filter(|(media_type, _)| media_type.contains("json"))
            .map(|(_, content)| content);
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for content in contents.chain(parameters) {
            if let (Some(schema), Some(example)) = (content.get("schema"), content.get("example")) {
                names.push(operation["operationId"].as_str().unwrap());
                schemas.push(schema);
                examples.push(example.clone());
            }
        }
    }
    let schema = json!({"components": {"schemas": document["components"]["schemas"]}, "prefixItems": schemas});
    let validator =
        jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{id}: {error}"));
    let examples = Value::Array(examples);
    let failure = |error: jsonschema::ValidationError| {
        let place = error.instance_path().to_string();
        let index = place
            .split('/')
            .nth(1)
            .and_then(|index| index.parse::<usize>().ok())
            .unwrap_or_default();
        format!("{id}.{}: {error} at {place}", names[index])
    };
    (names.len(), validator.iter_errors(&examples).map(failure).collect())
}

/// Actions are operations, webhooks are webhooks, and what an action returns is told.
#[test]
fn nothing_of_an_integration_is_left_out() {
    for (id, integration, document) in &*DOCUMENTS {
        let operations = operations(document);
        let mut ids: Vec<&str> = operations
            .iter()
            .map(|(_, _, operation)| operation["operationId"].as_str().unwrap())
            .collect();
        ids.sort_unstable();
        let actions: Vec<&str> =
            integration.actions.iter().map(|action| action.id.as_str()).collect();
        assert_eq!(ids, actions, "{id}");
        for action in &integration.actions {
            let (path, method, operation) = operations
                .iter()
                .find(|(_, _, operation)| operation["operationId"] == json!(action.id))
                .unwrap();
            let sent = operation["x-actionspec-path"].as_str().unwrap_or(path);
            let steps = action.steps.iter().filter(|step| {
                step.http().is_some_and(|http| {
                    shape(&http.path) == shape(sent)
                        && http.method.as_str().eq_ignore_ascii_case(method)
                })
            });
            assert!(steps.count() > 0, "{id}.{}: {method} {path}", action.id);
            let others = operation["x-actionspec-steps"].as_array().map_or(0, Vec::len);
            assert_eq!(others + 1, action.steps.len(), "{id}.{}", action.id);
            let last = action.steps.last().unwrap();
            let returns = !matches!(action.output.kind, OutputKind::Empty | OutputKind::Headers)
                && last.http().is_none_or(|http| http.method != Method::Head)
                && last.path().starts_with('/');
            let content = operation["responses"]["2XX"]["content"].as_object();
            assert_eq!(
                content.is_some_and(|content| !content.is_empty()),
                returns,
                "{id}.{}",
                action.id
            );
            for status in
                action.errors.keys().map(|key| &key[..3]).filter(|status| !status.starts_with('2'))
            {
                assert!(
                    operation["responses"].get(status).is_some(),
                    "{id}.{}: {status}",
                    action.id
                );
            }
            assert_eq!(
                operation["deprecated"] == json!(true),
                action.deprecated.is_some(),
                "{id}.{}",
                action.id
            );
        }
        let webhooks: Vec<&String> =
            document["webhooks"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
        let triggers = integration
            .triggers
            .iter()
            .filter(|trigger| matches!(trigger.on, TriggerKind::Webhook { .. }));
        assert_eq!(webhooks, triggers.map(|trigger| &trigger.id).collect::<Vec<_>>(), "{id}");
    }
}

/// OpenAPI has one operation for a path and method; templates that differ in names alone are one path.
#[test]
fn actions_of_one_path_and_method_are_told_apart_by_a_fragment() {
    let document = chaos();
    let first = &document["paths"]["/things/{thing}"]["delete"];
    assert_eq!(
        (&first["operationId"], &first["x-actionspec-alternatives"]),
        (&json!("delete_thing"), &json!(["purge_thing"]))
    );
    let other = &document["paths"]["/things/{thing}#purge_thing"]["delete"];
    assert_eq!(
        (&other["operationId"], &other["x-actionspec-path"]),
        (&json!("purge_thing"), &json!("/things/{thing}"))
    );
    let name = &other["parameters"][0];
    assert_eq!(
        (&name["name"], &name["x-actionspec-key"], &name["in"]),
        (&json!("thing"), &json!("id"), &json!("path"))
    );
    let constant = &other["parameters"][1];
    assert_eq!(
        (&constant["name"], &constant["schema"]["const"]),
        (&json!("forever"), &json!("true"))
    );
    assert!(document["info"]["description"].as_str().unwrap().contains("A fragment is never sent"));
}

/// A path template without its names.
fn shape(path: &str) -> String {
    let mut inside = false;
    path.chars()
        .filter(|c| {
            let was = inside;
            inside = (inside || *c == '{') && *c != '}';
            !was || *c == '}'
        })
        .collect()
}
