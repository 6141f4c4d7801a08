//! `cargo xtask lint`: hands over to the lint's own package, so that `gen` never compiles its word lists.

use std::process::ExitCode;

use xtask::specs::SpecArgs;

use crate::package;

pub(crate) fn run(args: &SpecArgs) -> ExitCode {
    package::run_here("actionspec-lint", "dev", args.arguments())
}
