//! An output folder while outputs come in one by one, from several threads: what differs goes to a hidden folder beside them, and moves into
//! place when all of it is there. No more than the outputs of a few integrations are in memory at one time.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::plan::{LEFT_ALONE, check_ownership, is_safe};
use super::staging::remove;
use super::{SyncError, at};
use crate::cache::hash;
use crate::cache::scan::{Kind, scan};
use crate::cache::stamp::Stamp;
use crate::emit::Output;

/// An output folder that outputs are brought to.
pub(crate) struct Session {
    root: PathBuf,
    /// The files in the folders that are filled, and those beside the folders.
    present: HashMap<String, Stamp>,
    staging: PathBuf,
}

/// An output that was compared with the file in its place.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) path: String,
    /// The hash of its contents.
    pub(crate) hash: u64,
    /// The file, which holds the same already.
    pub(crate) before: Option<Stamp>,
    /// The file that waits to be moved there.
    pub(crate) staged: Option<Stamp>,
}

impl Session {
    /// Looks at a folder. `folders` are the top-level folders that outputs fill: what else stands in those is stale.
    pub(crate) fn open(root: &Path, folders: &[&str]) -> Result<Self, SyncError> {
        check_ownership(root)?;
        let mut present = HashMap::new();
        for beside in fs::read_dir(root).into_iter().flatten().flatten() {
            let name = beside.file_name().to_string_lossy().into_owned();
            if let Ok(metadata) = beside.metadata()
                && metadata.is_file()
                && !LEFT_ALONE.contains(&name.as_str())
            {
                present.insert(name, Stamp::of(&metadata));
            }
        }
        for folder in folders {
            let path = root.join(folder);
            for found in
                scan(&path, folder, |name| name.starts_with('.') || LEFT_ALONE.contains(&name))
                    .map_err(at(&path))?
            {
                match found.kind {
                    Kind::File(stamp) => drop(present.insert(found.path, stamp)),
                    Kind::Folder => {}
                    Kind::Other => return Err(SyncError::Link { path: root.join(found.path) }),
                }
            }
        }
        let staging = root.join(format!(".staging-{}", std::process::id()));
        Ok(Self { root: root.to_owned(), present, staging })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The stamp of a file that is there.
    pub(crate) fn present(&self, path: &str) -> Option<Stamp> {
        self.present.get(path).copied()
    }

    /// How many files there are that a set of paths does not name.
    pub(crate) fn others(&self, named: &HashSet<&str>) -> usize {
        self.stale(named).count()
    }

    /// Files in the folders that a set of paths does not name. What is beside the folders may be of another kind of output, and stays.
    fn stale(&self, named: &HashSet<&str>) -> impl Iterator<Item = &str> {
        let present = self.present.keys().map(String::as_str);
        present.filter(|path| path.contains('/') && !named.contains(path))
    }

    /// Compares an output with the file in its place, and puts it by if that holds something else.
    pub(crate) fn take(&self, output: &Output) -> Result<Taken, SyncError> {
        if !is_safe(&output.path) {
            return Err(SyncError::Escape { path: output.path.clone() });
        }
        let mut taken = Taken {
            path: output.path.clone(),
            hash: hash(&output.contents),
            before: None,
            staged: None,
        };
        if let Some(stamp) = self.present(&output.path) {
            let path = self.root.join(&output.path);
            if fs::read(&path).map_err(at(path))? == output.contents {
                taken.before = Some(stamp);
                return Ok(taken);
            }
        }
        taken.staged = Some(self.stage(output)?);
        Ok(taken)
    }

    fn stage(&self, output: &Output) -> Result<Stamp, SyncError> {
        let path = self.staging.join(&output.path);
        let file = match File::create(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                path.parent().map_or(Ok(()), fs::create_dir_all).map_err(at(&path))?;
                File::create(&path)
            }
            other => other,
        };
        let written = file.and_then(|mut file| {
            file.write_all(&output.contents)?;
            file.metadata()
        });
        written.map(|metadata| Stamp::of(&metadata)).map_err(at(path))
    }

    /// Moves everything that waits into place, and removes what no path names; says how many files that were.
    pub(crate) fn finish(&self, named: &HashSet<&str>) -> Result<usize, SyncError> {
        if self.staging.is_dir() {
            merge(&self.staging, &self.root)?;
        }
        let mut stale: Vec<&str> = self.stale(named).collect();
        stale.sort_unstable();
        stale.iter().try_for_each(|path| remove(&self.root, path))?;
        Ok(stale.len())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Nothing depends on it: a folder left behind is hidden, and a later run does not look at it.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// Moves what stands in a folder into another: as a whole where there is nothing yet, else file by file.
fn merge(from: &Path, to: &Path) -> Result<(), SyncError> {
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let there = fs::symlink_metadata(&target).ok();
        if there.as_ref().is_some_and(fs::Metadata::is_symlink) {
            return Err(SyncError::Link { path: target });
        }
        if source.is_dir() && there.is_some_and(|there| there.is_dir()) {
            merge(&source, &target)?;
        } else {
            fs::rename(&source, &target).map_err(at(target))?;
        }
    }
    Ok(())
}
