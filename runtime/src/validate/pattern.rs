//! Regular expressions of descriptors, each compiled once, when it is first needed.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use regex::Regex;

type Compiled = HashMap<String, Option<Regex>>;

static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// Whether a pattern matches somewhere in a text. A pattern that is no regular expression matches nothing.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    if let Some(regex) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return regex.as_ref().is_some_and(|regex| regex.is_match(text));
    }
    let regex = Regex::new(pattern).ok();
    let matches = regex.as_ref().is_some_and(|regex| regex.is_match(text));
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern.to_owned(), regex);
    matches
}

/// Whether a pattern matches the whole of a text.
pub(crate) fn matches_whole(pattern: &str, text: &str) -> bool {
    matches(&format!(r"\A(?:{pattern})\z"), text)
}
