//! The command line as people and build machines run it: exit codes, what is printed where, and which files change.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use serde_json::Value;

/// A copy of the conformance specs, and a folder for what is generated from them.
struct Project(tempfile::TempDir);

/// Files by path below a folder, with their bytes and the time they were written.
type Files = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/conformance/specs"),
            &folder.path().join("specs"),
        );
        Self(folder)
    }

    /// With everything generated.
    fn generated() -> Self {
        let project = Self::new();
        succeeds(&project.generate(&[]));
        project
    }

    fn specs(&self) -> PathBuf {
        self.0.path().join("specs")
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("generated")
    }

    fn ping(&self) -> PathBuf {
        self.specs().join("chaos/actions/ping.yaml")
    }

    /// Breaks two files: a misspelt key in one, a missing one in the other.
    fn break_specs(&self) {
        let text = std::fs::read_to_string(self.ping()).unwrap();
        std::fs::write(self.ping(), text.replace("description:", "desciption:")).unwrap();
        let action = self.specs().join("hostile/actions/say_anything.yaml");
        let text = std::fs::read_to_string(&action).unwrap();
        let without: Vec<&str> = text.lines().filter(|line| !line.starts_with("title:")).collect();
        std::fs::write(&action, without.join("\n")).unwrap();
    }

    /// Runs a command in the project's folder.
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    fn generate(&self, more: &[&str]) -> Output {
        self.run(&[&["gen", "--specs", "specs", "--out", "generated"], more].concat())
    }

    /// Everything below the output folder.
    fn files(&self) -> Files {
        let mut files = Files::new();
        collect(&self.out(), &self.out(), &mut files);
        files
    }

    fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.files().into_iter().map(|(path, (bytes, _))| (path, bytes)).collect()
    }
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(parent)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).map(drop).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let written = path.metadata().unwrap().modified().unwrap();
            files.insert(
                path.strip_prefix(root).unwrap().to_owned(),
                (std::fs::read(&path).unwrap(), written),
            );
        }
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn succeeds(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}{}", out(output), err(output));
}

#[track_caller]
fn fails(output: &Output) {
    assert_eq!(output.status.code(), Some(1), "{}{}", out(output), err(output));
}

#[test]
fn a_check_of_an_outdated_tree_shows_a_diff_and_writes_nothing() {
    let project = Project::generated();
    let page = project.out().join("docs/chaos/actions/ping.md");
    let text = std::fs::read_to_string(&page).unwrap();
    std::fs::write(&page, text.replacen("# Ping", "# Pong", 1)).unwrap();
    std::fs::remove_file(project.out().join("docs/SUMMARY.md")).unwrap();
    std::fs::write(project.out().join("docs/old.md"), "old").unwrap();
    let before = project.files();

    let checked = project.generate(&["--check"]);
    fails(&checked);
    let diff = out(&checked);
    for line in [
        "--- generated/docs/chaos/actions/ping.md",
        "+++ generated/docs/chaos/actions/ping.md",
        "-# Pong",
        "+# Ping",
        "--- (new)",
        "+++ generated/docs/SUMMARY.md",
        "--- generated/docs/old.md",
        "+++ (removed)",
    ] {
        assert!(diff.lines().any(|shown| shown == line), "no line {line:?} in\n{diff}");
    }
    assert!(
        err(&checked).contains("error: 3 generated files out of date; run `cargo xtask gen`"),
        "{}",
        err(&checked)
    );
    assert_eq!(project.files(), before);

    let mended = project.generate(&[]);
    succeeds(&mended);
    assert!(
        err(&mended).contains("2 of ") && err(&mended).contains(" changed, 1 removed"),
        "{}",
        err(&mended)
    );
    let checked = project.generate(&["--check"]);
    succeeds(&checked);
    assert_eq!(out(&checked), "");
    assert!(err(&checked).starts_with("Up to date: "), "{}", err(&checked));
}

#[test]
fn a_check_before_the_first_generation_makes_no_folder() {
    let project = Project::new();
    fails(&project.generate(&["--check"]));
    assert!(!project.out().exists());
}

#[test]
fn a_second_generation_writes_no_file() {
    let project = Project::generated();
    let before = project.files();
    assert!(before.len() > 100, "only {} files", before.len());
    let second = project.generate(&[]);
    succeeds(&second);
    assert!(
        err(&second).contains(&format!("all {} files up to date", before.len())),
        "{}",
        err(&second)
    );
    assert_eq!(project.files(), before);
}

