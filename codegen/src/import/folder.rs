//! The folder of an imported integration: what is there, and what an import writes into it.

use std::path::{Path, PathBuf};

use super::{Imported, files};

/// What was written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written {
    /// Files that were written, because they are new or differ.
    pub files: usize,
}

/// Why nothing, or not all, was written.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be written: {source}", path.display())]
pub struct WriteError {
    /// The file.
    path: PathBuf,
    /// The file system's words.
    source: std::io::Error,
}

/// The first category of a specs folder's catalogue.
#[must_use]
pub fn first_category(specs: &Path) -> Option<String> {
    let text = std::fs::read_to_string(specs.join("catalog.yaml")).ok()?;
    let value: serde_json::Value = serde_yaml::from_str(&text).ok()?;
    value.get("categories")?.as_object()?.keys().next().cloned()
}

/// Writes an import into a specs folder.
pub fn write(imported: &mut Imported, specs: &Path, _all: bool) -> Result<Written, WriteError> {
    let mut written = Written::default();
    for (path, text) in files::texts(imported) {
        written.files += usize::from(put(&specs.join(path), &text)?);
    }
    Ok(written)
}

/// Writes a file unless it says the same already.
fn put(path: &Path, text: &str) -> Result<bool, WriteError> {
    if std::fs::read(path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(false);
    }
    let fail = |source| WriteError { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    std::fs::write(path, text).map_err(fail)?;
    Ok(true)
}
