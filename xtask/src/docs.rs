//! `cargo xtask docs`: hands over to the site's own package, so that `gen` never compiles a site generator.

use std::process::{Command, ExitCode};

use clap::Args;

use crate::output::{fail, project};

#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct DocsArgs {
    /// What the site generator is told; `--help` tells what it takes.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &DocsArgs) -> ExitCode {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--manifest-path"])
        .arg(project().join("Cargo.toml"))
        .args(["--package", "actionspec-site", "--"])
        .args(&args.arguments)
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => fail(&format!("cargo cannot be started: {error}")),
    }
}
