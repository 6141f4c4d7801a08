//! `cargo xtask mock`: hands over to the mock server's own package, so that `gen` never compiles a server.

use std::process::{Command, ExitCode};

use clap::Args;

use crate::output::{fail, project};

#[derive(Args)]
pub(crate) struct MockArgs {
    /// Integrations to serve [default: all].
    integrations: Vec<String>,
    /// The loopback port of HTTP; integrations that speak something else have the next ones. 0 takes free ones.
    #[arg(long, default_value_t = 4010)]
    port: u16,
}

pub(crate) fn run(args: &MockArgs) -> ExitCode {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", "actionspec-mock", "--", "--port", &args.port.to_string()])
        .arg("--specs")
        .arg(project().join("specs"))
        .args(&args.integrations)
        .current_dir(project())
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => fail(&format!("cargo cannot be started: {error}")),
    }
}