#[test]
fn one_changed_spec_rewrites_only_what_tells_of_it() {
    let project = Project::generated();
    let before = project.files();
    let text = std::fs::read_to_string(project.ping()).unwrap();
    std::fs::write(project.ping(), text.replace("title: Ping", "title: Knock")).unwrap();
    succeeds(&project.generate(&["--quiet"]));
    let after = project.files();
    let page = Path::new("docs/chaos/actions/ping.md");
    let shows = |files: &Files| String::from_utf8_lossy(&files[page].0).contains("# Knock");
    assert_eq!((shows(&before), shows(&after)), (false, true));
    for (path, (bytes, written)) in &after {
        let (old, then) = &before[path];
        assert_eq!(bytes == old, written == then, "{}", path.display());
        assert!(bytes == old || !path.to_string_lossy().contains("hostile"), "{}", path.display());
    }
}

#[test]
fn what_is_deleted_comes_back_with_the_same_bytes() {
    let project = Project::generated();
    let before = project.bytes();
    std::fs::remove_dir_all(project.out()).unwrap();
    succeeds(&project.generate(&[]));
    assert_eq!(project.bytes(), before);
}

/// Then nobody could generate anything: cargo loads all packages before it runs one.
#[test]
fn the_workspace_loads_when_nothing_is_generated() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let copy = tempfile::tempdir().unwrap();
    manifests(project, copy.path());
    assert!(
        copy.path().join("xtask/bench/Cargo.toml").is_file()
            && !copy.path().join("generated").exists()
    );
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(copy.path())
        .output();
    succeeds(&output.unwrap());
}

/// Copies the manifests below a folder, each with the roots of its crates; none that is generated.
fn manifests(from: &Path, to: &Path) {
    for name in ["Cargo.toml", "Cargo.lock", "src/lib.rs", "src/main.rs"] {
        if from.join("Cargo.toml").is_file() && from.join(name).is_file() {
            std::fs::create_dir_all(to.join(name).parent().unwrap()).unwrap();
            std::fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if entry.file_type().unwrap().is_dir()
            && !["target", "generated", "src", "specs", ".git"].iter().any(|other| name == *other)
        {
            manifests(&entry.path(), &to.join(name));
        }
    }
}

#[test]
fn one_thread_and_two_write_the_same_bytes() {
    let project = Project::new();
    succeeds(&project.generate(&["--threads", "1"]));
    let one = project.bytes();
    std::fs::remove_dir_all(project.out()).unwrap();
    succeeds(&project.generate(&["--threads", "2"]));
    assert_eq!(project.bytes(), one);
}

#[test]
fn an_invalid_spec_leaves_every_file_as_it_was() {
    let project = Project::generated();
    let before = project.files();
    project.break_specs();
    let failed = project.generate(&[]);
    fails(&failed);
    assert_eq!(out(&failed), "");
    let told = err(&failed);
    // The errors of every file at once, each with its place.
    for part in [
        "error[AS0101]",
        "specs/chaos/actions/ping.yaml:2:1",
        "error[AS0102]",
        "specs/hostile/actions/say_anything.yaml:",
    ] {
        assert!(told.contains(part), "no {part:?} in\n{told}");
    }
    assert!(told.contains("run `cargo xtask explain AS0101` for details"), "{told}");
    assert_eq!(project.files(), before);
    fails(&project.generate(&["--check"]));
    fails(&project.run(&["check", "--specs", "specs"]));
    assert_eq!(project.files(), before);
}

#[test]
fn errors_for_programs_are_a_json_object_a_line() {
    let project = Project::new();
    project.break_specs();
    let failed = project.run(&["check", "--specs", "specs", "--message-format", "json"]);
    fails(&failed);
    assert_eq!(err(&failed), "");
    let found: Vec<Value> =
        out(&failed).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let place = |finding: &Value| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        (
            text("code"),
            text("file"),
            finding["line"].as_u64().unwrap(),
            finding["column"].as_u64().unwrap(),
        )
    };
    let places: Vec<_> = found.iter().map(place).collect();
    let misspelt = ("AS0101".to_owned(), "specs/chaos/actions/ping.yaml".to_owned(), 2, 1);
    let at = places
        .iter()
        .position(|place| *place == misspelt)
        .unwrap_or_else(|| panic!("{misspelt:?} is not among {places:?}"));
    assert_eq!(found[at]["severity"], "error");
    assert_eq!(
        (&found[at]["endLine"], &found[at]["endColumn"]),
        (&Value::from(2), &Value::from(11))
    );
    assert_eq!(found[at]["help"][0]["replacement"]["text"], "description");
    assert!(found[at]["rendered"].as_str().unwrap().contains("desciption"));
    assert!(
        places.iter().any(|(code, file, ..)| code == "AS0102"
            && file == "specs/hostile/actions/say_anything.yaml"),
        "{places:?}"
    );
}

