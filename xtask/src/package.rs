//! Commands in separate packages, so that `gen` never compiles their dependencies.

use std::ffi::OsStr;
use std::process::{Command, ExitCode};

use crate::output::{fail, project};

/// Runs the program of a package in the project's folder. `profile` is one of cargo's.
pub(crate) fn run<A: AsRef<OsStr>>(
    package: &str,
    profile: &str,
    arguments: impl IntoIterator<Item = A>,
) -> ExitCode {
    start(cargo(package, profile).args(arguments).current_dir(project()))
}

/// Runs it in the folder where the user is.
pub(crate) fn run_here<A: AsRef<OsStr>>(
    package: &str,
    profile: &str,
    arguments: impl IntoIterator<Item = A>,
) -> ExitCode {
    start(cargo(package, profile).args(arguments))
}

fn cargo(package: &str, profile: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--manifest-path"]).arg(project().join("Cargo.toml"));
    command.args(["--package", package, "--profile", profile, "--"]);
    command
}

fn start(command: &mut Command) -> ExitCode {
    match command.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => fail(&format!("cargo cannot be started: {error}")),
    }
}
