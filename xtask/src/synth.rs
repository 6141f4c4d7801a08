//! `cargo xtask synth`: hands over to the writer of made-up catalogues.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::output::fail;
use crate::package;

#[derive(Args)]
pub(crate) struct SynthArgs {
    /// How many integrations.
    #[arg(long, default_value_t = 10)]
    integrations: usize,
    /// How many actions each of them has.
    #[arg(long, default_value_t = 100)]
    actions: usize,
    /// Which of the catalogues of this size.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The specs folder to write; missing or empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(crate) fn run(args: &SynthArgs) -> ExitCode {
    // The program runs in the project's folder, the user perhaps elsewhere.
    let out = match std::path::absolute(&args.out) {
        Ok(out) => out,
        Err(error) => return fail(&format!("`{}`: {error}", args.out.display())),
    };
    let number = |name: &str, value: String| [OsString::from(name), value.into()];
    let mut arguments = Vec::new();
    arguments.extend(number("--integrations", args.integrations.to_string()));
    arguments.extend(number("--actions", args.actions.to_string()));
    arguments.extend(number("--seed", args.seed.to_string()));
    arguments.extend(["--out".into(), out.into_os_string()]);
    package::run("actionspec-synth", "dev", arguments)
}