#[test]
fn errors_for_a_forge_are_workflow_commands() {
    let project = Project::new();
    project.break_specs();
    let failed = project.run(&["check", "--specs", "specs", "--message-format", "github"]);
    fails(&failed);
    assert_eq!(err(&failed), "");
    let lines = out(&failed);
    assert!(
        lines
            .lines()
            .all(|line| line.starts_with("::error file=") || line.starts_with("::warning file=")),
        "{lines}"
    );
    assert!(
        lines.contains(
            "::error file=specs/chaos/actions/ping.yaml,line=2,col=1,endColumn=11,title=AS0101::"
        ),
        "{lines}"
    );
}

#[test]
fn a_check_counts_and_can_be_quiet() {
    let project = Project::new();
    let checked = project.run(&["check", "--specs", "specs"]);
    succeeds(&checked);
    let integrations = folders(&project.specs());
    let actions: usize = integrations
        .iter()
        .map(|folder| std::fs::read_dir(folder.join("actions")).unwrap().count())
        .sum();
    let counted = format!("Checked {actions} actions of {} integrations in ", integrations.len());
    assert!(err(&checked).contains(&counted), "{}", err(&checked));
    let checked = project.run(&["check", "--specs", "specs", "--quiet"]);
    succeeds(&checked);
    assert_eq!((out(&checked), err(&checked)), (String::new(), String::new()));
    assert!(!project.out().exists());
}

#[test]
fn codes_are_explained() {
    let project = Project(tempfile::tempdir().unwrap());
    let explained = project.run(&["explain", "AS0101"]);
    succeeds(&explained);
    let text = out(&explained);
    assert!(
        text.starts_with("AS0101: ") && text.contains("Bad: ") && text.contains("Good: "),
        "{text}"
    );
    assert_eq!(out(&project.run(&["explain", "as0101"])), text);
    let listed = project.run(&["explain"]);
    succeeds(&listed);
    assert!(
        out(&listed).lines().count() > 30
            && out(&listed).lines().all(|line| line.starts_with("AS")),
        "{}",
        out(&listed)
    );

    let unknown = project.run(&["explain", "AS9999"]);
    fails(&unknown);
    assert_eq!(out(&unknown), "");
    assert!(
        err(&unknown).contains("unknown code `AS9999`; `cargo xtask explain` lists all of them"),
        "{}",
        err(&unknown)
    );
}

#[test]
fn a_layout_is_chosen_by_its_name() {
    let project = Project::new();
    succeeds(&project.generate(&["--only", "docs"]));
    let default = project.bytes();
    assert!(
        default.keys().all(|path| path.starts_with("docs") || path == Path::new("README.md")),
        "{:?}",
        default.keys()
    );
    succeeds(&project.run(&[
        "gen",
        "--specs",
        "specs",
        "--out",
        "seed-pages",
        "--layout",
        "seed",
        "--only",
        "docs",
    ]));
    let page = "docs/chaos/actions/get-everything.md";
    let seed = std::fs::read_to_string(project.0.path().join("seed-pages").join(page)).unwrap();
    assert!(seed.contains("\n## Workflow Library Example\n"), "{seed}");
    assert!(
        !String::from_utf8_lossy(&default[Path::new(page)]).contains("## Workflow Library Example")
    );

    let before = project.files();
    let failed = project.generate(&["--layout", "sed"]);
    fails(&failed);
    assert!(
        err(&failed).contains("unknown layout `sed`; the templates have default, seed"),
        "{}",
        err(&failed)
    );
    assert_eq!(project.files(), before);
}

#[test]
fn a_kind_that_there_is_not_is_refused_with_those_that_there_are() {
    let project = Project::new();
    let refused = project.generate(&["--only", "pages"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("[possible values: ") && err(&refused).contains("docs"),
        "{}",
        err(&refused)
    );
    assert!(!project.out().exists());
}

#[test]
fn a_specs_folder_that_is_not_there_is_an_error_with_its_name() {
    let project = Project(tempfile::tempdir().unwrap());
    let failed = project.run(&["check", "--specs", "spces"]);
    fails(&failed);
    assert!(err(&failed).contains("spces"), "{}", err(&failed));
}
