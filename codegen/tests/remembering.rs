//! What is remembered of a run saves time and changes nothing: after every mishap a run gives the bytes of one that remembers nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use actionspec_codegen::emit::EMITTERS;
use actionspec_codegen::pipeline::{Failure, Generated, Mode, Options, Outcome, generate};
use actionspec_codegen::sync::Change;
use tempfile::TempDir;

type Files = BTreeMap<String, Vec<u8>>;

/// A copy of specs, with an output folder and a memory.
struct Project {
    folder: TempDir,
    layout: &'static str,
    only: Vec<String>,
}

impl Project {
    fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().expect("folder"),
            layout: "default",
            only: EMITTERS.iter().map(|emitter| emitter.name().to_owned()).collect(),
        };
        for id in ["first", "other", "third"] {
            let folder = project.specs().join(id);
            fs::create_dir_all(folder.join("actions")).expect("folder");
            fs::write(folder.join("integration.yaml"), INTEGRATION.replace("Other", id))
                .expect("spec");
            fs::write(folder.join("actions/get_thing.yaml"), ACTION).expect("spec");
            fs::write(
                folder.join("actions/list_things.yaml"),
                ACTION.replace("Get Thing", "List Things"),
            )
            .expect("spec");
        }
        fs::write(
            project.specs().join("catalog.yaml"),
            "spec: 1\ntitle: Things\ncategories: {testing: Testing}\n",
        )
        .expect("spec");
        project
    }

    fn specs(&self) -> PathBuf {
        self.folder.path().join("specs")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    fn action(&self) -> PathBuf {
        self.specs().join("other/actions/get_thing.yaml")
    }

    fn options(&self, out: PathBuf) -> Options {
        Options {
            specs: self.specs(),
            specs_shown: "specs".to_owned(),
            templates: self.templates(),
            layout: self.layout.to_owned(),
            out,
            only: self.only.clone(),
            pretty: false,
        }
    }

    fn templates(&self) -> PathBuf {
        let own = self.folder.path().join("templates");
        if own.is_dir() { own } else { here("../docs-templates") }
    }

    fn generate(&self) -> Result<Generated, Failure> {
        generate(&self.options(self.out()), Mode::Write { cache: Some(&self.cache()) })
    }

    fn run(&self) -> Outcome {
        let generated = self.generate().expect("generated");
        assert!(generated.findings.is_empty(), "{:?}", generated.findings);
        generated.outcome.expect("no error")
    }

    /// Runs, and compares with what a run gives that remembers nothing and finds no output.
    fn run_and_compare(&self) -> Outcome {
        let outcome = self.run();
        let fresh = tempfile::tempdir().expect("folder");
        generate(&self.options(fresh.path().to_owned()), Mode::Write { cache: None })
            .expect("generated");
        let (got, wanted) = (read(&self.out()), read(fresh.path()));
        assert_eq!(got.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
        let other: Vec<&String> = got.keys().filter(|path| got[*path] != wanted[*path]).collect();
        assert_eq!(
            other,
            Vec::<&String>::new(),
            "these files differ from those of a run that remembers nothing"
        );
        assert_eq!(outcome.files, wanted.len());
        // And it stays so.
        assert_eq!(self.run(), Outcome { written: 0, removed: 0, ..outcome });
        outcome
    }
}

const INTEGRATION: &str = "\
spec: 1
title: Other
vendor: Example
description: Stands beside the others.
category: testing
documentation: https://example.com/
servers: {api: {url: 'https://api.example.com'}}
authentication: {}
";

const ACTION: &str = "\
title: Get Thing
description: Returns a thing, version 1.
permissions: {none: All may.}
documentation: https://example.com/thing
request: GET /thing
output: {example: {name: A}, verified: composed}
source: https://example.com/
";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folder");
    for entry in fs::read_dir(from).expect("folder") {
        let entry = entry.expect("entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            assert!(fs::copy(entry.path(), target).is_ok());
        }
    }
}

fn read(folder: &Path) -> Files {
    fn below(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in fs::read_dir(folder).expect("folder") {
            let entry = entry.expect("entry");
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                below(&entry.path(), &format!("{path}/"), files);
            } else {
                files.insert(path, fs::read(entry.path()).expect("file"));
            }
        }
    }
    let mut files = Files::new();
    below(folder, "", &mut files);
    files
}

/// Every file of the memory, oldest name first.
fn remembered(folder: &Path) -> Vec<PathBuf> {
    read(folder).into_keys().map(|path| folder.join(path)).collect()
}

