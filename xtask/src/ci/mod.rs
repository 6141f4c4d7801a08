//! `cargo xtask ci`: all checks, in one command, with a line for each.
//!
//! ```text
//! checks   the table: what runs, where, and which parts of the project it depends on
//! changes  which parts a change touches, from the paths that git names
//! crates   the generated crates, and the shard of each
//! ```
//!
//! A check that does not run is printed with the reason.

mod changes;
mod checks;
mod crates;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Args;

use crate::output::{fail, project};
use changes::Changes;
use checks::{CHECKS, Check, Scope};
use crates::{Generated, Shard};

#[derive(Args)]
pub(crate) struct CiArgs {
    /// Run one part of N of the checks of generated crates; all other checks run in the first part.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Run only the checks that the changes since this git revision can affect.
    #[arg(long, value_name = "REV", conflicts_with = "synthetic")]
    changed_since: Option<String>,
    /// Run the checks of generated crates over a made-up catalogue with this many integrations of 18 actions each.
    #[arg(long, value_name = "INTEGRATIONS", num_args = 0..=1, default_missing_value = "344")]
    synthetic: Option<usize>,
    /// Print what would run and what would be left out, and run nothing.
    #[arg(long)]
    list: bool,
}

/// How many actions a made-up integration has: 344 of them are more than 6,000 actions.
const SYNTHETIC_ACTIONS: usize = 18;

/// Where the runtime is, from the made-up generated workspace.
const RUNTIME_OF_SYNTHETIC: &str = "  runtimePath: ../../../runtime\n";

/// One command that will run.
struct Planned {
    name: String,
    folder: PathBuf,
    arguments: Vec<String>,
}

pub(crate) fn run(args: &CiArgs) -> ExitCode {
    match plan(args) {
        Ok((planned, left_out)) if args.list => {
            planned.iter().for_each(|one| anstream::println!("runs: {}", one.name));
            left_out.iter().for_each(|line| anstream::println!("{line}"));
            ExitCode::SUCCESS
        }
        Ok((planned, left_out)) => execute(&planned, &left_out),
        Err(message) => fail(&message),
    }
}

/// What runs, and for each check that does not, a line with the reason.
fn plan(args: &CiArgs) -> Result<(Vec<Planned>, Vec<String>), String> {
    let synthetic = args.synthetic.map(write_synthetic).transpose()?;
    let generated = Generated::read(synthetic.as_deref().unwrap_or(&project().join("generated")))?;
    let changes = match &args.changed_since {
        Some(revision) => Changes::since(revision)?,
        None => Changes::everything(),
    };
    let (mut planned, mut left_out) = (Vec::new(), Vec::new());
    for check in CHECKS {
        if let Err(reason) = select(check, args, &changes, &generated, &mut planned) {
            left_out.push(format!("left out: {}: {reason}", check.name));
        }
    }
    Ok((planned, left_out))
}

/// Adds the commands of a check, or says why there are none.
fn select(
    check: &Check,
    args: &CiArgs,
    changes: &Changes,
    generated: &Generated,
    planned: &mut Vec<Planned>,
) -> Result<(), String> {
    let affected = changes.affect(check.parts);
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    if let Scope::Project(folder) = check.scope {
        if args.synthetic.is_some() {
            return Err("it does not depend on the size of the catalogue".to_owned());
        }
        if args.shard.is_some_and(|shard| !shard.is_first()) {
            return Err("it runs in the first shard".to_owned());
        }
        if !affected {
            return Err(format!("nothing changed in {}", changes::named(check.parts)));
        }
        let folder = project().join(folder);
        planned.push(Planned {
            name: check.name.to_owned(),
            folder,
            arguments: words(check.arguments),
        });
        return Ok(());
    }
    let concerned: BTreeSet<&str> = generated
        .crates()
        .filter(|one| affected || changes.touch(one.integration()))
        .map(|one| one.name.as_str())
        .collect();
    if concerned.is_empty() {
        let parts = changes::named(check.parts);
        return Err(format!("nothing changed in {parts}, and no integration did"));
    }
    let mine: Vec<&str> = concerned
        .iter()
        .copied()
        .filter(|name| args.shard.is_none_or(|shard| shard.has(name)))
        .collect();
    if mine.is_empty() {
        return Err("none of the changed crates is in this shard".to_owned());
    }
    let mut add = |name: String, packages: &[&str]| {
        let (before, after) = check
            .arguments
            .iter()
            .position(|argument| *argument == "--")
            .map_or((check.arguments, &[][..]), |at| check.arguments.split_at(at));
        let mut arguments = words(before);
        arguments.extend(packages.iter().flat_map(|name| words(&["--package", name])));
        arguments.extend(words(after));
        planned.push(Planned { name, folder: generated.folder().to_owned(), arguments });
    };
    if check.scope == Scope::EachGenerated {
        mine.iter().for_each(|name| add(format!("{}, {name}", check.name), &[name]));
    } else {
        add(format!("{}, {} of {}", check.name, mine.len(), generated.crates().count()), &mine);
    }
    Ok(())
}

