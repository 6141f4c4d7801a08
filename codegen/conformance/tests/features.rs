//! Every feature of the language is used, and the page of features tells by whom.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;

use actionspec_codegen::catalog::Outline;
use actionspec_codegen::features::{Use, uses};
use actionspec_codegen::language::LANGUAGE;
use actionspec_codegen::pipeline;

fn used_by(specs: &str) -> Vec<Use> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join(specs);
    uses(&Outline::of(&pipeline::check(&specs, "specs").catalog.unwrap(), Vec::new()))
}

/// The page says of a feature without a system that the conformance suite uses it.
#[test]
fn every_feature_is_used_by_a_system_or_by_the_conformance_suite() {
    let (suite, catalogue) = (used_by("specs"), used_by("../../specs"));
    let by_system = catalogue.iter().filter(|used| !used.systems.is_empty()).count();
    let unused: Vec<&str> = LANGUAGE
        .features()
        .iter()
        .zip(suite.iter().zip(&catalogue))
        .filter(|(_, (suite, catalogue))| suite.systems.is_empty() && catalogue.systems.is_empty())
        .map(|(feature, _)| feature.id.as_str())
        .collect();
    assert!(unused.is_empty(), "neither a system nor a conformance spec uses these: {unused:#?}");
    assert!(
        by_system * 2 > suite.len(),
        "the catalogue uses {by_system} of {} features",
        suite.len()
    );
}

#[test]
fn the_page_names_every_feature_and_the_systems_that_use_it() {
    let page = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated/docs/features.md"),
    )
    .unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), LANGUAGE.features().len());
    let link_header = rows.iter().find(|row| row.starts_with("| `linkHeader` |")).unwrap();
    assert!(link_header.contains("[GitHub](github/README.md)"), "{link_header}");
}
