//! One spec file: text to tree, tree checked against the model, then decoded.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::shape::Grammar;
use super::{Loaded, structure};
use crate::diagnostics::{Code, Diagnostic, SourceFile};
use crate::language::LANGUAGE;
use crate::yaml::{self, Tree};

/// The spec in a file, or everything that is wrong with its form.
pub(super) fn decode<T: DeserializeOwned>(
    file: &Arc<SourceFile>,
    path: &str,
    grammar: &Grammar,
) -> Result<Loaded<T>, Vec<Diagnostic>> {
    let tree = yaml::parse(file)?;
    let faults = structure::check(&tree, grammar);
    if !faults.is_empty() {
        return Err(faults);
    }
    let value = tree.root.to_json();
    let features = LANGUAGE.used(grammar.kind, &value).into_iter().collect();
    match serde_path_to_error::deserialize::<_, T>(value) {
        Ok(spec) => Ok(Loaded { path: path.to_owned(), spec, tree, features }),
        Err(error) => Err(vec![undecodable(&tree, &error)]),
    }
}

fn undecodable(tree: &Tree, error: &serde_path_to_error::Error<serde_json::Error>) -> Diagnostic {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", crate::pointer::escape(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    let whole = error.inner().to_string();
    // The place is shown anyway.
    let message = whole.split_once(" at line ").map_or(whole.as_str(), |(message, _)| message);
    Diagnostic::error(
        Code::Undecodable,
        tree.value(&pointer),
        format!("this value cannot be read: {message}"),
    )
    .label("here")
}
