//! Misspelt words, and British spelling where the catalogue writes American.
//!
//! The words are those of the `typos` project: known misspellings with their corrections, so that an unknown word is never a finding.

use std::collections::HashSet;

use typos_dict::WORD;
use typos_vars::VARS;
use unicase::UniCase;

use super::Findings;
use super::file::{Prose, SpecFile};

/// Words that the lists take for something else, and that mean what they say here.
const FINE: &[&str] = &["hits", "nd", "ba", "fo", "inout", "thru", "afterwards", "towards"];

pub(super) fn check(file: &SpecFile, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for prose in &file.prose {
        for word in words(&prose.text) {
            let Some(right) = correction(word) else { continue };
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
        |at| prose.span.file.span(prose.span.range.start + at..prose.span.range.start + at + word.len()),
    );
    let right: Vec<String> = right.iter().map(|right| format!("`{right}`")).collect();
    findings.add(span, format!("`{word}` is misspelt"), |d| {
        d.help(format!("write {}", right.join(" or "))).note("specs are written in American English, as most vendors write")
    });
}

/// What should stand there; `None` if the word is fine or unknown.
fn correction(word: &str) -> Option<Vec<&'static str>> {
    let lower = word.to_lowercase();
    if FINE.contains(&lower.as_str()) {
        return None;
    }
    let key = UniCase::new(word);
    if let Some(variants) = VARS.find(&key) {
        let american: Vec<&'static str> = variants.iter().flat_map(|(_, variants)| variants[0].iter().copied()).collect();
        return (!american.iter().any(|right| right.eq_ignore_ascii_case(word)) && !american.is_empty()).then_some(american);
    }
    WORD.find(&key).map(|right| right.to_vec()).filter(|right| !right.is_empty())
}

/// The words of a Markdown text: letters alone, code, addresses and names with capitals of their own aside.
fn words(text: &str) -> Vec<&str> {
    text.split('`')
        .step_by(2)
        .flat_map(str::split_whitespace)
        .filter(|piece| !piece.contains(['@', '/', '\\', '_', '=', '#', '$', '%', '<', '>', '{', '}']))
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
    fn a_misspelt_word_is_corrected_and_others_are_left_alone() {
        assert_eq!(correction("recieve"), Some(vec!["receive"]));
        assert_eq!(correction("behaviour"), Some(vec!["behavior"]));
        assert_eq!(correction("organization"), None);
        assert_eq!(correction("kubelet"), None);
    }

    #[test]
    fn code_and_addresses_are_no_words() {
        assert_eq!(words("Returns `recieve` of https://example.com/teh, or the API's userId."), ["Returns"]);
    }
}
