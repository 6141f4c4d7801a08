//! `cargo xtask check`

use std::process::ExitCode;

use actionspec_codegen::pipeline;

use crate::SpecArgs;
use crate::output::{plural, print, shown};

/// Loads and resolves the specs; prints what was found.
pub(crate) fn load(args: &SpecArgs) -> pipeline::Checked {
    args.set_threads();
    let specs = args.folder();
    let checked = pipeline::check(&specs, &shown(&specs));
    print(&checked.findings, args.message_format);
    checked
}

pub(crate) fn run(args: &SpecArgs) -> ExitCode {
    let start = std::time::Instant::now();
    let Some(catalog) = load(args).catalog else { return ExitCode::FAILURE };
    if !args.quiet {
        let actions =
            catalog.integrations.iter().map(|integration| integration.actions.len()).sum();
        anstream::eprintln!(
            "Checked {} of {} in {:.2}s",
            plural(actions, "action"),
            plural(catalog.integrations.len(), "integration"),
            start.elapsed().as_secs_f64()
        );
    }
    ExitCode::SUCCESS
}
