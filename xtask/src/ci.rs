//! `cargo xtask ci`: everything that must hold, in one command, with a line for each check.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use actionspec_codegen::pipeline;

use crate::output::{fail, project};

/// Packages that people write; generated ones are not formatted.
const HAND_WRITTEN: &[&str] = &["actionspec-codegen", "actionspec-runtime", "actionspec-mock", "actionspec-conformance", "xtask"];

struct Check {
    name: String,
    arguments: Vec<String>,
}

impl Check {
    fn cargo(name: impl Into<String>, arguments: &[&str]) -> Self {
        Self { name: name.into(), arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect() }
    }
}

pub(crate) fn run() -> ExitCode {
    let checks = match checks() {
        Ok(checks) => checks,
        Err(message) => return fail(&message),
    };
    let mut failed = Vec::new();
    let total = checks.len();
    for check in checks {
        let start = Instant::now();
        anstream::println!("\n── {} ── cargo {}", check.name, check.arguments.join(" "));
        let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(&check.arguments)
            .env("INSTA_UPDATE", "no")
            .env("RUSTDOCFLAGS", "-D warnings")
            .current_dir(project())
            .stdin(Stdio::null())
            .status();
        let passed = status.is_ok_and(|status| status.success());
        anstream::println!("── {}: {} in {:.0}s", check.name, if passed { "passed" } else { "FAILED" }, start.elapsed().as_secs_f64());
        if !passed {
            failed.push(check.name);
        }
    }
    anstream::println!();
    for name in &failed {
        anstream::println!("failed: {name}");
    }
    anstream::println!("checks: {} passed, {} failed", total - failed.len(), failed.len());
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn checks() -> Result<Vec<Check>, String> {
    let mut format = vec!["fmt", "--check"];
    for package in HAND_WRITTEN {
        format.extend(["--package", package]);
    }
    let mut checks = vec![
        Check::cargo("formatting", &format),
        Check::cargo("drift", &["xtask", "gen", "--check"]),
        Check::cargo("lints", &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
        Check::cargo("tests", &["test", "--workspace", "--all-features"]),
        Check::cargo("documentation", &["doc", "--workspace", "--all-features", "--no-deps"]),
        Check::cargo("no feature", &["check", "--package", "actionspec", "--no-default-features"]),
    ];
    let specs = project().join("specs");
    let catalog = pipeline::check(&specs, "specs").catalog.ok_or("the specs have errors; `cargo xtask check` shows them")?;
    for integration in &catalog.integrations {
        let id = &integration.id;
        checks.push(Check::cargo(
            format!("feature {id} alone"),
            &["check", "--package", "actionspec", "--no-default-features", "--features", id],
        ));
    }
    Ok(checks)
}
