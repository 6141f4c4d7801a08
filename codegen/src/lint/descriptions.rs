//! Descriptions of actions and triggers, and the form of every sentence.

use super::Findings;
use super::file::{Kind, Prose, Role, SpecFile};
use crate::text::first_sentence;

/// Most characters of a first sentence: it stands alone in tables.
const MOST_FIRST: usize = 180;
/// Most characters of a description; what is longer belongs into notes.
const MOST: usize = 900;
/// Fewest words of a description.
const FEWEST_WORDS: usize = 3;

/// Beginnings that say nothing.
const EMPTY_BEGINNINGS: &[&str] = &[
    "This action",
    "This endpoint",
    "This method",
    "This operation",
    "This API",
    "This trigger",
    "Use this",
    "Used to",
    "Allows you",
];

pub(super) fn check(file: &SpecFile, findings: &mut Findings) {
    let Some(description) = file.prose.iter().find(|prose| prose.pointer == "/description") else {
        return;
    };
    let title = match file.kind {
        Kind::Integration => return check_length(description, findings),
        Kind::Action(action) => &action.title,
        Kind::Trigger(trigger) => &trigger.title,
    };
    check_length(description, findings);
    if let Some(beginning) =
        EMPTY_BEGINNINGS.iter().find(|beginning| description.text.starts_with(**beginning))
    {
        findings
            .add(
                description.span.clone(),
                format!("the description begins with `{beginning}`, which carries no information"),
            )
            .help("begin with the verb: `Returns …`, `Creates …`");
        return;
    }
    if same_words(title, &description.text) {
        findings
            .add(description.span.clone(), "the description repeats the title")
            .help("say what the title does not: what is returned, changed or needed");
        return;
    }
    match file.kind {
        Kind::Trigger(_) if !description.text.starts_with("Fires ") => {
            findings
                .add(
                    description.span.clone(),
                    "the description of a trigger does not say when it fires",
                )
                .help("begin with `Fires when …`");
        }
        Kind::Action(_) if !begins_with_verb(&description.text) => {
            findings
                .add(
                    description.span.clone(),
                    "the description does not begin with a verb in the third person",
                )
                .help("begin with what the action does: `Returns …`, `Creates …`");
        }
        _ => {}
    }
}

fn check_length(description: &Prose, findings: &mut Findings) {
    let (all, first) =
        (description.text.chars().count(), first_sentence(&description.text).chars().count());
    if description.text.split_whitespace().count() < FEWEST_WORDS {
        findings
            .add(description.span.clone(), "the description is too short to say anything")
            .help("write a sentence");
    } else if first > MOST_FIRST {
        findings
            .add(description.span.clone(), format!("the first sentence has {first} characters"))
            .help(format!(
                "split it into two sentences: tables show only the first one, with \
                at most {MOST_FIRST} characters"
            ));
    } else if all > MOST {
        findings
            .add(description.span.clone(), format!("the description has {all} characters"))
            .help(format!("{MOST} are enough; move what only some readers need to `notes`"));
    }
}

/// `Returns`, `Creates`, `Has`: a capital, then small letters, and an `s` that is not a pronoun's.
fn begins_with_verb(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let cased =
        first.starts_with(char::is_uppercase) && first.chars().skip(1).all(char::is_lowercase);
    cased
        && first.ends_with('s')
        && !first.ends_with("ss")
        && !matches!(first, "This" | "Its" | "As" | "Always" | "Is" | "Was")
}

/// Every description, meaning, reason, remedy, note and step is a sentence.
pub(super) fn check_sentences(file: &SpecFile, findings: &mut Findings) {
    for prose in &file.prose {
        if matches!(prose.role, Role::Title | Role::Name)
            || prose.text.is_empty()
            || prose.pointer.ends_with("/when")
        {
            continue;
        }
        if !ends(&prose.text) {
            findings
                .add(prose.span.clone(), "the text does not end with a full stop")
                .help("write whole sentences");
        } else if prose.text.starts_with(char::is_lowercase) && !begins_with_name(&prose.text) {
            findings
                .add(prose.span.clone(), "the text does not begin with a capital")
                .help("write whole sentences");
        }
    }
}

/// A sentence's end, maybe within quotes or brackets; a code block or a list ends without one.
fn ends(text: &str) -> bool {
    let last = text.lines().last().unwrap_or_default().trim_start();
    let bare = text.trim_end_matches(['"', '\'', ')', '*', '_', '”', '’']);
    bare.ends_with(['.', '!', '?', '…'])
        || last.starts_with("```")
        || last.starts_with("- ")
        || last.starts_with('|')
}

/// A first word with capitals of its own, or a file name or host: `iOS`, `id.example.com`.
fn begins_with_name(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first
        .chars()
        .skip(1)
        .any(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '_' | '.' | '/' | ':' | '-'))
        && !first.ends_with('.')
        || first.contains('`')
}

/// Whether two texts say the same, articles, punctuation and endings aside.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !matches!(*word, "" | "a" | "an" | "the" | "of"))
            .map(|word| word.trim_end_matches('s').to_owned())
            .collect()
    };
    let (mut a, mut b) = (words(a), words(b));
    a.sort_unstable();
    b.sort_unstable();
    !a.is_empty() && a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_that_says_what_the_title_says_is_seen_through() {
        assert!(same_words("Get User", "Gets a user."));
        assert!(same_words("Page ID", "The ID of the page."));
        assert!(!same_words("Get User", "Returns a user by its ID."));
    }

    #[test]
    fn verbs_are_told_from_pronouns() {
        assert!(begins_with_verb("Returns a page."));
        assert!(begins_with_verb("Stores, and returns, a page."));
        assert!(!begins_with_verb("This returns a page."));
        assert!(!begins_with_verb("Access to a page."));
    }
}
