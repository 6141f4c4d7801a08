//! `cargo xtask synth`: runs the writer of made-up catalogues.

use std::process::ExitCode;

use clap::Args;

use crate::package;

#[derive(Args)]
// `--help` is that of the program, which has the arguments in one place.
#[command(disable_help_flag = true)]
pub(crate) struct SynthArgs {
    /// Arguments of the program, such as `--integrations 344 --actions 18 --out DIR`; `--help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &SynthArgs) -> ExitCode {
    package::run_here("actionspec-synth", "dev", &args.arguments)
}
