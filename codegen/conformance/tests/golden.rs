//! What is committed is what the generator makes, on any number of threads; and it writes nothing when nothing differs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use actionspec_codegen::pipeline::{Mode, Options, generate};
use actionspec_codegen::sync::Change;
use support::projects;

/// What would change.
fn changes(options: &Options) -> Vec<Change> {
    let generated = generate(options, Mode::Check).unwrap();
    assert!(generated.outcome.is_some(), "{:?}", generated.findings);
    generated.changes
}

fn write(options: &Options) {
    assert!(generate(options, Mode::Write { cache: None }).unwrap().outcome.is_some());
}

#[test]
fn generated_files_are_up_to_date() {
    for project in projects() {
        let differing: Vec<String> = changes(&project.options())
            .iter()
            .map(|change| match change {
                Change::Write { output, .. } => output.path.clone(),
                Change::Remove { path } => format!("{path} (stale)"),
            })
            .collect();
        assert!(
            differing.is_empty(),
            "{}: run `cargo xtask gen` (CONTRIBUTING.md, Tests); out of date: {differing:#?}",
            project.name
        );
    }
}

#[test]
fn one_thread_and_several_give_the_same_bytes() {
    let empty = std::env::temp_dir().join(format!("actionspec-threads-{}", std::process::id()));
    for project in projects() {
        let mut runs: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
        for threads in [1, 2, 5] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let options = Options { out: empty.clone(), ..project.options() };
            let files =
                pool.install(|| changes(&options)).into_iter().filter_map(|change| match change {
                    Change::Write { output, .. } => Some((output.path, output.contents)),
                    Change::Remove { .. } => None,
                });
            runs.push(files.collect());
        }
        assert!(
            runs.windows(2).all(|pair| pair[0] == pair[1]),
            "{}: the number of threads shows in the output",
            project.name
        );
    }
}

#[test]
fn a_second_run_writes_nothing_and_stale_files_go() {
    let project = &projects()[1];
    let folder = tempfile::tempdir().unwrap();
    let options = Options { out: folder.path().to_owned(), ..project.options() };
    let files = |out: &Path| std::fs::read_dir(out).unwrap().count();
    assert!(!changes(&options).is_empty());
    assert_eq!(files(folder.path()), 0, "comparing writes nothing");
    write(&options);
    assert!(changes(&options).is_empty());
    let stale = folder.path().join("docs/stale.md");
    std::fs::write(&stale, "old").unwrap();
    let third = changes(&options);
    assert!(matches!(third.as_slice(), [Change::Remove { path }] if path == "docs/stale.md"));
    assert!(stale.exists());
    write(&options);
    assert!(!stale.exists());
}

#[test]
fn a_folder_of_somebody_else_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let options = Options { out: folder.path().to_owned(), ..projects()[1].options() };
    for mode in [Mode::Check, Mode::Write { cache: None }] {
        let error = generate(&options, mode).unwrap_err();
        assert!(error.to_string().contains("not written by this program"), "{error}");
    }
}
