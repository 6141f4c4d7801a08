//! Commands that live in packages of their own, so that `gen` never compiles what they need.

use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use crate::output::{fail, project};

/// Runs the program of a package in the project's folder. `profile` is one of cargo's.
pub(crate) fn run<A: AsRef<OsStr>>(package: &str, profile: &str, arguments: impl IntoIterator<Item = A>) -> ExitCode {
    run_with(package, profile, &[], arguments)
}

/// As [`run`], with features of the package.
pub(crate) fn run_with<A: AsRef<OsStr>>(
    package: &str,
    profile: &str,
    features: &[&str],
    arguments: impl IntoIterator<Item = A>,
) -> ExitCode {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", package, "--profile", profile, "--features", &features.join(","), "--"])
        .args(arguments)
        .current_dir(project())
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => fail(&format!("cargo cannot be started: {error}")),
    }
}
