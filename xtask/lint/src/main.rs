//! `actionspec-lint`: judges the specs. `cargo xtask lint` starts it.

use std::process::ExitCode;
use std::time::Instant;

use actionspec_codegen::lint::RULES;
use actionspec_codegen::pipeline;
use clap::Parser;
use xtask::output::{plural, print, shown};
use xtask::specs::SpecArgs;

/// Lints the specs: wording, examples, links, limits.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    specs: SpecArgs,
}

/// Fails if a lint rule or the preceding check reports a finding.
fn main() -> ExitCode {
    let start = Instant::now();
    let Args { specs: args } = Args::parse();
    args.set_threads();
    let specs = args.folder();
    let checked = pipeline::lint(&specs, &shown(&specs), actionspec_lint_words::correction);
    print(&checked.findings, args.message_format);
    let Some(catalog) = checked.catalog.filter(|_| checked.findings.is_empty()) else {
        return ExitCode::FAILURE;
    };
    if !args.quiet {
        let actions =
            catalog.integrations.iter().map(|integration| integration.actions.len()).sum();
        anstream::eprintln!(
            "No findings in {} by {} in {:.2}s",
            plural(actions, "action"),
            plural(RULES.len(), "rule"),
            start.elapsed().as_secs_f64()
        );
    }
    ExitCode::SUCCESS
}
