//! Waivers that give a reason, and errors that tell what to do.

use super::Findings;
use super::descriptions::same_words;
use super::file::{Kind, Role, SpecFile, join};
use crate::spec::ErrorCase;

/// Fewest words of a reason.
const FEWEST_WORDS: usize = 4;

/// Reasons that are none.
const EMPTY_PHRASES: &[&str] = &[
    "No permission is needed",
    "No permissions are needed",
    "No permissions required",
    "No permission is required",
    "None is needed",
    "None are needed",
    "Nothing is needed",
    "Not applicable here",
    "There is no need",
    "There is no example",
    "It is not needed",
    "It is not paged",
    "The list is not paged",
    "It is not safe",
    "No example is given",
    "Not documented by the vendor",
];

pub(super) fn check_reasons(file: &SpecFile, findings: &mut Findings) {
    for reason in file
        .prose
        .iter()
        .filter(|prose| prose.role == Role::Reason && !prose.pointer.ends_with("/when"))
    {
        let short = reason.text.split_whitespace().count() < FEWEST_WORDS;
        if short || EMPTY_PHRASES.iter().any(|phrase| same_words(phrase, &reason.text)) {
            findings.add(reason.span.clone(), "the reason gives no reason").help(
                "give the reason: who can call it, what the response lacks, what a second call would do",
            );
        }
    }
}

/// What holds for all actions of an integration tells the caller how to go on. An action's own case names the fault so closely that the
/// name is the remedy.
pub(super) fn check_remedies(file: &SpecFile, findings: &mut Findings) {
    if !matches!(file.kind, Kind::Integration) {
        return;
    }
    for (key, case) in &file.home.spec.errors.cases {
        let told = matches!(case, ErrorCase::Detailed { remedy: Some(remedy), .. } if !remedy.trim().is_empty());
        if !told {
            findings
                .add(
                    file.tree.key(&join("/errors/cases", key)),
                    format!("the error `{key}` does not say what to do about it"),
                )
                .help("add a `remedy`: what to correct, whom to ask, how long to wait");
        }
    }
}
