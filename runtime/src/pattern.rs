//! Regular expressions of descriptors, each compiled once, when it is first needed.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use actionspec_model::keyword::Pattern;

static COMPILED: LazyLock<RwLock<HashMap<String, Pattern>>> = LazyLock::new(RwLock::default);

/// Whether a pattern matches somewhere in a text. A pattern that is not a regular expression matches nothing.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    if let Some(compiled) = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return compiled.is_match(text);
    }
    let compiled = Pattern::new(pattern);
    let matches = compiled.is_match(text);
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern.to_owned(), compiled);
    matches
}

/// Whether a pattern matches the whole of a text.
pub(crate) fn matches_whole(pattern: &str, text: &str) -> bool {
    matches(&format!(r"\A(?:{pattern})\z"), text)
}
