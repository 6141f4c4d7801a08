//! What made-up catalogues promise.

use actionspec_codegen::pipeline;
use actionspec_synth::{Options, integration, write};

#[test]
fn every_spec_passes_without_finding() {
    for seed in [1, 2] {
        let folder = tempfile::tempdir().expect("folder");
        write(folder.path(), &Options { integrations: 6, actions: 60, seed }).expect("specs");
        let checked = pipeline::check(folder.path(), "specs");
        let first = checked.findings.first().map(|finding| finding.message.clone());
        assert_eq!(first, None, "{} findings with seed {seed}", checked.findings.len());
        let catalog = checked.catalog.expect("no error, so there is a catalogue");
        assert_eq!(catalog.integrations.len(), 6);
        assert!(catalog.integrations.iter().all(|integration| integration.actions.len() == 60));
    }
}

#[test]
fn an_integration_is_the_same_whatever_stands_beside_it() {
    let few = Options { integrations: 1, actions: 20, seed: 3 };
    let many = Options { integrations: 500, ..few };
    assert_eq!(integration(&few, 0), integration(&many, 0));
    assert_ne!(integration(&few, 0), integration(&Options { seed: 4, ..few }, 0));
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("mine.txt"), "keep").expect("file");
    let options = Options { integrations: 1, actions: 1, seed: 1 };
    write(folder.path(), &options).expect_err("the folder is not empty");
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 1);
}
