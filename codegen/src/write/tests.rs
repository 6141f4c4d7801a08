use proptest::prelude::*;
use serde_json::{Value, json};

use crate::load;
use crate::spec::{ActionSpec, IntegrationSpec};

/// What the real loader makes of a folder with these two files.
fn loaded(integration: &str, action: &str) -> (Value, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("x/actions")).expect("folders");
    std::fs::write(folder.path().join("x/integration.yaml"), integration).expect("written");
    std::fs::write(folder.path().join("x/actions/do_it.yaml"), action).expect("written");
    let (sources, faults) = load::load(folder.path(), "specs");
    assert!(
        faults.is_empty(),
        "{integration}\n{action}\n{:#?}",
        faults.iter().map(|fault| &fault.message).collect::<Vec<_>>()
    );
    let read = &sources.integrations["x"];
    let integration = &read.integration.as_ref().expect("an integration").spec;
    (
        serde_json::to_value(integration).expect("JSON"),
        serde_json::to_value(&read.actions["do_it"].spec).expect("JSON"),
    )
}

fn specs(folder: &str) -> load::Sources {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (sources, faults) = load::load(&root, "specs");
    assert!(faults.is_empty());
    sources
}

#[test]
fn every_spec_of_the_project_survives() {
    for sources in [specs("../specs"), specs("conformance/specs")] {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |path: &str, text: String| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            std::fs::write(path, text).expect("written");
        };
        for integration in sources.integrations.values() {
            integration
                .integration
                .iter()
                .for_each(|loaded| put(&loaded.path, super::integration(&loaded.spec)));
            integration
                .actions
                .values()
                .for_each(|loaded| put(&loaded.path, super::action(&loaded.spec)));
            integration
                .triggers
                .values()
                .for_each(|loaded| put(&loaded.path, super::trigger(&loaded.spec)));
        }
        let (again, faults) = load::load(folder.path(), "specs");
        assert!(faults.is_empty());
        let values = |sources: &load::Sources| -> Vec<Value> {
            let json = |spec: serde_json::Result<Value>| spec.expect("JSON");
            let of = |read: &load::IntegrationSources| {
                let own =
                    read.integration.iter().map(|loaded| json(serde_json::to_value(&loaded.spec)));
                let actions =
                    read.actions.values().map(|loaded| json(serde_json::to_value(&loaded.spec)));
                own.chain(actions)
                    .chain(
                        read.triggers
                            .values()
                            .map(|loaded| json(serde_json::to_value(&loaded.spec))),
                    )
                    .collect::<Vec<_>>()
            };
            sources.integrations.values().flat_map(of).collect()
        };
        assert_eq!(values(&sources), values(&again));
    }
}

#[test]
fn the_form_is_what_people_write() {
    let spec: ActionSpec = serde_json::from_value(json!({
        "title": "Get User", "description": "Returns a user. ".repeat(12).trim_end(), "permissions": {"none": "Anyone may."},
        "documentation": "https://docs.example.com/user", "request": "GET /users/{id}",
        "parameters": {
            "id": {"type": "string", "description": "The id:\n\n- a\n- b\n", "required": true, "example": "007", "maxLength": 8},
            "on": {"type": "array", "items": {"enum": ["yes", "a, b", "c"]}, "minimum": 1.0, "description": "- odd"}
        },
        "output": {"example": {"name": "Ada", "tags": [], "born": "1815-12-10", "nested": [[1, 2], [{"a": null}]]}, "verified": "composed"},
        "source": {"document": "made up"}
    }))
    .expect("a spec");
    insta::assert_snapshot!(super::action(&spec));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "\\PC{0,12}",
        2 => "[ -~\n\t]{1,200}",
        2 => "([a-z:#'\"&*!|>%@`{}\\[\\],-]{0,9} ){0,40}[a-z]",
        1 => ".{0,8}",
        2 => prop::sample::select(vec!["yes", "null", "~", "1.0", "0x1F", "1_000", "12:30:45", "2026-01-31", ".inf", "<<", "=", "", " ", "\n", "...", "---",
            "- a", "? a", "a: b", "a #b", "key:", "\u{feff}x", "x\u{2028}y", "a\r\nb", "  lead", "trail  ", "a\n\n", "a\n  \nb", "\u{85}", "0o17", "1e3", "é"])
            .prop_map(str::to_owned),
    ]
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((text(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reading_what_was_written_gives_it_back(example in json_value(), words in text(), key in text(), bound in -1e12..1e12f64) {
        let say = |words: &str| if words.trim().is_empty() { format!("x{words}") } else { words.to_owned() };
        let integration: IntegrationSpec = serde_json::from_value(json!({
            "spec": 1, "title": say(&words), "vendor": words, "description": words, "category": key, "documentation": "https://example.com",
            "servers": {key.clone(): {"url": words, "variables": {words.clone(): {"description": key, "enum": {key.clone(): words}}}}},
            "authentication": {}, "headers": {key.clone(): words}, "errors": {"example": example},
        })).expect("a spec");
        let action: ActionSpec = serde_json::from_value(json!({
            "title": say(&words), "description": say(&key), "permissions": [say(&words)], "documentation": words, "request": "POST /",
            "parameters": {key.clone(): {"type": "number", "minimum": bound, "maximum": bound.trunc(), "default": example, "example": example,
                "additionalProperties": false}},
            "output": {"example": example, "names": {words.clone(): key}},
            "source": [{"document": words}], "retry": {"unsafe": words},
        })).expect("a spec");
        let (first, second) = loaded(&super::integration(&integration), &super::action(&action));
        prop_assert_eq!(first, serde_json::to_value(&integration).expect("JSON"));
        prop_assert_eq!(second, serde_json::to_value(&action).expect("JSON"));
    }
}
