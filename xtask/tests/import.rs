//! `cargo xtask import openapi` as people run it: what it prints and writes, and what a second import leaves alone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with an empty catalogue and the document of an office for pets.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("specs")).unwrap();
        std::fs::write(
            folder.path().join("specs/catalog.yaml"),
            "spec: 1\ncategories: {animals: Animals}\n",
        )
        .unwrap();
        let document = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../codegen/tests/import/documents/pets.yaml");
        std::fs::copy(document, folder.path().join("pets.yaml")).unwrap();
        Self(folder)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap()
    }

    /// Imports, and gives what was printed for people.
    fn import(&self, more: &[&str]) -> String {
        let output =
            self.run(&[&["import", "openapi", "pets.yaml", "--specs", "specs"], more].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        said
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join("specs/pet_office").join(below)
    }

    fn read(&self, below: &str) -> String {
        std::fs::read_to_string(self.path(below)).unwrap()
    }

    /// Whether `check` accepts the specs.
    fn is_accepted(&self) -> bool {
        self.run(&["check", "--specs", "specs"]).status.success()
    }
}

fn replace_in(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_document_becomes_an_integration_that_gen_accepts() {
    let project = Project::new();
    let said = project.import(&[
        "--report",
        "report.md",
        "--source",
        "https://docs.example.com/pets.yaml",
    ]);
    assert!(said.contains("Imported 8 of 8 operations into"), "{said}");
    assert!(said.contains("IM086 translated-pattern (1)"), "{said}");
    assert!(project.is_accepted());
    assert!(project.read("integration.yaml").contains("category: animals"));
    assert!(project.read("actions/get_pet.yaml").contains(
        "document: https://docs.example.com/pets.yaml\n  operation: getPet\n  version: '2026-11'"
    ));
    let report = std::fs::read_to_string(project.0.path().join("report.md")).unwrap();
    assert!(report.contains("## IM086 translated-pattern (1)"), "{report}");
}

#[test]
fn a_second_import_of_the_same_document_writes_nothing() {
    let project = Project::new();
    project.import(&[]);
    assert!(project.import(&[]).contains("0 files written"));
}

#[test]
fn single_operations_and_tags_can_be_chosen() {
    let project = Project::new();
    let said =
        project.import(&["--operation", "getPet", "--tag", "Files", "--integration", "pet_office"]);
    assert!(said.contains("Imported 3 of 3 operations (of 8 in the document)"), "{said}");
    assert!(
        project.path("actions/download_photo.yaml").exists()
            && !project.path("actions/list_pets.yaml").exists()
    );
    assert!(project.is_accepted());
    // A further import is about what is there, unless it says more.
    assert!(project.import(&[]).contains("5 operations more with `--all`"));
    assert!(!project.path("actions/list_pets.yaml").exists());
    project.import(&["--all"]);
    assert!(project.path("actions/list_pets.yaml").exists());
    assert!(project.is_accepted());
}

#[test]
fn what_people_improved_stays_and_what_the_vendor_changed_arrives() {
    let project = Project::new();
    project.import(&[]);
    let action = project.path("actions/get_pet.yaml");
    replace_in(&action, "title: Get a pet\n", "# Reviewed.\ntitle: Get Pet # shorter\n");
    replace_in(
        &action,
        "none: The vendor's description names none.",
        "none: Whoever is in the town may see its pets.",
    );
    replace_in(
        &project.0.path().join("pets.yaml"),
        "There is no such pet.",
        "No pet has this number.",
    );
    replace_in(&project.0.path().join("pets.yaml"), "summary: Get a pet", "summary: Read a pet");
    std::fs::remove_file(project.path("actions/remove_pet.yaml")).unwrap();
    let said = project.import(&[]);
    let text = project.read("actions/get_pet.yaml");
    assert!(text.starts_with("# Reviewed.\ntitle: Get Pet # shorter\n"), "{text}");
    assert!(
        text.contains("Whoever is in the town") && text.contains("'404': No pet has this number."),
        "{text}"
    );
    for rule in ["IM140 conflict (1)", "IM141 vendor-change", "IM144 deleted-by-hand (1)"] {
        assert!(said.contains(rule), "{said}");
    }
    assert!(!project.path("actions/remove_pet.yaml").exists());
    assert!(project.is_accepted());
}

#[test]
fn an_action_that_is_gone_from_the_document_stays_and_is_told() {
    let project = Project::new();
    project.import(&[]);
    replace_in(&project.0.path().join("pets.yaml"), "  /login:", "  /signin:");
    replace_in(&project.0.path().join("pets.yaml"), "operationId: logIn", "operationId: signIn");
    let said = project.import(&["--all"]);
    assert!(said.contains("IM142 gone (1)"), "{said}");
    assert!(project.path("actions/log_in.yaml").exists());
    assert!(project.is_accepted());
}

#[test]
fn a_file_that_is_no_description_is_refused() {
    let project = Project::new();
    std::fs::write(project.0.path().join("pets.yaml"), "a: b\n").unwrap();
    let output = project.run(&["import", "openapi", "pets.yaml", "--specs", "specs"]);
    assert!(!output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("this is not an OpenAPI or Swagger description")
    );
    let missing = project.run(&["import", "openapi", "nothing.yaml", "--specs", "specs"]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("cannot be read"));
}
