//! `cargo xtask ci`: everything that must hold, in one command, with a line for each check.

use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use crate::output::{fail, project};

/// Packages that people write.
const HAND_WRITTEN: &[&str] = &[
    "actionspec-codegen",
    "actionspec-runtime",
    "actionspec-test-support",
    "actionspec-mock",
    "actionspec-bench",
    "actionspec-lint",
    "actionspec-site",
    "actionspec-synth",
    "actionspec-tds-double",
    "xtask",
];
/// A project of its own, which consumes what is generated.
const CONFORMANCE: &str = "codegen/conformance";
/// The workspace of generated crates.
const GENERATED: &str = "generated";
const CALL_BENCHMARK: &str = "xtask/bench/call";

struct Check {
    name: String,
    /// The folder to run in, below the project.
    folder: &'static str,
    arguments: Vec<String>,
}

impl Check {
    fn new(name: impl Into<String>, arguments: &[&str]) -> Self {
        Self {
            name: name.into(),
            folder: ".",
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        }
    }

    fn within(mut self, folder: &'static str) -> Self {
        self.folder = folder;
        self
    }

    fn passes(&self) -> bool {
        let start = Instant::now();
        anstream::println!("\n── {} ── cargo {}", self.name, self.arguments.join(" "));
        let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(&self.arguments)
            .env("INSTA_UPDATE", "no")
            .env("RUSTDOCFLAGS", "-D warnings")
            // One target folder for all workspaces.
            .env("CARGO_TARGET_DIR", project().join("target"))
            .current_dir(project().join(self.folder))
            .stdin(Stdio::null())
            .status();
        let passed = status.is_ok_and(|status| status.success());
        anstream::println!(
            "── {}: {} in {:.0}s",
            self.name,
            if passed { "passed" } else { "FAILED" },
            start.elapsed().as_secs_f64()
        );
        passed
    }
}

pub(crate) fn run() -> ExitCode {
    let checks = match checks() {
        Ok(checks) => checks,
        Err(message) => return fail(&message),
    };
    if let Err(message) = lock_generated() {
        return fail(&message);
    }
    prepare();
    let failed: Vec<&Check> = checks.iter().filter(|check| !check.passes()).collect();
    anstream::println!();
    for check in &failed {
        anstream::println!("failed: {}", check.name);
    }
    anstream::println!("checks: {} passed, {} failed", checks.len() - failed.len(), failed.len());
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Brings the browser that the site is tried in. Where it cannot be had, the check of the site says so.
fn prepare() {
    if let Err(error) = Command::new(project().join(".ci/browser")).stdin(Stdio::null()).status() {
        anstream::eprintln!("`.ci/browser` cannot be started: {error}");
    }
}

/// The names of the generated packages.
fn generated_packages() -> Result<Vec<String>, String> {
    let folder = project().join(GENERATED).join("rust");
    let told = |error: std::io::Error| format!("`{}`: {error}", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(told)? {
        let manifest = entry.map_err(told)?.path().join("Cargo.toml");
        let text = std::fs::read_to_string(manifest).map_err(told)?;
        let name = text.lines().find_map(|line| line.strip_prefix("name = "));
        names.extend(name.map(|name| name.trim_matches('"').to_owned()));
    }
    names.sort();
    Ok(names)
}

/// Generated crates are libraries and have no lock file of their own: they are checked with the versions that this project is built with.
fn lock_generated() -> Result<(), String> {
    std::fs::copy(project().join("Cargo.lock"), project().join(GENERATED).join("Cargo.lock"))
        .map(drop)
        .map_err(|error| format!("`{GENERATED}/Cargo.lock`: {error}"))
}

fn checks() -> Result<Vec<Check>, String> {
    let mut format = vec!["fmt", "--check"];
    for package in HAND_WRITTEN {
        format.extend(["--package", package]);
    }
    let mut checks = vec![
        Check::new("formatting", &format),
        Check::new("catalogue", &["xtask", "lint"]),
        Check::new("drift", &["xtask", "gen", "--check"]),
        Check::new(
            "lints",
            &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
        ),
        Check::new("tests", &["test", "--workspace", "--all-features", "--no-fail-fast"]),
        Check::new("conformance", &["test", "--no-fail-fast"]).within(CONFORMANCE),
        Check::new(
            "conformance lints",
            &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        )
        .within(CONFORMANCE),
        Check::new(
            "call benchmark formatting",
            &["fmt", "--check", "--package", "actionspec-bench-call"],
        )
        .within(CALL_BENCHMARK),
        Check::new("call benchmark lints", &["clippy", "--all-targets", "--", "-D", "warnings"])
            .within(CALL_BENCHMARK),
        Check::new("site", &["xtask", "docs", "--test"]),
        Check::new("documentation", &["doc", "--workspace", "--all-features", "--no-deps"]),
        Check::new(
            "generated lints",
            &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
        )
        .within(GENERATED),
        Check::new("generated examples", &["test", "--workspace", "--all-features"])
            .within(GENERATED),
        Check::new(
            "generated documentation",
            &["doc", "--workspace", "--all-features", "--no-deps"],
        )
        .within(GENERATED),
    ];
    // Compiled with others, a crate has their features of the runtime too.
    for name in generated_packages()? {
        checks.push(
            Check::new(
                format!("{name} alone"),
                &["check", "--package", &name, "--no-default-features"],
            )
            .within(GENERATED),
        );
    }
    Ok(checks)
}
