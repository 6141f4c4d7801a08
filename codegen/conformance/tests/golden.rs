//! What is committed is what the generator makes, on any number of threads; and it writes nothing when nothing differs.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use std::collections::BTreeMap;

use actionspec_codegen::pipeline;
use actionspec_codegen::sync::{self, Change};
use support::projects;

#[test]
fn generated_files_are_up_to_date() {
    for project in projects() {
        let plan = pipeline::plan(&project.catalog(), &project.options()).unwrap();
        let differing: Vec<String> = plan
            .changes
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
            let options = pipeline::Options { out: empty.clone(), ..project.options() };
            let plan = pool.install(|| pipeline::plan(&project.catalog(), &options).unwrap());
            let files = plan.changes.into_iter().filter_map(|change| match change {
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
    let options = pipeline::Options { out: folder.path().to_owned(), ..project.options() };
    let catalog = project.catalog();
    let first = pipeline::plan(&catalog, &options).unwrap();
    assert!(!first.changes.is_empty());
    sync::apply(&first).unwrap();
    assert!(pipeline::plan(&catalog, &options).unwrap().changes.is_empty());
    std::fs::write(folder.path().join("docs/stale.md"), "old").unwrap();
    let third = pipeline::plan(&catalog, &options).unwrap();
    assert!(
        matches!(third.changes.as_slice(), [Change::Remove { path }] if path == "docs/stale.md")
    );
    sync::apply(&third).unwrap();
    assert!(!folder.path().join("docs/stale.md").exists());
}

#[test]
fn a_folder_of_somebody_else_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let project = &projects()[1];
    let options = pipeline::Options { out: folder.path().to_owned(), ..project.options() };
    let error = pipeline::plan(&project.catalog(), &options).unwrap_err();
    assert!(error.to_string().contains("not written by this program"), "{error}");
}
