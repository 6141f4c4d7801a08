//! `lint` and `stats` as people and build machines run them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn xtask(arguments: &[&str]) -> Output {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(project).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A specs folder with one action whose title and page size are wrong.
fn careless() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("wiki/actions")).unwrap();
    std::fs::write(
        folder.path().join("wiki/integration.yaml"),
        "spec: 1
title: Wiki
vendor: Wiki Inc.
description: A wiki for teams, with pages in spaces.
category: collaboration
documentation: https://docs.wiki.example/api
servers: {main: {url: 'https://wiki.example/api'}}
authentication: {}
",
    )
    .unwrap();
    std::fs::write(
        folder.path().join("wiki/actions/list_pages.yaml"),
        "title: list pages
description: Returns the pages of the wiki, the newest first.
permissions: {none: Everybody may read the wiki.}
documentation: https://docs.wiki.example/api/pages
request: GET /pages
parameters:
  limit: {type: integer, description: the page size, example: 20}
pagination: {none: The wiki is small and comes whole.}
output:
  verified: composed
  example: [{id: 77004, title: Runbook}]
source: https://docs.wiki.example/api/pages
",
    )
    .unwrap();
    folder
}

#[test]
fn the_catalogue_is_clean() {
    let output = xtask(&["lint"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).starts_with("No findings in "), "{}", text(&output.stderr));
    assert_eq!(text(&xtask(&["lint", "--quiet"]).stderr), "");
}

#[test]
fn findings_fail_and_are_told_with_place_and_help() {
    let folder = careless();
    let specs = folder.path().to_str().unwrap();
    let output = xtask(&["lint", "--specs", specs]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("warning[AS0701]")
            && said.contains("list_pages.yaml:1:8")
            && said.contains("write `List Pages`"),
        "{said}"
    );
    assert!(said.contains("warning[AS0703]") && said.contains("list_pages.yaml:7:39"), "{said}");
    assert!(said.contains("cargo xtask explain AS0701"), "{said}");
    assert!(xtask(&["check", "--specs", specs]).status.success(), "they are no errors");
}

#[test]
fn findings_are_json_for_editors() {
    let folder = careless();
    let output =
        xtask(&["lint", "--specs", folder.path().to_str().unwrap(), "--message-format", "json"]);
    let findings: Vec<Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let codes: Vec<&str> =
        findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["AS0701", "AS0701", "AS0703"]);
    assert!(findings.iter().all(|finding| finding["severity"] == "warning"));
}

#[test]
fn every_rule_is_explained() {
    let output = xtask(&["explain", "as0707"]);
    assert!(text(&output.stdout).contains("RFC 5737"), "{}", text(&output.stdout));
}

#[test]
fn figures_add_up() {
    let output = xtask(&["stats", "--format", "json"]);
    assert!(output.status.success());
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    let number = |row: &Value, key: &str| row[key].as_u64().unwrap();
    let total = &figures["total"];
    let rows = figures["integrations"].as_array().unwrap();
    for key in ["actions", "read", "write", "destructive", "triggers", "examplesComposed"] {
        assert_eq!(
            rows.iter().map(|row| number(row, key)).sum::<u64>(),
            number(total, key),
            "{key}"
        );
    }
    assert_eq!(
        number(total, "read") + number(total, "write") + number(total, "destructive"),
        number(total, "actions")
    );
    let examples = ["examplesLive", "examplesDocumentation", "examplesComposed", "examplesWaived"];
    assert_eq!(
        examples.iter().map(|key| number(total, key)).sum::<u64>(),
        number(total, "actions")
    );
    let waivers = figures["waivers"].as_array().unwrap();
    let reasons = |waiver: &Value| {
        waiver["reasons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|reason| number(reason, "count"))
            .sum::<u64>()
    };
    assert!(waivers.iter().all(|waiver| reasons(waiver) == number(waiver, "count")));
    assert_eq!(
        figures["escapeHatches"],
        serde_json::json!({"keys": 0, "actions": 0, "share": 0.0})
    );
}

#[test]
fn figures_are_tables_for_people() {
    let folder = careless();
    let output = xtask(&["stats", "--specs", folder.path().to_str().unwrap()]);
    let said = text(&output.stdout);
    assert!(
        said.lines().any(|line| line.split_whitespace().collect::<Vec<_>>()
            == ["wiki", "1", "1", "0", "0", "0", "0", "0", "1", "0"]),
        "{said}"
    );
    assert!(said.contains("waived permissions: 1\n     1  Everybody may read the wiki."), "{said}");
    assert!(
        said.contains("escape hatches: 0% of actions; the language has no key for one"),
        "{said}"
    );
}
