//! `cargo xtask bench`: hands over to the measuring program.

use std::process::ExitCode;

use clap::Args;

use crate::package;

/// The part that needs an HTTP client.
const CALL: &str = "call";

#[derive(Args)]
// `--help` is that of the measuring program.
#[command(disable_help_flag = true)]
pub(crate) struct BenchArgs {
    /// What to measure, and how: `gen`, `compile`, `peers`, `call`, `newcomer` or, without it, `all`; then its options (`--help` lists them).
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &BenchArgs) -> ExitCode {
    package::run_here("actionspec-bench", "release", features(&args.arguments), &args.arguments)
}

fn features(arguments: &[String]) -> &'static [&'static str] {
    if arguments.iter().any(|argument| argument == CALL) { &[CALL] } else { &[] }
}

#[cfg(test)]
mod tests {
    use super::features;

    #[test]
    fn an_http_client_is_compiled_only_for_what_calls() {
        let of = |line: &str| features(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        for line in ["call", "call --rounds 1", "--format json call"] {
            assert_eq!(of(line), ["call"], "{line}");
        }
        for line in ["", "--format json", "all --small", "gen --actions 100", "--help", "compile --help"] {
            assert!(of(line).is_empty(), "{line}");
        }
    }
}