#[test]
fn a_run_that_finds_nothing_changed_writes_nothing() {
    let project = Project::new();
    let first = project.run();
    assert_eq!(first.written, first.files);
    let stamps = |folder: &Path| -> Vec<_> {
        let paths = read(folder).into_keys();
        paths
            .map(|path| {
                fs::metadata(folder.join(&path)).and_then(|file| file.modified()).expect("time")
            })
            .collect()
    };
    let before = stamps(&project.out());
    let folder = fs::metadata(project.out()).and_then(|folder| folder.modified()).expect("time");
    assert_eq!(project.run(), Outcome { written: 0, ..first });
    assert_eq!(stamps(&project.out()), before);
    assert_eq!(
        fs::metadata(project.out()).and_then(|folder| folder.modified()).expect("time"),
        folder
    );
}

#[test]
fn one_change_rewrites_what_depends_on_it_and_no_more() {
    let project = Project::new();
    project.run();
    fs::write(project.action(), ACTION.replace("version 1", "version 2")).expect("spec");
    let outcome = project.run_and_compare();
    assert!(outcome.written > 0 && outcome.written < 8, "{outcome:?}");
}

#[test]
fn a_change_of_the_same_size_and_time_is_seen() {
    let project = Project::new();
    project.run();
    let time = fs::metadata(project.action()).and_then(|file| file.modified()).expect("time");
    fs::write(project.action(), ACTION.replace("version 1", "version 2")).expect("spec");
    fs::File::options()
        .append(true)
        .open(project.action())
        .and_then(|file| file.set_modified(time))
        .expect("time");
    assert!(project.run_and_compare().written > 0);
}

#[test]
fn changes_within_one_tick_of_the_clock_are_seen() {
    let project = Project::new();
    for number in 2..9 {
        // No pause: the file is as new as the run that reads it.
        fs::write(project.action(), ACTION.replace("version 1", &format!("version {number}")))
            .expect("spec");
        assert!(project.run_and_compare().written > 0, "change {number}");
    }
}

#[test]
fn a_file_that_was_only_touched_changes_nothing() {
    let project = Project::new();
    let first = project.run();
    fs::write(project.action(), ACTION).expect("spec");
    assert_eq!(project.run(), Outcome { written: 0, ..first });
    project.run_and_compare();
}

#[test]
fn outputs_that_were_edited_or_deleted_come_back() {
    let project = Project::new();
    project.run();
    for path in [
        "rust/other/src/get_thing.rs",
        "docs/README.md",
        "Cargo.toml",
        "README.md",
        "catalog/index.json",
    ] {
        let path = project.out().join(path);
        let (text, time) = (
            fs::read_to_string(&path).expect("output"),
            fs::metadata(&path).and_then(|file| file.modified()).expect("time"),
        );
        // The same size, and the same time.
        let edited: String = text.chars().rev().collect();
        let keep = if path.ends_with("README.md") { text.replace("the ", "ten ") } else { edited };
        fs::write(&path, keep).expect("edit");
        fs::File::options()
            .append(true)
            .open(&path)
            .and_then(|file| file.set_modified(time))
            .expect("time");
        project.run_and_compare();
        assert_eq!(fs::read_to_string(&path).expect("output"), text);
        if path != project.out().join("README.md") {
            fs::remove_file(&path).expect("delete");
            project.run_and_compare();
            assert_eq!(fs::read_to_string(&path).expect("output"), text);
        }
    }
}

#[test]
fn what_a_killed_run_left_is_seen_and_removed() {
    let project = Project::new();
    project.run();
    let left = project.out().join(".staging-1");
    fs::create_dir_all(left.join("rust")).expect("it works");
    fs::write(left.join("rust/lib.rs"), "half").expect("it works");
    let checked = generate(&project.options(project.out()), Mode::Check).expect("it works");
    let paths: Vec<&str> = checked.changes.iter().map(Change::path).collect();
    assert_eq!(paths, [".staging-1"]);
    project.run();
    assert!(!left.exists());
}

#[test]
fn the_folder_of_a_run_that_goes_on_is_left_alone() {
    let project = Project::new();
    project.run();
    let used = project.out().join(".staging-1");
    fs::create_dir_all(&used).expect("it works");
    let lock = fs::File::create(used.join(".lock")).expect("it works");
    lock.lock_shared().expect("it works");
    project.run();
    assert!(used.exists());
}

