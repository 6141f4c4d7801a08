//! `cargo xtask docs`: hands over to the site's own package, so that `gen` never compiles a site generator.

use std::process::ExitCode;

use clap::Args;

use crate::package;

#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct DocsArgs {
    /// Arguments for the site generator; see `cargo xtask docs --help`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &DocsArgs) -> ExitCode {
    package::run_here("actionspec-site", "dev", &args.arguments)
}
