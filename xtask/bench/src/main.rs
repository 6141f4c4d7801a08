//! `actionspec-bench`: every figure of the project, with its floor or its rival measured in the same run. `cargo xtask bench` starts it.
//!
//! ```text
//! all         every part below, one after the other
//! generation  generating, against what any generator has to do
//! compile     what generated code costs the compiler
//! peers       the same, against what others generate of the same document
//! call        a call, against one written by hand: the project in `xtask/bench/call`
//! newcomer    from a clone to the first result
//! page        the page of figures, which `--write` writes
//! ```

mod all;
mod compile;
mod figure;
mod generation;
mod newcomer;
mod package;
mod page;
mod peers;
mod process;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use figure::{Figure, HEAD};

// As in `xtask`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs benchmarks, each next to its lower bound or to a peer in the same run. Without a command, runs all of them.
///
/// CPU time is reliable on a busy machine, elapsed time is not. Requires GNU time (`/usr/bin/time`).
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
struct Cli {
    #[command(subcommand)]
    what: Option<What>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Table, global = true)]
    format: Format,
    /// Number of runs; the median is reported. Benchmarks that take minutes run less often.
    #[arg(long, default_value_t = 3, global = true)]
    rounds: usize,
    /// Write the figures to `xtask/bench/FIGURES.md`; only when everything is measured.
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A Markdown table.
    Table,
    /// JSON: a list of figures with name, value, unit, target, whether the target is met, and the environment.
    Json,
}

#[derive(Subcommand)]
enum What {
    /// All benchmarks, with the sizes that the targets name: about an hour and 8 GB of disk on two cores.
    ///
    /// A figure that cannot be measured is a row with the reason. The command fails if a whole benchmark is missing, but not if a peer is not installed.
    All {
        /// Small sizes, to test that all benchmarks work: some minutes. Targets are not checked.
        #[arg(long)]
        small: bool,
    },
    /// Generating synthetic catalogues: about a minute, ten with 100,000 actions.
    Gen {
        /// Numbers of actions.
        #[arg(long, value_delimiter = ',', default_values_t = [100, 1_000, 10_000])]
        actions: Vec<usize>,
        /// The folder to write to. In memory, as below `/dev/shm`, timings are stable; on a disk, files that were removed shortly before add cost
        /// [default: the system's temporary folder].
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Compiling generated code, real and synthetic: about ten minutes.
    Compile(CompileArgs),
    /// Compiling the code that we and other generators make from the same documents: one minute per peer for 200 operations, longer for more.
    ///
    /// Peers are run where their programs are on the `PATH`: progenitor, openapi-generator, openapi-to-rust, ploidy. A peer that is not
    /// installed, rejects the document, or whose code does not compile is a row with the reason.
    Peers(PeersArgs),
    /// Calling an action, compared with hand-written code: one minute.
    Call,
    /// From a clone to the first result of `gen`: a minute or two.
    Newcomer {
        /// Start with an empty Cargo cache.
        #[arg(long)]
        download: bool,
    },
    /// One step of a benchmark, in a separate process.
    #[command(hide = true)]
    Internal { what: String, folder: PathBuf },
}

#[derive(Args)]
struct CompileArgs {
    /// Numbers of actions of synthetic catalogues.
    #[arg(long, value_delimiter = ',', default_values_t = [200, 1_000, 5_000])]
    actions: Vec<usize>,
    /// Number of other integrations next to one that is compiled alone.
    #[arg(long, default_value_t = 10_000)]
    others: usize,
    /// Measure `cargo build --release` too, of catalogues up to 1,000 actions.
    #[arg(long)]
    release: bool,
}

#[derive(Args)]
struct PeersArgs {
    /// An OpenAPI document, JSON or YAML; repeatable [default: the largest that this project generates].
    #[arg(long = "document", value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// A Cargo package that a peer generated from the document, instead of running the peer; repeatable.
    #[arg(long = "peer", value_name = "NAME=FOLDER")]
    written: Vec<peers::Written>,
    /// Run only this peer; repeatable.
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(peers::names()))]
    only: Vec<String>,
    /// The folder where packages are written and built; existing builds make a second run faster [default: `target/bench/peers`].
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that talks to its user")]
fn main() -> ExitCode {
    let Cli { what, format, rounds, write } = Cli::parse();
    let what = what.unwrap_or(What::All { small: false });
    if write && !matches!(what, What::All { small: false }) {
        eprintln!("error: `--write` replaces all figures; run it without a command, or with `all`");
        return ExitCode::FAILURE;
    }
    let mut complete = true;
    let figures = match what {
        What::All { small } => {
            let (figures, all) = all::figures(small, rounds);
            complete = all;
            Ok(figures)
        }
        What::Gen { actions, folder } => {
            generation::figures(&actions, rounds, &folder.unwrap_or_else(std::env::temp_dir))
        }
        What::Compile(CompileArgs { actions, others, release }) => {
            compile::figures(&compile::Sizes { actions, others, release }, rounds)
        }
        What::Peers(args) => peers::figures(&args.into(), rounds),
        What::Call => calls(rounds),
        What::Newcomer { download } => newcomer::figures(download),
        What::Internal { what, folder } => {
            return match generation::internal(&what, &folder) {
                Ok(()) => ExitCode::SUCCESS,
                Err(message) => {
                    eprintln!("error: {message}");
                    ExitCode::FAILURE
                }
            };
        }
    };
    if let Ok(figures) = &figures
        && write
        && let Err(message) = write_page(figures)
    {
        eprintln!("error: {message}");
        return ExitCode::FAILURE;
    }
    match figures {
        Ok(figures) if format == Format::Json => {
            println!("{:#}", figures.iter().map(Figure::json).collect::<serde_json::Value>());
        }
        Ok(figures) => {
            println!("{HEAD}");
            figures.iter().for_each(|figure| println!("{}", figure.row()));
        }
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    }
    if complete { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl From<PeersArgs> for peers::Comparison {
    fn from(PeersArgs { documents, written, only, folder }: PeersArgs) -> Self {
        Self {
            documents,
            written,
            only,
            folder: folder.unwrap_or_else(|| project().join("target/bench/peers")),
        }
    }
}

/// Calls need an HTTP client, the generated crate, and an allocator that counts: a project of its own, so that all else is measured without
/// them and loads when nothing is generated yet.
fn calls(rounds: usize) -> Result<Vec<Figure>, String> {
    let mut run = std::process::Command::new(cargo());
    run.current_dir(project().join("xtask/bench/call")).args([
        "run",
        "--release",
        "--quiet",
        "--",
        &rounds.to_string(),
    ]);
    let output = run.output().map_err(failed)?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let figures: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).map_err(failed)?;
    figures
        .iter()
        .map(|json| Figure::from_json(json).ok_or_else(|| format!("no figure: {json}")))
        .collect()
}

/// Replaces the figures on their page.
fn write_page(figures: &[Figure]) -> Result<(), String> {
    let path = project().join("xtask/bench/FIGURES.md");
    let page = std::fs::read_to_string(&path).map_err(failed)?;
    let page = page::with(&page, figures)
        .ok_or_else(|| format!("`{}` has no place for figures", path.display()))?;
    std::fs::write(&path, page).map_err(failed)
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
