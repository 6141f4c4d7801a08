//! `actionspec-synth`: writes a made-up catalogue.

use std::path::PathBuf;
use std::process::ExitCode;

use actionspec_synth::Options;
use clap::Parser;

/// Writes a synthetic catalogue: specs of fictional systems, in any number.
#[derive(Parser)]
struct Args {
    /// Number of integrations.
    #[arg(long, default_value_t = 10)]
    integrations: usize,
    /// Number of actions per integration.
    #[arg(long, default_value_t = 100)]
    actions: usize,
    /// Seed: selects one of the catalogues of this size.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The specs folder to write; it must be missing or empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[expect(clippy::print_stderr, reason = "a program that talks to its user")]
fn main() -> ExitCode {
    let args = Args::parse();
    let options =
        Options { integrations: args.integrations, actions: args.actions, seed: args.seed };
    match actionspec_synth::write(&args.out, &options) {
        Ok(files) => {
            eprintln!(
                "Wrote {} actions of {} integrations, {files} files",
                args.integrations * args.actions,
                args.integrations
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: `{}`: {error}", args.out.display());
            ExitCode::FAILURE
        }
    }
}
