//! Other words for what a title says, so that the search finds a page by the words of its readers. `synonyms.txt` has them.

use std::collections::BTreeSet;

/// The groups of `synonyms.txt`.
pub(crate) struct Synonyms {
    /// Phrases in a title, and the phrases that they are also found by.
    rows: Vec<(Vec<Phrase>, Vec<Phrase>)>,
}

/// Words in lower case.
type Phrase = Vec<String>;

impl Synonyms {
    /// The table of this package.
    pub(crate) fn new() -> Self {
        Self::read(include_str!("synonyms.txt"))
    }

    fn read(table: &str) -> Self {
        let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let phrases = |list: &str| list.split(',').map(words).collect::<Vec<Phrase>>();
        let row = |line: &str| match line.split_once("->") {
            Some((from, to)) => (phrases(from), phrases(to)),
            None => (phrases(line), phrases(line)),
        };
        Self { rows: lines.map(row).collect() }
    }

    /// The words that a page with this title and these keywords is also found by, without those of the title.
    pub(crate) fn of(&self, title: &str, keywords: &[String]) -> String {
        let title = words(title);
        let keywords: Vec<Phrase> = keywords.iter().map(|keyword| words(keyword)).collect();
        let mut others: BTreeSet<String> = keywords.iter().flat_map(searched).collect();
        for (from, to) in &self.rows {
            if from.iter().any(|phrase| contains(&title, phrase)) {
                others.extend(to.iter().flat_map(searched));
            }
        }
        others.retain(|word| !title.contains(word));
        others.into_iter().collect::<Vec<_>>().join(" ")
    }
}

/// Words that mean something else without the word before them.
const PARTICLES: &[&str] =
    &["access", "all", "away", "back", "down", "end", "in", "off", "on", "out", "time", "up"];

/// The words that find a phrase: all of it in one, as `find.js` writes it, and each word unless the phrase has a particle.
fn searched(phrase: &Phrase) -> Vec<String> {
    let mut found = vec![phrase.concat()];
    if phrase.len() > 1 && !phrase.iter().any(|word| PARTICLES.contains(&word.as_str())) {
        found.extend(phrase.iter().cloned());
    }
    found
}

/// The words of a text, in lower case.
pub(crate) fn words(text: &str) -> Phrase {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a title contains a phrase, in the singular or the plural.
fn contains(title: &[String], phrase: &[String]) -> bool {
    let is_same = |(word, wanted): (&String, &String)| {
        word == wanted || word.strip_suffix('s').or_else(|| word.strip_suffix("es")) == Some(wanted)
    };
    title.windows(phrase.len().max(1)).any(|part| part.iter().zip(phrase).all(is_same))
}

#[cfg(test)]
mod tests {
    use super::Synonyms;

    #[test]
    fn a_title_is_found_by_other_words_for_it() {
        let synonyms = Synonyms::read("# a comment\nissue, ticket\nlift containment -> release\n");
        assert_eq!(synonyms.of("Create Issues", &[]), "issue ticket");
        assert_eq!(synonyms.of("Lift Containment", &["Undo".to_owned()]), "release undo");
        assert_eq!(synonyms.of("Release Host", &[]), "");
        let synonyms = Synonyms::read("start, kick off, main power\n");
        assert_eq!(synonyms.of("Start", &[]), "kickoff main mainpower power");
    }

    #[test]
    fn the_table_has_no_empty_phrase() {
        let rows = Synonyms::new().rows;
        assert!(
            rows.iter().all(|(from, to)| from.iter().chain(to).all(|phrase| !phrase.is_empty()))
        );
    }
}
