//! An output folder while outputs come in one by one, from several threads. What differs goes to a hidden folder beside them, and moves into
//! place when all of it is there; or it is returned, if nothing is to be written. No more than the outputs of a few integrations are in
//! memory at one time.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use super::marker::{MARKER, is_marker};
use super::scan::{Kind, scan};
use super::stamp::Stamp;
use super::{Change, SyncError, at, hash};
use crate::emit::Output;
use crate::text::same_lines;

/// What a build tool leaves beside generated files; never looked at, never removed.
const LEFT_ALONE: &[&str] = &["target", "Cargo.lock"];

/// How the names of folders begin in which outputs wait; the number of the process follows.
const STAGING: &str = ".staging-";
/// The file of such a folder that its run holds locked.
const LOCK: &str = ".lock";

/// What becomes of outputs that differ from the files in their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// They wait in a hidden folder, and replace the files when all are there.
    Stage,
    /// Nothing is written: they are kept beside what they differ from.
    Compare,
}

/// An output folder that outputs are brought to.
pub(crate) struct Session {
    root: PathBuf,
    /// The files in the folders that are filled, and those beside the folders.
    present: HashMap<String, Stamp>,
    staging: PathBuf,
    /// Held while this run stages, so that other runs know that the folder is in use.
    lock: OnceLock<File>,
    /// Folders that runs left which were killed, by name.
    leftovers: Vec<String>,
    writing: Writing,
}

/// An output that was compared with the file in its place.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) path: String,
    /// The hash of its contents.
    pub(crate) hash: u64,
    found: Found,
}

/// What a comparison found.
#[derive(Debug)]
enum Found {
    /// The file, which holds the same already.
    Same(Stamp),
    /// The file that waits to be moved there.
    Staged(Stamp),
    /// What would change; `None` once it was handed on.
    Differs(Option<Change>),
}

/// A taken output, with the id of the integration that it is of.
pub(crate) struct Owned {
    pub(crate) owner: Option<String>,
    pub(crate) taken: Taken,
}

impl Taken {
    /// The stamp of the file, if it held the same before.
    pub(crate) fn before(&self) -> Option<Stamp> {
        if let Found::Same(stamp) = self.found { Some(stamp) } else { None }
    }

    /// The stamp of the file that waits to be moved.
    pub(crate) fn staged(&self) -> Option<Stamp> {
        if let Found::Staged(stamp) = self.found { Some(stamp) } else { None }
    }

    /// Whether the file has to change.
    pub(crate) fn differs(&self) -> bool {
        self.before().is_none()
    }

    /// What would change, where nothing is written.
    pub(crate) fn take_change(&mut self) -> Option<Change> {
        if let Found::Differs(change) = &mut self.found { change.take() } else { None }
    }
}

impl Session {
    /// Looks at a folder. `folders` are the top-level folders that outputs fill: what else stands in those is stale.
    pub(crate) fn open(root: &Path, folders: &[&str], writing: Writing) -> Result<Self, SyncError> {
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
        let staging = root.join(format!("{STAGING}{}", std::process::id()));
        let leftovers = leftovers(root);
        if writing == Writing::Stage {
            for name in &leftovers {
                let folder = root.join(name);
                match fs::remove_dir_all(&folder) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(at(folder)(error));
                    }
                    _ => {}
                }
            }
        }
        Ok(Self {
            root: root.to_owned(),
            present,
            staging,
            lock: OnceLock::new(),
            leftovers,
            writing,
        })
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

    /// Whether nothing is written.
    pub(crate) fn only_compares(&self) -> bool {
        self.writing == Writing::Compare
    }

    /// Compares an output with the file in its place, and keeps it if that holds something else.
    pub(crate) fn take(&self, output: &Output) -> Result<Taken, SyncError> {
        if !is_safe(&output.path) {
            return Err(SyncError::Escape { path: output.path.clone() });
        }
        let found =
            |found| Taken { path: output.path.clone(), hash: hash(&output.contents), found };
        let mut before = None;
        if let Some(stamp) = self.present(&output.path) {
            let path = self.root.join(&output.path);
            let contents = fs::read(&path).map_err(at(path))?;
            if same_lines(&contents, &output.contents) {
                return Ok(found(Found::Same(stamp)));
            }
            before = Some(contents);
        }
        Ok(found(match self.writing {
            Writing::Stage => Found::Staged(self.stage(output)?),
            Writing::Compare => {
                Found::Differs(Some(Change::Write { output: output.clone(), before }))
            }
        }))
    }

    fn stage(&self, output: &Output) -> Result<Stamp, SyncError> {
        let path = self.staging.join(&output.path);
        let file = match File::create(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.lock()?;
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

    /// Creates the staging folder and marks it as in use.
    fn lock(&self) -> Result<(), SyncError> {
        if self.lock.get().is_none() {
            fs::create_dir_all(&self.staging).map_err(at(&self.staging))?;
            let path = self.staging.join(LOCK);
            let file = File::create(&path).map_err(at(&path))?;
            // Without locks, as on some network drives, another run that starts meanwhile may remove the folder; then this one fails.
            let _ = file.try_lock_shared();
            let _ = self.lock.set(file);
        }
        Ok(())
    }

    /// Moves everything that waits into place, and removes what no path names. Returns the paths of what was, or would be, removed.
    pub(crate) fn finish(&self, named: &HashSet<&str>) -> Result<Vec<String>, SyncError> {
        let mut stale: Vec<String> = self.stale(named).map(str::to_owned).collect();
        stale.sort_unstable();
        if !self.only_compares() {
            if self.staging.is_dir() {
                merge(&self.staging, &self.root)?;
            }
            stale.iter().try_for_each(|path| remove(&self.root, path))?;
        }
        stale.extend(self.leftovers.iter().cloned());
        Ok(stale)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A folder left behind is removed by the next run.
        self.lock.take();
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// The folders in which killed runs staged files, by name: those that no run holds.
fn leftovers(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let staged = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut left: Vec<String> = staged
        .filter(|name| name.starts_with(STAGING))
        .filter(|name| match File::open(root.join(name).join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok(),
            Err(_) => true,
        })
        .collect();
    left.sort_unstable();
    left
}

/// Moves what stands in a folder into another: as a whole where there is nothing yet, else file by file.
fn merge(from: &Path, to: &Path) -> Result<(), SyncError> {
    for entry in fs::read_dir(from).map_err(at(from))? {
        let entry = entry.map_err(at(from))?;
        if entry.file_name() == LOCK {
            continue;
        }
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

/// Whether a path stays below the folder.
fn is_safe(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
        && !path.contains('\\')
}

/// A folder is ours if it is missing, empty, or has the marker.
fn check_ownership(root: &Path) -> Result<(), SyncError> {
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

/// Removes a file, and the folders that it leaves empty.
fn remove(root: &Path, path: &str) -> Result<(), SyncError> {
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
