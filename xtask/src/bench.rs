//! `cargo xtask bench`: hands over to the measuring program.

use std::process::ExitCode;

use clap::Args;

use crate::package;

#[derive(Args)]
pub(crate) struct BenchArgs {
    /// What to measure, and how: `gen`, `compile`, `call` or `newcomer`, then its options (`--help` lists them).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &BenchArgs) -> ExitCode {
    let features: &[&str] = if args.arguments.iter().any(|argument| argument == "call") { &["call"] } else { &[] };
    package::run_with("actionspec-bench", "release", features, &args.arguments)
}
