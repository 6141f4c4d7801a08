//! What the generator writes of actions, as the client reads it: every descriptor is readable, every example is one that the client accepts,
//! and the schemas that the client derives are those of the generator.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::fs;

use actionspec_codegen::catalog::{self, Breadth, Catalog, example_arguments};
use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::json_schema;
use actionspec_codegen::pipeline;
use actionspec_runtime::descriptor::{Action, Integration};
use serde_json::{Map, Value, json};
use support::{descriptors, projects};

/// Every action of both catalogues: as the generator knows it, and as the client does.
fn each(mut check: impl FnMut(&catalog::Integration, &catalog::Action, &'static Action)) {
    let mut count = 0;
    for project in projects() {
        let Catalog { integrations, .. } = project.catalog();
        for integration in &integrations {
            let read = descriptors(&project, integration);
            read.check().unwrap();
            for action in &integration.actions {
                check(integration, action, read.action(&action.id).unwrap());
                count += 1;
            }
        }
    }
    assert!(count > 800, "both catalogues were read, not {count} actions");
}

#[test]
fn every_example_is_one_that_the_client_accepts() {
    let mut refused = Vec::new();
    each(|integration, spec, action| {
        for breadth in [Breadth::Few, Breadth::All] {
            let arguments: Map<String, Value> =
                example_arguments(integration, spec, breadth).into_iter().collect();
            if let Err(violations) = action.validate(&Value::Object(arguments)) {
                refused.push(format!("{}: {violations}", action.name()));
            }
        }
        let stated = |parameter: &catalog::Parameter| {
            let schema = &parameter.schema;
            let defaults = [&schema.default, &schema.vendor_default];
            let values = schema.values.iter().map(|one| one.value.clone());
            let stated = defaults.into_iter().chain([&schema.example]).flatten().cloned();
            stated.chain(values).collect::<Vec<_>>()
        };
        for parameter in &spec.parameters {
            for value in stated(parameter) {
                let Err(violations) = action.validate(&json!({&parameter.key: value})) else {
                    continue;
                };
                // Alone a value breaks rules and leaves out what is required; it must be right in itself.
                let at_fault = violations.iter().find(|one| {
                    one.code != "rule"
                        && one.parameter.split('/').next() == Some(parameter.key.as_str())
                });
                refused
                    .extend(at_fault.map(|fault| format!("{}: {value}: {fault}", action.name())));
            }
        }
    });
    assert_eq!(refused, [""; 0]);
}

#[test]
fn the_client_derives_the_schemas_of_the_generator() {
    each(|integration, spec, action| {
        let expected = json_schema::parameters(integration, spec);
        assert_eq!(action.parameters_schema(), expected, "{}", action.name());
        let mut derived = action.output_schema();
        let Some(expected) = json_schema::result(spec) else {
            return assert_eq!(derived, Value::Null, "{}", action.name());
        };
        let types = json_schema::types(integration);
        if let Some(Value::Object(definitions)) =
            derived.as_object_mut().unwrap().shift_remove("$defs")
        {
            for (name, definition) in definitions {
                assert_eq!(definition, types[&name], "{}: {name}", action.name());
            }
        }
        assert_eq!(derived, expected, "{}", action.name());
    });
}

/// A parameter of a type with an example, and whether both generator and client take it. The values on which they once differed.
const VALUES: &[(&str, &str, bool)] = &[
    ("type: string, format: date-time", "'2026-01-31 09:30:00Z'", false),
    ("type: string, format: date-time", "'2026-01-31T09:30:00Z'", true),
    ("type: string, format: duration", "P1D1Y", false),
    ("type: string, format: duration", "Pigs", false),
    ("type: string, format: duration", "PT0.5S", true),
    ("type: string, format: email", "a b@example.com", false),
    ("type: string, format: cidr", "192.0.2.0/+4", false),
    ("type: string, format: uri", "'https://example.com/ü'", false),
    ("type: string, format: uri", "'x:{}'", false),
    ("type: string, format: byte", "YR==", false),
    ("type: integer", "18446744073709551615", false),
    ("type: integer, format: uint64", "18446744073709551615", true),
    ("type: integer, format: uint64", "-1", false),
    ("type: string, format: time", "'09:30:00'", true),
];

#[test]
fn generator_and_client_judge_values_alike() {
    for (ty, example, expected) in VALUES {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: String| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let spec = |example: &str| {
            format!(
                "title: Try\ndescription: Tries a value.\npermissions: {{none: It is made up.}}\n\
                documentation: https://docs.example.com/try\nrequest: GET /try\nparameters:\n  \
                v: {{{ty}, required: true, description: The value.{example}}}\n\
                output: {{example: {{none: It is made up.}}}}\nsource: https://docs.example.com/try\n"
            )
        };
        let catalog = "spec: 1\ntitle: Values\ncategories: {all: All}\n\
            crate: {name: values, version: 0.1.0, license: MIT}\n";
        write("catalog.yaml", catalog.to_owned());
        let integration = "spec: 1\ntitle: Desk\nvendor: Example\ndescription: A made-up desk.\ncategory: all\n\
            documentation: https://docs.example.com\nservers: {main: {url: 'https://desk.example.com'}}\n\
            authentication: {}\n";
        write("desk/integration.yaml", integration.to_owned());
        write("desk/actions/try_it.yaml", spec(&format!(", example: {example}")));
        let judged = pipeline::check(folder.path(), "specs");
        let findings = render(&judged.findings, Format::Human, false);
        assert_eq!(judged.catalog.is_some(), *expected, "{ty}, {example}: {findings}");
        assert!(*expected || findings.contains("error[AS0305]"), "it is the example: {findings}");
        // What the generator refuses has no descriptor: the client's is made without the example.
        write("desk/actions/try_it.yaml", spec(""));
        let known = pipeline::check(folder.path(), "specs").catalog.unwrap();
        let integration = &known.integrations[0];
        let facts = actionspec_codegen::descriptor::integration(integration);
        let owner: &'static Integration = Box::leak(Box::new(Integration::new(facts)));
        let action = actionspec_codegen::descriptor::action(integration, &integration.actions[0]);
        let value: Value = serde_yaml::from_str(example).unwrap();
        let client = Action::new(owner, action).validate(&json!({"v": value}));
        assert_eq!(client.is_ok(), *expected, "{ty}, {example}: {client:?}");
    }
}
