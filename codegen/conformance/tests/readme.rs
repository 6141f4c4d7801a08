//! What the README promises.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::path::Path;
use std::process::Command;

use actionspec_codegen::diagnostics::{Format, render};
use actionspec_codegen::pipeline::{self, Mode, Options, generate};
use support::{fences, projects, root};

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

fn walk_through() -> String {
    fences(&readme()).into_iter().find(|(language, _)| language == "yaml").unwrap().1
}

/// A copy of the specs that the walk-through adds to, with its action.
fn specs_with(action: &str) -> tempfile::TempDir {
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
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("specs/confluence"), &folder.path().join("confluence"));
    std::fs::copy(root().join("specs/catalog.yaml"), folder.path().join("catalog.yaml")).unwrap();
    std::fs::write(folder.path().join("confluence/actions/get_theme.yaml"), action).unwrap();
    folder
}

#[test]
fn the_walk_through_gives_client_validator_and_page() {
    let action = walk_through();
    assert!(action.lines().count() <= 15);
    let specs = specs_with(&action);
    let checked = pipeline::check(specs.path(), "specs");
    assert!(checked.catalog.is_some(), "{}", render(&checked.findings, Format::Human, false));
    let out = tempfile::tempdir().unwrap();
    let options = Options {
        specs: specs.path().to_owned(),
        out: out.path().to_owned(),
        ..projects()[0].options()
    };
    generate(&options, Mode::Write { cache: None }).unwrap();
    let read = |path: &str| std::fs::read_to_string(out.path().join(path)).unwrap();
    assert!(
        read("rust/confluence/src/get_theme.rs")
            .contains("pub fn get_theme(&self, theme_key: impl Into<String>) -> GetTheme")
    );
    let engine: serde_json::Value =
        serde_json::from_str(&read("rust/confluence/src/get_theme.json")).unwrap();
    assert_eq!(engine["action"]["parameters"][0]["key"], "themeKey");
    assert!(read("docs/confluence/actions/get-theme.md").contains("# Get Theme"));
    assert!(generate(&options, Mode::Check).unwrap().changes.is_empty());
}

#[test]
fn every_line_of_the_walk_through_that_breaks_is_told_with_help() {
    let action = walk_through();
    let lines: Vec<&str> = action.lines().collect();
    let mut told = 0;
    for index in 0..lines.len() {
        let misspelt = lines[index].replacen(|c: char| c.is_ascii_alphabetic(), "", 1);
        let broken: Vec<&str> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| if at == index { misspelt.as_str() } else { line })
            .collect();
        let specs = specs_with(&broken.join("\n"));
        let checked = pipeline::check(specs.path(), "specs");
        assert!(checked.errors() > 0, "nothing is wrong with `{misspelt}`");
        assert!(
            checked.findings.iter().any(|finding| !finding.help.is_empty()),
            "no help for `{misspelt}`: {:?}",
            checked.findings
        );
        told += 1;
    }
    assert_eq!(told, lines.len());
}

#[test]
fn an_invalid_spec_changes_nothing_and_fails() {
    let specs = specs_with("title: broken");
    let out = tempfile::tempdir().unwrap();
    let run = |specs: &Path| {
        Command::new(env!("CARGO"))
            .args([
                "run",
                "--quiet",
                "--package",
                "xtask",
                "--",
                "gen",
                "--only",
                "docs",
                "--specs",
            ])
            .arg(specs)
            .arg("--out")
            .arg(out.path())
            .current_dir(root())
            .output()
            .unwrap()
    };
    assert!(run(&root().join("specs")).status.success());
    let before = support::Project {
        generated: out.path().to_owned(),
        ..projects().into_iter().next().unwrap()
    }
    .pages();
    let failed = run(specs.path());
    assert!(!failed.status.success());
    assert!(
        String::from_utf8_lossy(&failed.stderr).contains("error[AS0102]"),
        "{}",
        String::from_utf8_lossy(&failed.stderr)
    );
    let after = support::Project {
        generated: out.path().to_owned(),
        ..projects().into_iter().next().unwrap()
    }
    .pages();
    assert_eq!(before, after);
}

#[test]
fn the_commands_are_those_that_there_are() {
    let help = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--", "--help"])
        .current_dir(root())
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let mut count = 0;
    for (_, code) in fences(&readme()).into_iter().filter(|(language, _)| language == "sh") {
        for line in code.lines().filter_map(|line| line.strip_prefix("cargo xtask ")) {
            count += 1;
            let command = line.split_whitespace().next().unwrap();
            assert!(
                help.lines().any(|line| line.trim_start().starts_with(&format!("{command} "))),
                "{command} is not in:\n{help}"
            );
        }
    }
    assert!(count >= 4);
}

#[test]
fn the_second_layout_is_the_seeds_page() {
    let out = tempfile::tempdir().unwrap();
    let project = &projects()[0];
    let options = Options {
        layout: "seed".to_owned(),
        out: out.path().to_owned(),
        only: vec!["docs".to_owned()],
        ..project.options()
    };
    generate(&options, Mode::Write { cache: None }).unwrap();
    let page =
        std::fs::read_to_string(out.path().join("docs/confluence/actions/get-user.md")).unwrap();
    let order = [
        "Actions\n",
        "# Get User\n",
        "\nNote: ",
        "\nPermissions required: ",
        "\nTo learn more, visit the [Confluence documentation](",
        "\n## Parameters\n",
        "\n| Parameter | Description |\n",
        "\n| Account ID |",
        "\n| Expand |",
        "\n## Example Output\n",
        "\n## Workflow Library Example\n",
        "\nGet User with Confluence and Send Results Via Email",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|part| page.find(part).unwrap_or_else(|| panic!("no {part:?} in\n{page}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_page_of_get_user_has_the_whole_example() {
    let project = &projects()[0];
    let page =
        std::fs::read_to_string(project.generated.join("docs/confluence/actions/get-user.md"))
            .unwrap();
    let shown = fences(&page).into_iter().find(|(language, _)| language == "json").unwrap().1;
    let example =
        std::fs::read_to_string(project.specs.join("confluence/examples/get_user.json")).unwrap();
    let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(parse(&shown), parse(&example));
}
