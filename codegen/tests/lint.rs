//! What the lint says: each folder of `lint/` breaks one rule, and `output.txt` in it is what is said of it.
//!
//! A folder brings only the files that break the rule; the rest is the clean specs folder of `BASE`. After a change to rules or messages run
//! with `UPDATE_OUTPUT=1`, and read the difference as an author would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::lint::RULES;
use actionspec_codegen::pipeline;
use actionspec_lint_words::correction;

const BASE: &[(&str, &str)] = &[
    (
        "wiki/integration.yaml",
        "spec: 1
title: Wiki
vendor: Wiki Inc.
description: A wiki for teams, with pages in spaces.
category: collaboration
documentation: https://docs.wiki.example/api
servers: {main: {url: 'https://wiki.example/api'}}
authentication:
  token: {kind: bearer, title: Token, token: {title: Token}}
",
    ),
    (
        "wiki/actions/get_page.yaml",
        "title: Get Page
description: Returns a page by its ID, with the body as HTML.
permissions: [Permission to read the page]
documentation: https://docs.wiki.example/api/pages
request: GET /pages/{id}
parameters:
  id: {type: integer, description: The ID of the page., example: 77004}
output:
  type: Page
  verified: composed
  example: {id: 77004, title: Runbook, updatedAt: '2026-01-31T09:40:00Z'}
source: https://docs.wiki.example/api/pages
",
    ),
];

fn specs(case: Option<&Path>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in BASE {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    if let Some(case) = case {
        copy(&case.join("wiki"), &folder.path().join("wiki"));
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).map(drop).unwrap();
        }
    }
}

#[test]
fn every_rule_says_what_is_committed() {
    let update = std::env::var_os("UPDATE_OUTPUT").is_some();
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut seen = BTreeSet::new();
    let mut differing = Vec::new();
    for case in folders {
        let folder = specs(Some(&case));
        let checked = pipeline::lint(folder.path(), "specs", correction);
        assert_eq!(
            checked.errors(),
            0,
            "{}: {}",
            case.display(),
            render(&checked.findings, Format::Human, false)
        );
        let codes: BTreeSet<&str> =
            checked.findings.iter().map(|finding| finding.code.id()).collect();
        assert_eq!(
            codes.len(),
            1,
            "{}: one rule a folder: {}",
            case.display(),
            render(&checked.findings, Format::Human, false)
        );
        seen.extend(codes);
        let text = render(&checked.findings, Format::Human, false);
        let expected = case.join("output.txt");
        if update {
            std::fs::write(&expected, &text).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != text {
            differing.push(format!("{}:\n{text}", case.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.code.id()).collect();
    assert_eq!(seen, rules, "each rule has a folder");
}

#[test]
fn a_clean_folder_has_no_findings() {
    let checked = pipeline::lint(specs(None).path(), "specs", correction);
    assert_eq!(render(&checked.findings, Format::Human, false), "");
}

#[test]
fn specs_with_errors_are_told_the_errors_alone() {
    let folder = specs(None);
    let action = folder.path().join("wiki/actions/get_page.yaml");
    let text = std::fs::read_to_string(&action)
        .unwrap()
        .replace("Get Page", "page reader")
        .replace("source:", "sorce:");
    std::fs::write(action, text).unwrap();
    let checked = pipeline::lint(folder.path(), "specs", correction);
    assert!(checked.errors() > 0);
    assert!(checked.findings.iter().all(|finding| finding.code.id() < "AS0701"));
}
