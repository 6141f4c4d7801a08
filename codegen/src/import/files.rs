//! Specs as files.

use super::Imported;
use crate::write;

/// The paths of an import's files below the specs folder, each with its text.
#[must_use]
pub fn texts(imported: &Imported) -> Vec<(String, String)> {
    let id = &imported.id;
    let mut files =
        vec![(format!("{id}/integration.yaml"), write::integration(&imported.integration))];
    files.extend(
        imported
            .actions
            .iter()
            .map(|(action, spec)| (format!("{id}/actions/{action}.yaml"), write::action(spec))),
    );
    files.extend(
        imported
            .examples
            .iter()
            .map(|(name, value)| (format!("{id}/examples/{name}"), write::json(value))),
    );
    files
}