fn execute(planned: &[Planned], left_out: &[String]) -> ExitCode {
    if planned.iter().any(|one| one.name == checks::SITE) {
        prepare();
    }
    let start = Instant::now();
    let mut failed = Vec::new();
    let mut slowest: Vec<(Duration, &str)> = Vec::new();
    for one in planned {
        let begun = Instant::now();
        if !passes(one) {
            failed.push(&one.name);
        }
        slowest.push((begun.elapsed(), &one.name));
    }
    slowest.sort();
    anstream::println!();
    for (time, name) in slowest.iter().rev().take(10) {
        anstream::println!("{:>6.0}s {name}", time.as_secs_f64());
    }
    anstream::println!("{:>6.0}s in all", start.elapsed().as_secs_f64());
    left_out.iter().for_each(|line| anstream::println!("{line}"));
    failed.iter().for_each(|name| anstream::println!("failed: {name}"));
    anstream::println!("{} passed, {} failed", planned.len() - failed.len(), failed.len());
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn passes(check: &Planned) -> bool {
    let start = Instant::now();
    // Hundreds of package names say nothing that the name of the check does not.
    let shown: Vec<&str> = check.arguments.iter().map(String::as_str).take(12).collect();
    let rest = if check.arguments.len() > shown.len() { " …" } else { "" };
    anstream::println!("\n── {} ── cargo {}{rest}", check.name, shown.join(" "));
    let status = cargo()
        .args(&check.arguments)
        .env("INSTA_UPDATE", "no")
        .env("RUSTDOCFLAGS", "-D warnings")
        // One target folder for all workspaces.
        .env("CARGO_TARGET_DIR", project().join("target"))
        .current_dir(&check.folder)
        .status();
    let passed = status.is_ok_and(|status| status.success());
    anstream::println!(
        "── {}: {} in {:.0}s",
        check.name,
        if passed { "passed" } else { "FAILED" },
        start.elapsed().as_secs_f64()
    );
    passed
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.stdin(Stdio::null());
    command
}

/// Installs the browser that the site is tested in. If that fails, the check of the site fails and says so.
fn prepare() {
    if let Err(error) = Command::new(project().join(".ci/browser")).stdin(Stdio::null()).status() {
        anstream::eprintln!("`.ci/browser` cannot be started: {error}");
    }
}

/// Writes a made-up catalogue and generates its crates. Returns the folder of the generated workspace.
fn write_synthetic(integrations: usize) -> Result<PathBuf, String> {
    let folder = project().join("target/ci-synthetic");
    let (specs, out) = (folder.join("specs"), folder.join("generated"));
    if let Err(error) = std::fs::remove_dir_all(&specs)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(format!("`{}`: {error}", specs.display()));
    }
    let count = |count: usize| count.to_string();
    let synth = ["xtask", "synth", "--integrations", &count(integrations), "--actions"];
    succeeds(cargo().args(synth).arg(count(SYNTHETIC_ACTIONS)).arg("--out").arg(&specs))?;
    // `crate` is the last key of a made-up catalogue.
    let catalog = specs.join("catalog.yaml");
    std::fs::read_to_string(&catalog)
        .and_then(|text| std::fs::write(&catalog, text + RUNTIME_OF_SYNTHETIC))
        .map_err(|error| format!("`{}`: {error}", catalog.display()))?;
    let generate = ["xtask", "gen", "--only", "rust", "--specs"];
    succeeds(cargo().args(generate).arg(&specs).arg("--out").arg(&out))?;
    Ok(out)
}

fn succeeds(command: &mut Command) -> Result<(), String> {
    match command.current_dir(project()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} failed: {status}")),
        Err(error) => Err(format!("{command:?} cannot be started: {error}")),
    }
}

/// Generated crates without their own lock file are checked with the versions of this project.
fn lock(folder: &Path) -> Result<(), String> {
    std::fs::copy(project().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map(drop)
        .map_err(|error| format!("`{}/Cargo.lock`: {error}", folder.display()))
}
