//! The samples of every page work: Rust ones compile, curl ones and lines over TCP succeed against the mock server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use actionspec_mock::Mock;
use support::{Project, addresses, fences, projects};

/// The pages of a project's actions and integrations, with the integration's slug.
fn pages(project: &Project) -> Vec<(String, PathBuf, String)> {
    let docs = project.generated.join("docs");
    let below = |path: &Path| {
        path.strip_prefix(&docs).ok().map(|path| {
            path.components().next().unwrap().as_os_str().to_string_lossy().into_owned()
        })
    };
    project
        .pages()
        .into_iter()
        .filter_map(|(path, text)| Some((below(&path)?, path, text)))
        .collect()
}

#[test]
fn every_rust_sample_compiles() {
    let mut modules = String::new();
    let mut count = 0;
    for project in projects() {
        for (_, path, text) in pages(&project) {
            for (_, code) in fences(&text).into_iter().filter(|(language, _)| language == "rust") {
                count += 1;
                modules.push_str(&format!(
                    "/// {}\nmod sample_{count} {{\n{code}\n}}\n\n",
                    path.file_name().unwrap().to_string_lossy()
                ));
            }
        }
    }
    assert!(count > 300, "only {count} samples");
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples");
    std::fs::create_dir_all(package.join("src")).unwrap();
    let crates = projects().iter().map(dependencies).collect::<String>();
    let manifest = format!(
        "[workspace]\n\n[package]\nname = \"samples\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{crates}"
    );
    std::fs::write(package.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(here.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    std::fs::write(
        package.join("src/lib.rs"),
        format!("#![allow(dead_code, deprecated)]\n\n{modules}"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Every generated crate of a project, as dependencies.
fn dependencies(project: &Project) -> String {
    let mut lines = String::new();
    for entry in std::fs::read_dir(project.generated.join("rust")).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = ")).unwrap();
        let folder = folder.display();
        lines.push_str(&format!("{name} = {{ path = \"{folder}\", default-features = false }}\n"));
    }
    assert!(lines.lines().count() > 5, "{lines}");
    lines
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_curl_sample_succeeds() {
    let mut failures = Vec::new();
    let mut count = 0;
    for project in projects() {
        let catalog = project.catalog();
        let mock = Mock::start(catalog.clone(), 0).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("example.txt"), "example").unwrap();
        for (slug, path, text) in pages(&project) {
            let Some(integration) =
                catalog.integrations.iter().find(|integration| integration.slug == slug)
            else {
                continue;
            };
            // A command with `<name>` in it needs what an earlier one answered: a person fills that in.
            let samples = fences(&text)
                .into_iter()
                .filter(|(language, code)| language == "sh" && code.starts_with("curl"));
            for command in samples
                .flat_map(|(_, code)| code.split("\n\n").map(str::to_owned).collect::<Vec<_>>())
                .filter(|command| !command.contains('<'))
            {
                count += 1;
                let command =
                    addresses(integration).iter().fold(command.clone(), |command, address| {
                        command.replacen(address, &mock.base_url(&slug), 1)
                    });
                let command =
                    command.replacen("curl ", "curl --fail-with-body --silent --show-error ", 1);
                let folder = folder.path().to_owned();
                let output = tokio::task::spawn_blocking(move || {
                    Command::new("bash").args(["-c", &command]).current_dir(folder).output()
                })
                .await;
                let output = output.unwrap().unwrap();
                if !output.status.success() {
                    let said = String::from_utf8_lossy(&output.stdout).into_owned()
                        + &String::from_utf8_lossy(&output.stderr);
                    failures
                        .push(format!("{}: {said}", path.file_name().unwrap().to_string_lossy()));
                }
            }
        }
    }
    assert!(count > 140, "only {count} samples");
    assert!(
        failures.is_empty(),
        "{} of {count} (curl must be installed):\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_of_a_sample_is_understood() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut count = 0;
    for project in projects() {
        let mock = Mock::start(project.catalog(), 0).await.unwrap();
        for (slug, path, text) in pages(&project) {
            let samples = fences(&text)
                .into_iter()
                .filter(|(language, code)| language == "sh" && code.starts_with("printf"));
            for (_, command) in samples {
                count += 1;
                // What is piped into `nc`, byte for byte.
                let (say, _) = command.split_once(" | nc ").unwrap();
                let line = Command::new("bash").args(["-c", say]).output().unwrap().stdout;
                let mut stream = tokio::net::TcpStream::connect(
                    mock.base_url(&slug).trim_start_matches("tcp://"),
                )
                .await
                .unwrap();
                stream.write_all(&line).await.unwrap();
                let mut answer = String::new();
                stream.read_to_string(&mut answer).await.unwrap();
                assert!(!answer.starts_with("% error"), "{}: {answer}", path.display());
            }
        }
    }
    assert!(count > 10, "only {count} samples");
}
