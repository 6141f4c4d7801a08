//! `cargo xtask import curl` and `cargo xtask import har`

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use actionspec_codegen::record::{self, Fault, Kind, Made, Options, Report, Specs};
use clap::Args;

use crate::output::{fail, plural, project, shown};

/// Maximum number of lines shown per kind.
const SHOWN: usize = 12;
/// Maximum size of an input file.
const MOST_FILE: u64 = 8 << 20;

/// Where specs are written, and what is printed.
#[derive(Args)]
pub(crate) struct TargetArgs {
    /// The integration's id [default: the one with this host, or one named after it].
    #[arg(long, value_name = "ID")]
    integration: Option<String>,
    /// A category of the catalogue, for a new integration [default: its first].
    #[arg(long, value_name = "ID")]
    category: Option<String>,
    /// The vendor's documentation of the API [default: the host].
    #[arg(long, value_name = "URL")]
    documentation: Option<String>,
    /// The specs folder [default: `specs` of this project].
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Replace existing specs.
    #[arg(long)]
    force: bool,
    /// Write nothing; print the specs.
    #[arg(long)]
    dry_run: bool,
    /// Print errors only.
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Args)]
pub(crate) struct CurlArgs {
    /// The command, in single quotes; `-` reads it from standard input.
    #[arg(allow_hyphen_values = true)]
    command: String,
    /// The action's id [default: from method and path].
    #[arg(long, value_name = "ID")]
    action: Option<String>,
    /// A file that the command may name (`-d @body.json`); no other one is read.
    #[arg(long = "file", value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    target: TargetArgs,
}

#[derive(Args)]
pub(crate) struct HarArgs {
    /// The file.
    file: PathBuf,
    /// The host of the API [default: the one with most requests].
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    #[command(flatten)]
    target: TargetArgs,
}

pub(crate) fn curl(args: &CurlArgs) -> ExitCode {
    let mut command = args.command.clone();
    if command == "-" {
        command.clear();
        if let Err(error) = std::io::stdin().take(MOST_FILE).read_to_string(&mut command) {
            return fail(&format!("standard input cannot be read: {error}"));
        }
    }
    let options = Options {
        action: args.action.clone(),
        source: "A recorded request".to_owned(),
        ..options(&args.target)
    };
    // The command may come from anywhere, and its files would end up in a spec.
    let read = |name: &str| {
        if args.files.iter().any(|file| file == Path::new(name)) {
            read_file(name)
        } else {
            Err(std::io::Error::other(format!("it is read only with the option `--file {name}`")))
        }
    };
    finish(record::from_curl(&command, &options, &args.target.read(), &read), &args.target)
}

pub(crate) fn har(args: &HarArgs) -> ExitCode {
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => return fail(&format!("`{}` cannot be read: {error}", shown(&args.file))),
    };
    let options = Options {
        host: args.host.clone(),
        source: "Recorded traffic".to_owned(),
        ..options(&args.target)
    };
    finish(record::from_har(&bytes, &options, &args.target.read()), &args.target)
}

impl TargetArgs {
    fn folder(&self) -> PathBuf {
        self.specs.clone().unwrap_or_else(|| project().join("specs"))
    }

    fn read(&self) -> Specs {
        Specs::read(&self.folder())
    }
}

fn options(target: &TargetArgs) -> Options {
    Options {
        integration: target.integration.clone(),
        category: target.category.clone(),
        documentation: target.documentation.clone(),
        ..Options::default()
    }
}

fn read_file(name: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(name)?.take(MOST_FILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn finish(made: Result<Made, Fault>, target: &TargetArgs) -> ExitCode {
    match made {
        Ok(made) if target.dry_run => {
            print_files(&made);
            print_report(&made.report, target.quiet);
            ExitCode::SUCCESS
        }
        Ok(made) => write(made, &target.folder(), target.force, target.quiet),
        Err(fault) => fail(&fault),
    }
}

/// Writes the specs and prints a summary.
pub(crate) fn write(mut made: Made, folder: &Path, force: bool, quiet: bool) -> ExitCode {
    let written = match record::write(&mut made, folder, force) {
        Ok(written) => written,
        Err(fault) => return fail(&fault),
    };
    print_report(&made.report, quiet);
    if !quiet {
        for path in &written {
            anstream::println!("{}", shown(&folder.join(path)));
        }
        let new = if made.is_new { "the new integration" } else { "the integration" };
        anstream::eprintln!(
            "Wrote {} of {new} `{}`; run `cargo xtask gen` next",
            plural(made.actions.len(), "action"),
            made.integration
        );
    }
    ExitCode::SUCCESS
}

fn print_files(made: &Made) {
    for (path, text) in &made.files {
        anstream::println!("# {path}\n{text}");
    }
}

fn print_report(report: &Report, quiet: bool) {
    for kind in Kind::ALL.into_iter().filter(|_| !quiet) {
        let lines: Vec<_> = report.of(kind).collect();
        if lines.is_empty() {
            continue;
        }
        anstream::eprintln!("\u{1b}[1m{}\u{1b}[0m", kind.heading());
        for line in lines.iter().take(SHOWN) {
            anstream::eprintln!(
                "  {}: {}",
                if line.at.is_empty() { "/" } else { &line.at },
                line.message.replace('\n', "\n    ")
            );
        }
        if lines.len() > SHOWN {
            anstream::eprintln!("  and {} more", lines.len() - SHOWN);
        }
    }
}
