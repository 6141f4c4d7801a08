//! `cargo xtask import`

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use actionspec_codegen::import::folder::Scope;
use actionspec_codegen::import::{self, Effect, Imported, Options, Report, Rule};
use clap::{Args, Subcommand};

use crate::output::{fail, plural, project, shown};
use crate::record;

/// Maximum number of places shown per rule.
const SHOWN: usize = 3;

#[derive(Subcommand)]
pub(crate) enum ImportCommand {
    /// Import an OpenAPI 3 or Swagger 2 document, JSON or YAML.
    Openapi(OpenapiArgs),
    /// Create an action from a curl command.
    Curl(record::CurlArgs),
    /// Create actions and examples from recorded traffic: a HAR file saved by a browser.
    Har(record::HarArgs),
    /// List the rules that repair documents.
    Rules,
}

#[derive(Args)]
pub(crate) struct OpenapiArgs {
    /// The document.
    file: PathBuf,
    /// The integration's id [default: from the document's title].
    #[arg(long, value_name = "ID")]
    integration: Option<String>,
    /// Import this operation, by id or as `GET /path`; repeatable.
    #[arg(long, value_name = "ID", num_args = 1..)]
    operation: Vec<String>,
    /// Import the operations with this tag; repeatable.
    #[arg(long, value_name = "TAG", num_args = 1..)]
    tag: Vec<String>,
    /// Import all operations, including those that an earlier import left out [default for a new integration].
    #[arg(long)]
    all: bool,
    /// The source that the specs reference: the document's URL [default: the file's name].
    #[arg(long, value_name = "URL")]
    source: Option<String>,
    /// A category of the catalogue [default: its first].
    #[arg(long, value_name = "ID")]
    category: Option<String>,
    /// The specs folder [default: `specs` of this project].
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Write the full report to this file, as Markdown.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write nothing; print what would change.
    #[arg(long)]
    dry_run: bool,
    /// Print errors only.
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(command: &ImportCommand) -> ExitCode {
    match command {
        ImportCommand::Openapi(args) => openapi(args),
        ImportCommand::Curl(args) => record::curl(args),
        ImportCommand::Har(args) => record::har(args),
        ImportCommand::Rules => {
            for rule in Rule::ALL {
                anstream::println!("{}  {:<28} {}", rule.id(), rule.name(), rule.sentence());
            }
            ExitCode::SUCCESS
        }
    }
}

fn openapi(args: &OpenapiArgs) -> ExitCode {
    let start = Instant::now();
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => return fail(&format!("`{}` cannot be read: {error}", shown(&args.file))),
    };
    let specs = args.specs.clone().unwrap_or_else(|| project().join("specs"));
    let name =
        args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let options = Options {
        integration: args.integration.clone(),
        operations: args.operation.clone(),
        tags: args.tag.clone(),
        document: args.source.clone().unwrap_or(name),
        category: args.category.clone().or_else(|| import::folder::first_category(&specs)),
    };
    let mut imported = match import::openapi(&bytes, &options) {
        Ok(imported) => imported,
        Err(failure) => return fail(&failure),
    };
    drop(bytes);
    let written = if args.dry_run {
        Ok(import::folder::Written::default())
    } else {
        import::folder::write(&mut imported, &specs, scope(args))
    };
    let written = match written {
        Ok(written) => written,
        Err(failure) => return fail(&failure),
    };
    if let Some(path) = &args.report
        && let Err(error) = std::fs::write(path, import::markdown(&imported.report))
    {
        return fail(&format!("`{}` cannot be written: {error}", shown(path)));
    }
    if !args.quiet {
        print(&imported.report);
        let folder = shown(&specs.join(&imported.id));
        anstream::eprintln!("{}", summary(&imported, &written, &folder, start));
    }
    ExitCode::SUCCESS
}

fn scope(args: &OpenapiArgs) -> Scope {
    match (args.all, args.operation.is_empty() && args.tag.is_empty()) {
        (true, _) => Scope::All,
        (false, true) => Scope::AsBefore,
        (false, false) => Scope::Named,
    }
}

/// `Imported 41 of 42 operations into specs/acme in 0.12s, 45 files written`
fn summary(
    imported: &Imported,
    written: &import::folder::Written,
    folder: &str,
    start: Instant,
) -> String {
    let report = &imported.report;
    let seconds = start.elapsed().as_secs_f64();
    let files = plural(written.files, "file");
    let of = if report.selected < report.operations {
        format!(" (of {} in the document)", report.operations)
    } else {
        String::new()
    };
    let more = if written.not_asked_for == 0 {
        String::new()
    } else {
        format!("; {} more with `--all`", plural(written.not_asked_for, "operation"))
    };
    format!(
        "Imported {} of {}{of} into {folder} in {seconds:.2}s, {files} written{more}",
        report.arrived,
        plural(report.selected, "operation")
    )
}

fn print(report: &Report) {
    for effect in [Effect::Leaves, Effect::Repairs, Effect::Skips] {
        let heading = match effect {
            Effect::Skips => "skipped",
            Effect::Repairs => "repaired",
            Effect::Leaves => "left out",
        };
        let counts: Vec<(Rule, usize)> =
            report.counts().into_iter().filter(|(rule, _)| rule.effect() == effect).collect();
        if counts.is_empty() {
            continue;
        }
        anstream::eprintln!("\u{1b}[1m{heading}\u{1b}[0m");
        for (rule, count) in counts {
            anstream::eprintln!("  {} {} ({count}): {}", rule.id(), rule.name(), rule.sentence());
            for entry in report.of(rule).take(SHOWN) {
                let detail = if entry.detail.is_empty() {
                    String::new()
                } else {
                    format!(": {}", entry.detail)
                };
                anstream::eprintln!(
                    "      {}{detail}",
                    if entry.at.is_empty() { "/" } else { &entry.at }
                );
            }
        }
    }
}
