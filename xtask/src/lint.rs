//! `cargo xtask lint`

use std::process::ExitCode;
use std::time::Instant;

use actionspec_codegen::lint::RULES;
use actionspec_codegen::pipeline;

use crate::SpecArgs;
use crate::output::{plural, print, project, shown};

/// Judges the specs; fails when any rule, or the check before it, has found something.
pub(crate) fn run(args: &SpecArgs) -> ExitCode {
    let start = Instant::now();
    crate::check::set_threads(args);
    let specs = args.specs.clone().unwrap_or_else(|| project().join("specs"));
    let checked = pipeline::lint(&specs, &shown(&specs));
    print(&checked.findings, args.message_format);
    let Some(catalog) = checked.catalog.filter(|_| checked.findings.is_empty()) else { return ExitCode::FAILURE };
    if !args.quiet {
        let actions = catalog.integrations.iter().map(|integration| integration.actions.len()).sum();
        anstream::eprintln!(
            "Nothing to say of {} by {} in {:.2}s",
            plural(actions, "action"),
            plural(RULES.len(), "rule"),
            start.elapsed().as_secs_f64()
        );
    }
    ExitCode::SUCCESS
}
