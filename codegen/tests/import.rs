//! What the importer makes of documents: a small one for each rule, and larger ones that use much of the format.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use actionspec_codegen::import::{self, Effect, Imported, Options, Rule, files};
use actionspec_codegen::load;
use proptest::prelude::*;

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e != "snap"))
        .collect();
    paths.sort();
    paths
}

fn import(bytes: &[u8]) -> Imported {
    import::openapi(bytes, &Options { document: "document".to_owned(), ..Options::default() })
        .unwrap()
}

/// Specs and report as one text.
fn shown(imported: &Imported) -> String {
    let mut out = String::new();
    for entry in &imported.report.entries {
        out.push_str(&format!(
            "{} {} at {}: {}\n",
            entry.rule.id(),
            entry.rule.name(),
            if entry.at.is_empty() { "/" } else { &entry.at },
            entry.detail
        ));
    }
    for (path, text) in files::texts(imported) {
        out.push_str(&format!("\n==> {path}\n{text}"));
    }
    out
}

/// What `gen` would say.
fn faults(imported: &Imported) -> Vec<String> {
    let (sources, mut faults) = load::load_texts(files::texts(imported));
    faults.extend(actionspec_codegen::resolve::resolve(&sources).1);
    faults.into_iter().map(|fault| fault.message).collect()
}

#[test]
fn each_rule_does_what_it_says() {
    for path in fixtures("rules") {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let rule = Rule::ALL
            .iter()
            .copied()
            .find(|rule| rule.name() == name)
            .unwrap_or_else(|| panic!("no rule is called `{name}`"));
        let imported = import(&std::fs::read(&path).unwrap());
        assert!(
            imported.report.of(rule).next().is_some(),
            "{name} was not applied:\n{}",
            shown(&imported)
        );
        assert_eq!(faults(&imported), [] as [String; 0], "{name}");
        let skipped = imported
            .report
            .entries
            .iter()
            .filter(|entry| entry.rule.effect() == Effect::Skips)
            .count();
        assert_eq!(imported.report.arrived + skipped, imported.report.selected, "{name}");
        assert!(imported.report.arrived > 0, "{name}: one bad operation costs none of the others");
        insta::with_settings!({ snapshot_path => "import/rules/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown(&imported));
        });
    }
}

#[test]
fn each_rule_has_a_document() {
    // These are about what is there already, about bytes, and about what should not happen.
    let elsewhere = [
        "not-utf8",
        "rejected",
        "conflict",
        "vendor-change",
        "gone",
        "rewritten",
        "deleted-by-hand",
    ];
    let documents: BTreeSet<String> = fixtures("rules")
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let missing: Vec<&str> = Rule::ALL
        .iter()
        .map(|rule| rule.name())
        .filter(|name| !documents.contains(*name) && !elsewhere.contains(name))
        .collect();
    assert_eq!(missing, [] as [&str; 0]);
}

#[test]
fn bytes_that_are_not_utf_8_are_told() {
    let imported = import(b"openapi: 3.0.0\ninfo: {title: 'Caf\xe9', version: '1'}\npaths:\n  /a: {get: {operationId: getA, responses: {'204': {description: Done.}}}}\n");
    assert!(imported.report.of(Rule::NotUtf8).next().is_some());
    assert_eq!(imported.report.arrived, 1);
}

#[test]
fn whole_documents_become_specs() {
    for path in fixtures("documents") {
        let name = path.file_name().unwrap().to_str().unwrap().replace('.', "-");
        let imported = import(&std::fs::read(&path).unwrap());
        assert_eq!(faults(&imported), [] as [String; 0], "{name}");
        assert_eq!(imported.report.arrived, imported.report.operations, "{name}");
        insta::with_settings!({ snapshot_path => "import/documents/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown(&imported));
        });
    }
}

/// The conformance suite generates, compiles and calls what the importer made of this document: `codegen/conformance/specs/pet_office`.
#[test]
fn the_imported_integration_of_the_conformance_suite_is_what_the_importer_makes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(root.join("tests/import/documents/pets.yaml")).unwrap();
    let options = Options {
        document: "https://docs.example.com/petoffice/openapi.yaml".to_owned(),
        category: Some("testing".to_owned()),
        ..Options::default()
    };
    for (path, text) in files::texts(&import::openapi(&bytes, &options).unwrap()) {
        let there =
            std::fs::read_to_string(root.join("conformance/specs").join(&path)).unwrap_or_default();
        assert!(
            there == text,
            "{path} is out of date: import the document again, with `--category testing` and this `--source`"
        );
    }
}

