//! The guides of the site: their Rust code compiles and runs against the mock server, and their commands exist.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::path::Path;
use std::process::Command;

use actionspec_mock::Mock;
use support::{fences, projects, root};

/// Every guide, name and text.
fn guides() -> Vec<(String, String)> {
    let folder = root().join("docs-templates/guides");
    let mut guides: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    guides.sort();
    assert!(guides.len() > 9);
    guides
}

/// Code that builds its own client is compiled only, unless its client sends nothing to a network: it would call the vendor.
fn runs(code: &str) -> bool {
    !code.contains("::builder()") || code.contains(".transport(")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rust_code_compiles_and_runs_against_the_mock_server() {
    let (mut functions, mut calls) = (String::new(), String::new());
    for (name, text) in guides() {
        let samples = fences(&text).into_iter().filter(|(language, _)| language == "rust");
        for (number, (_, code)) in samples.enumerate() {
            let function = format!("{}_{number}", name.to_lowercase());
            functions.push_str(&format!(
                "async fn {function}(confluence: &actionspec_confluence::Confluence) -> Result<(), Box<dyn std::error::Error>> {{\n{code}\nOk(())\n}}\n\n"
            ));
            if runs(&code) {
                calls.push_str(&format!(
                    "    {function}(&confluence).await.map_err(|error| format!(\"{function}: {{error}}\"))?;\n"
                ));
            }
        }
    }
    assert!(calls.lines().count() > 10, "{calls}");
    let program = format!(
        "#![allow(unused, deprecated)]\n\n{functions}#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    let address = std::env::args().nth(1).unwrap();\n    let confluence = actionspec_confluence::Confluence::builder().base_url(address).site(\"acme\").basic(\"ada@example.com\", \"x\").build()?;\n{calls}    Ok(())\n}}\n"
    );
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guides");
    std::fs::create_dir_all(package.join("src")).unwrap();
    let generated = projects()[0].generated.join("rust");
    let generated = generated.display();
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"guides\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nactionspec = {{ path = \"{generated}/actionspec\", default-features = false }}\nactionspec-confluence = {{ path = \"{generated}/confluence\", default-features = false }}\nactionspec-runtime = {{ path = \"{}\", default-features = false, features = [\"reqwest\"] }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n",
        root().join("runtime").display()
    );
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(here.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    std::fs::write(package.join("src/main.rs"), program).unwrap();
    let mock = Mock::start(projects()[0].catalog(), 0).await.unwrap();
    let address = mock.base_url("confluence");
    let output = tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline", "--"])
            .arg(address)
            .current_dir(&package)
            .env("CARGO_TARGET_DIR", package.join("target"))
            .output()
    });
    let output = output.await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn commands_are_those_that_there_are() {
    let mut count = 0;
    for (name, text) in guides() {
        let commands = fences(&text).into_iter().filter(|(language, _)| language == "sh");
        for line in
            commands.flat_map(|(_, code)| code.lines().map(str::to_owned).collect::<Vec<_>>())
        {
            let line = line.split(" #").next().unwrap().trim();
            if let Some(arguments) = line.strip_prefix("cargo xtask ") {
                count += 1;
                let words: Vec<&str> = arguments.split_whitespace().collect();
                let output = Command::new(env!("CARGO"))
                    .args(["run", "--quiet", "--package", "xtask", "--", words[0], "--help"])
                    .current_dir(root())
                    .output()
                    .unwrap();
                let help = String::from_utf8_lossy(&output.stdout);
                assert!(output.status.success(), "{name}: {line}");
                for option in words.iter().filter(|word| word.starts_with("--")) {
                    assert!(help.contains(option), "{name}: no {option} in:\n{help}");
                }
            } else {
                let example =
                    line.split("--example ").nth(1).unwrap_or_else(|| panic!("{name}: {line}"));
                let file = format!("generated/rust/confluence/examples/{example}.rs");
                assert!(root().join(file).is_file(), "{name}: {line}");
            }
        }
    }
    assert!(count >= 8);
}
