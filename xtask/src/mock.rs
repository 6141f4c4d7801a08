//! `cargo xtask mock`: runs the mock server.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Args;

use crate::output::project;
use crate::package;

#[derive(Args)]
pub(crate) struct MockArgs {
    /// Integrations to serve [default: all].
    integrations: Vec<String>,
    /// The loopback port for HTTP; integrations with other protocols get the following ports. 0 selects free ports.
    #[arg(long, default_value_t = 4010)]
    port: u16,
}

pub(crate) fn run(args: &MockArgs) -> ExitCode {
    let mut arguments: Vec<OsString> = vec![
        "--port".into(),
        args.port.to_string().into(),
        "--specs".into(),
        project().join("specs").into(),
    ];
    arguments.extend(args.integrations.iter().map(OsString::from));
    package::run("actionspec-mock", "dev", arguments)
}