#[test]
fn hostile_documents_end_within_limits() {
    let head = "openapi: 3.0.0\ninfo: {title: X, version: '1'}\npaths:\n  /a:\n    post:\n      operationId: a\n      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}\n      responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}\ncomponents:\n  schemas:\n";
    let doubling = |keyword: &str, shape: &str| {
        let mut text = head.to_owned();
        for level in 0..40 {
            let next = level + 1;
            text.push_str(&format!(
                "    S{level}: {{{keyword}: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}]{shape}}}\n"
            ));
        }
        text + "    S40: {type: object, properties: {a: {type: string}}}\n"
    };
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{head}    S0: {}{{type: string}}{}\n", open.repeat(depth), close.repeat(depth))
    };
    let alias = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\ng: [*f, *f, *f, *f, *f, *f, *f, *f]\npaths: {}\n";
    let documents = [
        doubling("allOf", ""),
        doubling("oneOf", ""),
        doubling("anyOf", ", properties: {x: {type: string}}"),
        nested("{type: array, items: ", "}", 60),
        nested("{type: object, additionalProperties: ", "}", 60),
        nested("[", "]", 50_000),
        alias.to_owned(),
        format!("{head}    S0: {{type: string, pattern: '{}'}}\n", "(a{1000})".repeat(300)),
        "{".repeat(100_000),
        "- ".repeat(100_000),
    ];
    for document in documents {
        let outcome = import::openapi(document.as_bytes(), &Options::default());
        if let Ok(imported) = outcome {
            assert_eq!(faults(&imported), [] as [String; 0]);
        }
    }
}

/// A document with one of its values replaced, or a part of its text cut out.
fn mutated(text: &str, at: usize, how: u8, word: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let index = at % lines.len();
    let mut out: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    match how % 6 {
        0 => drop(out.remove(index)),
        1 => {
            out[index] = out[index]
                .split_once(": ")
                .map_or_else(|| word.to_owned(), |(key, _)| format!("{key}: {word}"));
        }
        2 => {
            let indent: String = out[index].chars().take_while(|c| *c == ' ').collect();
            out.insert(index, format!("{indent}{word}: {word}"));
        }
        3 => out[index] = out[index].replace("string", "object").replace("integer", "array"),
        4 => out[index] = out[index].replace("#/", word),
        _ => {
            let other = (at / 7) % lines.len();
            out.swap(index, other);
        }
    }
    out.join("\n")
}

fn holds_whatever_is_written(text: &str) {
    if let Ok(imported) = import::openapi(text.as_bytes(), &Options::default()) {
        assert_eq!(faults(&imported), [] as [String; 0], "{text}");
    }
}

fn mutations() -> impl Strategy<Value = Vec<(usize, u8, String)>> {
    let words = prop::sample::select(vec![
        "7",
        "null",
        "[]",
        "{}",
        "''",
        "true",
        "x",
        "$ref",
        "type",
        "'#/'",
        "'#/components/schemas/Pet'",
        "[string, 'null']",
        "{$ref: '#'}",
        "-1",
        "1e400",
        "'{'",
        "get",
        "allOf",
    ]);
    prop::collection::vec((0..10_000usize, any::<u8>(), words.prop_map(str::to_owned)), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_a_document_breaks_the_importer(which in 0..64usize, changes in mutations()) {
        let all: Vec<PathBuf> = fixtures("documents").into_iter().chain(fixtures("rules")).filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect();
        let text = std::fs::read_to_string(&all[which % all.len()]).unwrap();
        let text = changes.iter().fold(text, |text, (at, how, word)| if text.is_empty() { text } else { mutated(&text, *at, *how, word) });
        holds_whatever_is_written(&text);
    }
}

/// The long run: `PROPTEST_CASES=100000 cargo test -p actionspec-codegen --test import -- --ignored fuzz`
#[test]
#[ignore = "runs for minutes"]
fn fuzz() {
    let all: Vec<PathBuf> = fixtures("documents")
        .into_iter()
        .chain(fixtures("rules"))
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    let texts: Vec<String> =
        all.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    proptest!(|(which in 0..texts.len(), changes in mutations())| {
        let text = changes.iter().fold(texts[which].clone(), |text, (at, how, word)| if text.is_empty() { text } else { mutated(&text, *at, *how, word) });
        holds_whatever_is_written(&text);
    });
}
