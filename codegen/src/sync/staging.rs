//! Writing a plan: every new file is complete on disk before the first one is moved into place.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::plan::{Change, Plan};
use super::{SyncError, at};

/// Carries out a plan.
///
/// New contents are first written into a folder beside the files they replace, on the same file system; only when all of them are
/// there does the first one move. A failure before that leaves no trace.
pub fn apply(plan: &Plan) -> Result<(), SyncError> {
    if plan.changes.is_empty() {
        return Ok(());
    }
    let staging = Staging::create(&plan.root)?;
    let writes: Vec<(usize, &crate::emit::Output)> = plan
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Write { output, .. } => Some(output),
            Change::Remove { .. } => None,
        })
        .enumerate()
        .collect();
    writes.par_iter().try_for_each(|(number, output)| {
        let staged = staging.path(*number);
        fs::write(&staged, &output.contents).map_err(at(staged))
    })?;
    for (number, output) in &writes {
        let target = plan.root.join(&output.path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        fs::rename(staging.path(*number), &target).map_err(at(target))?;
    }
    for change in &plan.changes {
        if let Change::Remove { path } = change {
            remove(&plan.root, path)?;
        }
    }
    Ok(())
}

/// Removes a file, and the folders that it leaves empty.
pub(super) fn remove(root: &Path, path: &str) -> Result<(), SyncError> {
    let file = root.join(path);
    fs::remove_file(&file).map_err(at(&file))?;
    let mut folder = file.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
    Ok(())
}

/// A folder for files in the making; it goes when this value does.
struct Staging(PathBuf);

impl Staging {
    fn create(root: &Path) -> Result<Self, SyncError> {
        let folder = root.join(format!(".staging-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(Self(folder))
    }

    fn path(&self, number: usize) -> PathBuf {
        self.0.join(number.to_string())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing depends on it: a folder left behind is hidden, and a later run does not look at it.
        let _ = fs::remove_dir_all(&self.0);
    }
}