#[test]
fn line_ends_of_a_checkout_make_nothing_stale() {
    let project = Project::new();
    project.run();
    for (path, contents) in read(&project.out()) {
        let text = String::from_utf8_lossy(&contents).replace('\n', "\r\n");
        fs::write(project.out().join(path), text).expect("it works");
    }
    let checked = generate(&project.options(project.out()), Mode::Check).expect("it works");
    assert!(
        checked.changes.is_empty(),
        "{:?}",
        checked.changes.iter().map(Change::path).collect::<Vec<_>>()
    );
}

#[test]
fn what_was_generated_from_nothing_any_more_goes() {
    let project = Project::new();
    project.run();
    fs::write(project.out().join("docs/stray.md"), "stray").expect("file");
    assert_eq!(project.run_and_compare().removed, 1);
    fs::remove_dir_all(project.specs().join("other")).expect("delete");
    assert!(project.run_and_compare().removed > 5);
    fs::rename(project.specs().join("first"), project.specs().join("renamed")).expect("rename");
    assert!(project.run_and_compare().removed > 5);
}

#[test]
fn a_damaged_memory_is_none() {
    let project = Project::new();
    project.run();
    for index in 0..remembered(&project.cache()).len() {
        let path = &remembered(&project.cache())[index];
        let bytes = fs::read(path).expect("memory");
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 2] ^= 1;
        for damage in [flipped, bytes[..bytes.len() / 2].to_vec(), Vec::new(), b"{}".to_vec()] {
            fs::write(path, damage).expect("damage");
            fs::write(project.action(), ACTION.replace("version 1", &format!("version {index}")))
                .expect("spec");
            project.run_and_compare();
        }
        fs::remove_file(path).ok();
        project.run_and_compare();
    }
}

#[test]
fn what_another_program_remembered_is_not_believed() {
    let project = Project::new();
    project.run();
    let (folder, state) = {
        let state = remembered(&project.cache())
            .into_iter()
            .find(|path| path.ends_with("state"))
            .expect("state");
        (state.parent().expect("folder").to_owned(), fs::read(&state).expect("state"))
    };
    // As if a program whose outputs were others had left it where this one looks for its own.
    let json =
        String::from_utf8(state[17..].to_vec()).expect("text").replace("get_thing", "got_thing");
    fs::write(folder.join("state"), format!("{:016x}\n{json}", 7)).expect("state");
    project.run_and_compare();
}

#[test]
fn templates_layout_kinds_and_catalogue_count() {
    let mut project = Project::new();
    project.run();
    copy(&here("../docs-templates"), &project.folder.path().join("templates"));
    assert_eq!(project.run().written, 0, "the same templates elsewhere are the same templates");
    let page = project.templates().join("default/action.md.j2");
    fs::write(&page, fs::read_to_string(&page).expect("template") + "\nOne line more.\n")
        .expect("template");
    assert!(project.run_and_compare().written > 0);
    project.layout = "seed";
    assert!(project.run_and_compare().written > 0);
    project.layout = "default";
    let every_kind = std::mem::replace(&mut project.only, vec!["docs".to_owned()]);
    assert!(project.run().written > 0);
    project.only = every_kind;
    project.run_and_compare();
    let catalog = project.specs().join("catalog.yaml");
    let text =
        fs::read_to_string(&catalog).expect("catalogue").replacen("title: ", "title: New ", 1);
    fs::write(&catalog, text).expect("catalogue");
    assert!(project.run_and_compare().written > 0);
}

#[test]
fn an_error_leaves_everything_as_it_was() {
    let project = Project::new();
    project.run();
    let before = read(&project.out());
    fs::write(project.action(), ACTION.replace("GET /thing", "GET /thing/{id}")).expect("spec");
    for _ in 0..2 {
        let generated = project.generate().expect("no failure");
        assert!(generated.outcome.is_none() && !generated.findings.is_empty());
        assert_eq!(read(&project.out()), before);
    }
    fs::write(project.action(), ACTION).expect("spec");
    project.run_and_compare();
}

#[test]
fn two_runs_at_once_end_well() {
    let project = Project::new();
    for round in 0..3 {
        fs::write(project.action(), ACTION.replace("version 1", &format!("version {round}")))
            .expect("spec");
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..2).map(|_| scope.spawn(|| project.generate())).collect();
            runs.into_iter().for_each(|run| drop(run.join().expect("no panic")));
        });
        project.run_and_compare();
    }
}
