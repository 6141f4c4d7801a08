//! Misspelt words, and British spelling where the catalogue writes American.
//!
//! Which words are misspelt is for the [`Dictionary`](super::Dictionary) to say; which pieces of a text are words, for us.

use std::collections::HashSet;

use super::Findings;
use super::file::{Prose, SpecFile};

pub(super) fn check(file: &SpecFile, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for prose in &file.prose {
        for word in words(&prose.text) {
            let Some(right) = (findings.dictionary)(word) else { continue };
            if seen.insert(word.to_lowercase()) {
                tell(prose, word, &right, findings);
            }
        }
    }
}

fn tell(prose: &Prose, word: &str, right: &[&str], findings: &mut Findings) {
    // A text over several lines stands otherwise in the file; its place is then the place of the whole.
    let span = prose.span.text().find(word).map_or_else(
        || prose.span.clone(),
        |at| {
            prose
                .span
                .file
                .span(prose.span.range.start + at..prose.span.range.start + at + word.len())
        },
    );
    let right: Vec<String> = right.iter().map(|right| format!("`{right}`")).collect();
    findings
        .add(span, format!("`{word}` is misspelt"))
        .help(format!("write {}", right.join(" or ")))
        .note("specs are written in American English, as most vendors write");
}

/// The words of a Markdown text: letters alone, code, addresses and names with capitals of their own aside.
fn words(text: &str) -> Vec<&str> {
    text.split('`')
        .step_by(2)
        .flat_map(str::split_whitespace)
        .filter(|piece| {
            !piece.contains(['@', '/', '\\', '_', '=', '#', '$', '%', '<', '>', '{', '}'])
        })
        .flat_map(|piece| piece.split(|c: char| !c.is_alphanumeric() && c != '\''))
        .map(|word| word.trim_matches('\'').trim_end_matches("'s"))
        .filter(|word| word.chars().count() > 3 && word.chars().all(char::is_alphabetic))
        .filter(|word| word.chars().skip(1).all(char::is_lowercase))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_addresses_are_no_words() {
        assert_eq!(
            words("Returns `recieve` of https://example.com/teh, or the API's userId."),
            ["Returns"]
        );
    }
}
