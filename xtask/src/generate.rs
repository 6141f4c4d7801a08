//! `cargo xtask gen`

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use actionspec_codegen::emit::{EMITTERS, Emitter};
use actionspec_codegen::pipeline::{self, Mode, Options, Outcome};
use actionspec_codegen::sync::Change;
use clap::builder::PossibleValue;

use crate::GenArgs;
use crate::output::{cache, fail, on_demand, plural, print, project, shown};

/// Maximum number of files whose diff is shown.
const SHOWN: usize = 20;

/// The kinds of output that `--only` takes.
pub(crate) fn kinds() -> Vec<PossibleValue> {
    let value =
        |emitter: &&'static dyn Emitter| PossibleValue::new(emitter.name()).help(emitter.about());
    EMITTERS.iter().map(value).collect()
}

pub(crate) fn run(args: &GenArgs) -> ExitCode {
    let start = Instant::now();
    let specs = args.specs.folder();
    let options = Options {
        specs_shown: shown(&specs),
        specs,
        templates: args.templates.clone().unwrap_or_else(|| project().join("docs-templates")),
        layout: args.layout.clone(),
        out: args.out.clone().unwrap_or_else(|| out(&args.only)),
        only: args.only.clone(),
        pretty: args.pretty,
    };
    args.specs.set_threads();
    let cache = (!args.no_cache).then(cache);
    let mode = if args.check { Mode::Check } else { Mode::Write { cache: cache.as_deref() } };
    let generated = match pipeline::generate(&options, mode) {
        Ok(generated) => generated,
        Err(failure) => return fail(&failure),
    };
    print(&generated.findings, args.specs.message_format);
    let Some(outcome) = generated.outcome else { return ExitCode::FAILURE };
    if args.check {
        return report_drift(&generated.changes, outcome, &options, args.specs.quiet);
    }
    if !args.specs.quiet {
        anstream::eprintln!("{}", summary(outcome, start));
    }
    ExitCode::SUCCESS
}

/// The default output folder: a kind that is not committed goes below `target`.
fn out(only: &[String]) -> PathBuf {
    let is_committed = |name: &String| {
        EMITTERS.iter().any(|emitter| emitter.name() == name && emitter.committed())
    };
    if only.iter().all(is_committed) { project().join("generated") } else { on_demand() }
}

/// `Generated 41 actions in 0.12s, 3 of 130 files changed`
fn summary(outcome: Outcome, start: Instant) -> String {
    let Outcome { actions, files, written, removed } = outcome;
    let seconds = start.elapsed().as_secs_f64();
    let mut line = format!("Generated {} in {seconds:.2}s, ", plural(actions, "action"));
    if written + removed == 0 {
        line.push_str(&format!("all {files} files up to date"));
    } else {
        line.push_str(&format!("{written} of {} changed", plural(files, "file")));
    }
    if removed > 0 {
        line.push_str(&format!(", {removed} removed"));
    }
    line
}

/// Prints what `gen` would change.
fn report_drift(changes: &[Change], outcome: Outcome, options: &Options, quiet: bool) -> ExitCode {
    if changes.is_empty() {
        if !quiet {
            anstream::eprintln!("Up to date: {}", plural(outcome.files, "file"));
        }
        return ExitCode::SUCCESS;
    }
    for change in changes.iter().take(SHOWN) {
        anstream::print!("{}", diff(change, &shown(&options.out)));
    }
    if changes.len() > SHOWN {
        anstream::println!("… and {} more", plural(changes.len() - SHOWN, "file"));
    }
    fail(&format!(
        "{} out of date; run `cargo xtask gen` and commit the result",
        plural(changes.len(), "generated file")
    ))
}

/// A change as a unified diff.
fn diff(change: &Change, root: &str) -> String {
    match change {
        Change::Remove { path } => format!("--- {root}/{path}\n+++ (removed)\n"),
        Change::Write { output, before: None } => {
            format!("--- (new)\n+++ {root}/{}\n", output.path)
        }
        Change::Write { output, before: Some(before) } => {
            let (before, after) =
                (String::from_utf8_lossy(before), String::from_utf8_lossy(&output.contents));
            let name = format!("{root}/{}", output.path);
            similar::TextDiff::from_lines(before.as_ref(), after.as_ref())
                .unified_diff()
                .context_radius(2)
                .header(&name, &name)
                .to_string()
        }
    }
}
