//! `cargo xtask check`

use std::process::ExitCode;

use actionspec_codegen::pipeline;

use crate::SpecArgs;
use crate::output::{plural, print, project, shown};

/// Sets the size of the thread pool.
pub(crate) fn set_threads(args: &SpecArgs) {
    if let Some(threads) = args.threads {
        // The pool is there already only if this ran before; then its size stands.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
}

/// Loads and resolves the specs; prints what was found.
pub(crate) fn load(args: &SpecArgs) -> pipeline::Checked {
    set_threads(args);
    let specs = args.specs.clone().unwrap_or_else(|| project().join("specs"));
    let checked = pipeline::check(&specs, &shown(&specs));
    print(&checked.findings, args.message_format);
    checked
}

pub(crate) fn run(args: &SpecArgs) -> ExitCode {
    let start = std::time::Instant::now();
    let Some(catalog) = load(args).catalog else { return ExitCode::FAILURE };
    if !args.quiet {
        let actions = catalog.integrations.iter().map(|integration| integration.actions.len()).sum();
        anstream::eprintln!(
            "Checked {} of {} in {:.2}s",
            plural(actions, "action"),
            plural(catalog.integrations.len(), "integration"),
            start.elapsed().as_secs_f64()
        );
    }
    ExitCode::SUCCESS
}
