//! Texts of descriptions.

use serde_json::json;

use crate::catalog::names;
use crate::spec::Note;

/// Boxed remarks as paragraphs.
pub(super) fn notes(notes: &[Note]) -> impl Iterator<Item = String> {
    notes.iter().map(|note| {
        let kind = json!(note.kind);
        let kind = names::title(kind.as_str().unwrap_or_default());
        format!("**{kind}:** {}", note.text.trim())
    })
}
