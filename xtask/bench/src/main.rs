//! `actionspec-bench`: every figure of the project, with its floor or its rival measured in the same run. `cargo xtask bench` starts it.

#[cfg(feature = "call")]
mod call;
mod compile;
mod figure;
mod generation;
mod newcomer;
mod process;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use figure::{Figure, HEAD};

// As in `xtask`. Where allocations are counted, the counter is the allocator.
#[cfg(not(feature = "call"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the project.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    what: What,
    /// How figures are printed.
    #[arg(long, value_enum, default_value_t = Format::Table, global = true)]
    format: Format,
    /// How often each is measured; the median counts.
    #[arg(long, default_value_t = 3, global = true)]
    rounds: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A Markdown table.
    Table,
    /// JSON.
    Json,
}

#[derive(Subcommand)]
enum What {
    /// Generating synthetic catalogues.
    Gen {
        /// Their numbers of actions.
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
        actions: Vec<usize>,
    },
    /// Compiling generated code.
    Compile {
        /// Numbers of actions of synthetic catalogues, hundreds.
        #[arg(long, value_delimiter = ',', default_values_t = [500, 1_000])]
        actions: Vec<usize>,
        /// Measure `cargo build --release` of the real catalogue too.
        #[arg(long)]
        release: bool,
    },
    /// Calling an action.
    #[cfg(feature = "call")]
    Call,
    /// From a clone to the first result.
    Newcomer {
        /// Begin with an empty cargo cache.
        #[arg(long)]
        download: bool,
    },
    /// One step of a measurement, in a process of its own.
    #[command(hide = true)]
    Internal { what: String, folder: PathBuf },
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that talks to its user")]
fn main() -> ExitCode {
    let args = Args::parse();
    let figures = match &args.what {
        What::Gen { actions } => generation::figures(actions, args.rounds),
        What::Compile { actions, release } => compile::figures(actions, args.rounds, *release),
        #[cfg(feature = "call")]
        What::Call => call::figures(args.rounds),
        What::Newcomer { download } => newcomer::figures(*download),
        What::Internal { what, folder } => generation::internal(what, folder).map(|()| Vec::new()),
    };
    match figures {
        Ok(figures) if matches!(args.what, What::Internal { .. }) => drop(figures),
        Ok(figures) if args.format == Format::Json => println!("{:#}", figures.iter().map(Figure::json).collect::<serde_json::Value>()),
        Ok(figures) => {
            println!("{HEAD}");
            figures.iter().for_each(|figure| println!("{}", figure.row()));
        }
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The project's folder.
fn project() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from)
}

/// Any failure, in words.
fn failed(error: impl std::fmt::Display) -> String {
    error.to_string()
}
