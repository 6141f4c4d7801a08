//! `cargo xtask bench`: hands over to the measuring program.

use std::process::ExitCode;

use clap::Args;

use crate::package;

#[derive(Args)]
// `--help` is that of the measuring program.
#[command(disable_help_flag = true)]
pub(crate) struct BenchArgs {
    /// The benchmark: `gen`, `compile`, `peers`, `call`, `newcomer` or `all` (default); then its options (see `--help`).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &BenchArgs) -> ExitCode {
    package::run_here("actionspec-bench", "release", &args.arguments)
}
