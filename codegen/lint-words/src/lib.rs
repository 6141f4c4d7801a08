//! The dictionary of `cargo xtask lint`: the words of the `typos` project, known misspellings with their corrections, so that an unknown word is
//! never a finding.

use typos_dict::WORD;
use typos_vars::VARS;
use unicase::UniCase;

/// Words that the lists take for something else, and that mean what they say here.
const FINE: &[&str] = &["hits", "nd", "ba", "fo", "inout", "thru", "afterwards", "towards"];

/// What should stand there, in American English; `None` if the word is fine or unknown.
#[must_use]
pub fn correction(word: &str) -> Option<Vec<&'static str>> {
    let lower = word.to_lowercase();
    if FINE.contains(&lower.as_str()) {
        return None;
    }
    let key = UniCase::new(word);
    if let Some(variants) = VARS.find(&key) {
        let american: Vec<&'static str> =
            variants.iter().flat_map(|(_, variants)| variants[0].iter().copied()).collect();
        return (!american.iter().any(|right| right.eq_ignore_ascii_case(word))
            && !american.is_empty())
        .then_some(american);
    }
    WORD.find(&key).map(|right| right.to_vec()).filter(|right| !right.is_empty())
}

#[cfg(test)]
mod tests {
    use super::correction;

    #[test]
    fn a_misspelt_word_is_corrected_and_others_are_left_alone() {
        assert_eq!(correction("recieve"), Some(vec!["receive"]));
        assert_eq!(correction("behaviour"), Some(vec!["behavior"]));
        assert_eq!(correction("organization"), None);
        assert_eq!(correction("kubelet"), None);
    }
}
