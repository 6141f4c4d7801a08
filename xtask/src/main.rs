//! The command line of the project: arguments and printing only, the logic lives in `actionspec-codegen`.

mod bench;
mod check;
mod ci;
mod data;
mod docs;
mod explain;
mod generate;
mod import;
mod lint;
mod mock;
mod new;
mod package;
mod record;
mod stats;
mod synth;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use xtask::output;
use xtask::specs::SpecArgs;

// `Cargo.toml` says what it saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Turns action specs into a Rust client, validators and documentation pages.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate all outputs from the specs.
    Gen(GenArgs),
    /// Check the specs without generating anything.
    Check(SpecArgs),
    /// Lint the specs: wording, examples, links, limits.
    Lint(SpecArgs),
    /// Print catalogue statistics: actions, examples, waivers, features of the language.
    Stats {
        #[command(flatten)]
        specs: SpecArgs,
        /// Output format.
        #[arg(long, value_enum, default_value_t = stats::Form::Human)]
        format: stats::Form,
    },
    /// Explain an error code.
    Explain {
        /// The code, as in `AS0101`. If omitted, lists all codes.
        code: Option<String>,
    },
    /// Create specs from an API description or from recorded requests.
    Import {
        #[command(subcommand)]
        command: import::ImportCommand,
    },
    /// Create an integration or an action: a short, commented spec that `gen` accepts.
    New(new::NewArgs),
    /// Run a mock server on loopback that answers actions from their specs.
    Mock(mock::MockArgs),
    /// Write a synthetic catalogue of any size, for benchmarks.
    Synth(synth::SynthArgs),
    /// Benchmark generation, compile time, calls and the first build.
    Bench(bench::BenchArgs),
    /// Build the documentation site; `--serve` also serves it.
    Docs(docs::DocsArgs),
    /// Copy the files that the crate for calls by name needs when it is packaged.
    Package,
    /// Run all checks of continuous integration: formatting, lints, drift, tests.
    Ci(ci::CiArgs),
}

#[derive(Args)]
struct GenArgs {
    #[command(flatten)]
    specs: SpecArgs,
    /// Write nothing; fail and print a diff if something would change.
    #[arg(long)]
    check: bool,
    /// The output folder [default: `generated` of this project; `target/generated` for kinds that are not committed].
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The page layout: a subfolder of the templates.
    #[arg(long, default_value = "default")]
    layout: String,
    /// The templates folder [default: `docs-templates` of this project].
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Ignore the cache and regenerate everything.
    #[arg(long)]
    no_cache: bool,
    /// Indent the JSON of `catalog` and `openapi`.
    #[arg(long)]
    pretty: bool,
    /// Generate only this kind of output; can be given several times [default: the committed kinds].
    #[arg(long, value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(generate::kinds()))]
    only: Vec<String>,
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Gen(args) => generate::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Stats { specs, format } => stats::run(&specs, format),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Import { command } => import::run(&command),
        Command::New(args) => new::run(args),
        Command::Mock(args) => mock::run(&args),
        Command::Synth(args) => synth::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Docs(args) => docs::run(&args),
        Command::Package => data::run(),
        Command::Ci(args) => ci::run(&args),
    }
}
