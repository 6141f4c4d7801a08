//! `cargo xtask stats`

use std::fmt::Write;
use std::process::ExitCode;

use actionspec_codegen::stats::{Row, Stats, stats};
use clap::ValueEnum;

use crate::output::{fail, plural};
use crate::{SpecArgs, check};

/// Output format.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Human-readable tables.
    Human,
    /// One JSON object.
    Json,
}

/// Maximum number of reasons printed per kind of waiver; `--format json` prints all.
const MOST_REASONS: usize = 8;

pub(crate) fn run(args: &SpecArgs, form: Form) -> ExitCode {
    let Some(catalog) = check::load(args).catalog else { return ExitCode::FAILURE };
    let figures = stats(&catalog);
    match form {
        Form::Human => anstream::print!("{}", tables(&figures)),
        Form::Json => match serde_json::to_string_pretty(&figures) {
            Ok(json) => anstream::println!("{json}"),
            Err(error) => return fail(&error),
        },
    }
    ExitCode::SUCCESS
}

fn tables(figures: &Stats) -> String {
    let mut out = String::new();
    integrations(figures, &mut out);
    waivers(figures, &mut out);
    features(figures, &mut out);
    let hatches = &figures.escape_hatches;
    let share = hatches.share * 100.0;
    out.push_str(&match hatches.keys {
        0 => format!("\nescape hatches: {share:.0}% of actions; the language has no key for one\n"),
        _ => format!("\nescape hatches: {} ({share:.1}%)\n", plural(hatches.actions, "action")),
    });
    out
}

fn integrations(figures: &Stats, out: &mut String) {
    let width = figures
        .integrations
        .iter()
        .map(|row| row.id.len())
        .max()
        .unwrap_or_default()
        .max("integration".len());
    let heads = [
        "actions",
        "read",
        "write",
        "destructive",
        "triggers",
        "live",
        "documented",
        "composed",
        "no example",
    ];
    let _ = write!(out, "{:width$}", "integration");
    heads.iter().for_each(|head| out.push_str(&format!("  {head}")));
    out.push('\n');
    for row in figures.integrations.iter().chain([&figures.total]) {
        let _ = write!(out, "{:width$}", if row.id.is_empty() { "all" } else { &row.id });
        for (head, figure) in heads.iter().zip(columns(row)) {
            out.push_str(&format!("  {figure:>wide$}", wide = head.len()));
        }
        out.push('\n');
    }
}

fn columns(row: &Row) -> [usize; 9] {
    [
        row.actions,
        row.read,
        row.write,
        row.destructive,
        row.triggers,
        row.examples_live,
        row.examples_documentation,
        row.examples_composed,
        row.examples_waived,
    ]
}

fn waivers(figures: &Stats, out: &mut String) {
    for waivers in &figures.waivers {
        out.push_str(&format!("\nwaived {}: {}\n", waivers.what, waivers.count));
        for reason in waivers.reasons.iter().take(MOST_REASONS) {
            out.push_str(&format!("  {:>4}  {}\n", reason.count, reason.reason));
        }
        let more: usize =
            waivers.reasons.iter().skip(MOST_REASONS).map(|reason| reason.count).sum();
        if more > 0 {
            let reasons = waivers.reasons.len() - MOST_REASONS;
            out.push_str(&format!(
                "  {more:>4}  for {}; `--format json` has them\n",
                plural(reasons, "more reason")
            ));
        }
    }
}

fn features(figures: &Stats, out: &mut String) {
    let mut section = "";
    for used in &figures.features {
        if used.section != section {
            section = &used.section;
            out.push_str(&format!("\n{section}\n"));
        }
        let systems =
            if used.systems.is_empty() { "-".to_owned() } else { used.systems.join(", ") };
        out.push_str(&format!("  {:24}  {:>4}  {systems}\n", used.feature, used.actions));
    }
}
