//! What would change on disk.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::marker::{MARKER, is_marker};
use super::{SyncError, at};
use crate::emit::Output;

/// What a build tool leaves beside generated files; never looked at, never removed.
pub(super) const LEFT_ALONE: &[&str] = &["target", "Cargo.lock"];

/// What would change in the output folder.
#[derive(Debug, Default)]
pub struct Plan {
    /// The folder.
    pub root: PathBuf,
    /// The changes, by path.
    pub changes: Vec<Change>,
    /// How many files would stay as they are.
    pub unchanged: usize,
}

/// One change.
#[derive(Debug)]
pub enum Change {
    /// A file is written; `before` is what stands there now.
    Write {
        /// What to write.
        output: Output,
        /// The present bytes, if there is such a file.
        before: Option<Vec<u8>>,
    },
    /// A file that nothing generates any more is removed.
    Remove {
        /// Its path below the folder, with `/`.
        path: String,
    },
}

/// Compares outputs with a folder. `folders` are the top-level folders that the outputs fill: what else stands in those is stale.
pub fn plan(root: &Path, outputs: Vec<Output>, folders: &[&str]) -> Result<Plan, SyncError> {
    check_ownership(root)?;
    let mut present = BTreeSet::new();
    for folder in folders {
        collect(&root.join(folder), folder, &mut present)?;
    }
    let mut plan = Plan { root: root.to_owned(), ..Plan::default() };
    for output in outputs {
        if !is_safe(&output.path) {
            return Err(SyncError::Escape { path: output.path });
        }
        present.remove(&output.path);
        let before = read(&root.join(&output.path))?;
        if before.as_ref() == Some(&output.contents) {
            plan.unchanged += 1;
        } else {
            plan.changes.push(Change::Write { output, before });
        }
    }
    plan.changes.extend(present.into_iter().map(|path| Change::Remove { path }));
    Ok(plan)
}

/// Whether a path stays below the folder.
pub(super) fn is_safe(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
        && !path.contains('\\')
}

/// A folder is ours if it is missing, empty, or has the marker.
pub(super) fn check_ownership(root: &Path) -> Result<(), SyncError> {
    let mut entries = match std::fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(root)(error)),
    };
    if entries.next().is_none() {
        return Ok(());
    }
    match read(&root.join(MARKER))? {
        Some(text) if is_marker(&String::from_utf8_lossy(&text)) => Ok(()),
        _ => Err(SyncError::Foreign { path: root.to_owned() }),
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, SyncError> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            return Err(SyncError::Link { path: path.to_owned() });
        }
        Ok(_) => {}
        Err(_) => return Ok(None),
    }
    std::fs::read(path).map(Some).map_err(at(path))
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) -> Result<(), SyncError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(at(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || LEFT_ALONE.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}/{name}");
        let kind = entry.file_type().map_err(at(entry.path()))?;
        if kind.is_symlink() {
            return Err(SyncError::Link { path: entry.path() });
        } else if kind.is_dir() {
            collect(&entry.path(), &path, found)?;
        } else {
            found.insert(path);
        }
    }
    Ok(())
}
