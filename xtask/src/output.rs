//! What all commands print alike.

use std::path::{Path, PathBuf};

use actionspec_codegen::diagnostics::{Diagnostic, Format, Severity, render};
use clap::ValueEnum;

/// Format of errors.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Human-readable.
    Human,
    /// One JSON object per line, for editors.
    Json,
    /// Workflow commands, for GitHub Actions.
    Github,
}

impl From<MessageFormat> for Format {
    fn from(format: MessageFormat) -> Self {
        match format {
            MessageFormat::Human => Self::Human,
            MessageFormat::Json => Self::Json,
            MessageFormat::Github => Self::Github,
        }
    }
}

/// The project's folder: the one above this package.
#[must_use]
pub fn project() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder that cargo builds in.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| project().join("target"), PathBuf::from)
}

/// What generator runs remember, beside what cargo builds, so that `cargo clean` removes it.
#[must_use]
pub fn cache() -> PathBuf {
    target().join("actionspec-gen")
}

/// The folder of the kinds of output that are not committed.
#[must_use]
pub fn on_demand() -> PathBuf {
    target().join("generated")
}

/// A path relative to the working directory, if it is below it.
#[must_use]
pub fn shown(path: &Path) -> String {
    let relative = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.as_deref().unwrap_or(path).display().to_string().replace('\\', "/")
}

/// Prints findings: human-readable ones to standard error, machine-readable ones to standard output.
pub fn print(findings: &[Diagnostic], format: MessageFormat) {
    if findings.is_empty() {
        return;
    }
    // `anstream` removes the colours where no terminal shows them.
    let text = render(findings, format.into(), format == MessageFormat::Human);
    if format == MessageFormat::Human {
        anstream::eprint!("{text}");
        anstream::eprintln!("{}", summary(findings));
    } else {
        anstream::print!("{text}");
    }
}

fn summary(findings: &[Diagnostic]) -> String {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let worst = findings.iter().map(|finding| finding.severity).min();
    let codes: std::collections::BTreeSet<&str> = findings
        .iter()
        .filter(|finding| Some(finding.severity) == worst)
        .map(|finding| finding.code.id())
        .collect();
    let explain = codes
        .first()
        .map(|code| format!("; run `cargo xtask explain {code}` for details"))
        .unwrap_or_default();
    match (errors, findings.len() - errors) {
        (0, warnings) => format!("{}{explain}", plural(warnings, "warning")),
        (errors, 0) => format!("{}{explain}", plural(errors, "error")),
        (errors, warnings) => {
            format!("{}, {}{explain}", plural(errors, "error"), plural(warnings, "warning"))
        }
    }
}

/// `1 file`, `2 files`.
#[must_use]
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Prints a failure as cargo does.
pub fn fail(message: &dyn std::fmt::Display) -> std::process::ExitCode {
    anstream::eprintln!("\u{1b}[1;31merror\u{1b}[0m: {message}");
    std::process::ExitCode::FAILURE
}
