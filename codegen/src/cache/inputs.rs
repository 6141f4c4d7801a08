//! The specs folder as it is now.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::state::Mark;
use crate::sync::hash;
use crate::sync::scan::{Found, Kind, scan};
use crate::sync::stamp::{Clock, Stamp};

/// The current files of a specs folder.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// The files beside the integrations.
    pub(super) root: Vec<Seen>,
    /// Everything in the folder of each integration.
    pub(super) integrations: BTreeMap<String, Vec<Seen>>,
}

/// A file or folder of the specs.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) path: String,
    /// `None`: no file.
    pub(super) stamp: Option<Stamp>,
    /// The hash of the contents before they were loaded, if the stamp would not reveal a change since.
    early: Option<u64>,
}

impl Seen {
    fn new(path: String, stamp: Option<Stamp>, folder: &Path, clock: &Clock) -> Self {
        let early = stamp
            .filter(|stamp| stamp.seal(clock) == 0)
            .and_then(|_| std::fs::read(folder.join(&path)).ok())
            .map(|bytes| hash(&bytes));
        Self { path, stamp, early }
    }

    /// The form in which it is stored. Fails if the file changed after the scan, because it is then unknown which contents were loaded.
    pub(super) fn mark(&self, folder: &Path, clock: &Clock) -> io::Result<Mark> {
        let Some(stamp) = self.stamp else { return Ok(Mark::folder(self.path.clone())) };
        let path = folder.join(&self.path);
        let hash = hash(&std::fs::read(&path)?);
        let same = match self.early {
            Some(early) => early == hash,
            None => Stamp::of(&std::fs::symlink_metadata(&path)?) == stamp,
        };
        if same {
            Ok(Mark(self.path.clone(), stamp.seal(clock), hash))
        } else {
            Err(io::Error::other("changed while it was read"))
        }
    }
}

impl Inputs {
    /// Looks at a specs folder.
    pub(super) fn scan(specs: &Path, clock: &Clock) -> io::Result<Self> {
        let mut inputs = Self::default();
        // What loading passes over; links and other things stay, since loading reports them.
        for Found { path, kind } in
            scan(specs, "", |name| name.starts_with('.') || name == "README.md")?
        {
            let stamp = match kind {
                Kind::File(stamp) => Some(stamp),
                Kind::Folder | Kind::Other => None,
            };
            let folder =
                path.split_once('/')
                    .map(|(folder, _)| folder)
                    .or(matches!(kind, Kind::Folder).then_some(path.as_str()));
            match folder.map(str::to_owned) {
                Some(id) => inputs
                    .integrations
                    .entry(id)
                    .or_default()
                    .push(Seen::new(path, stamp, specs, clock)),
                None => inputs.root.push(Seen::new(path, stamp, specs, clock)),
            }
        }
        Ok(inputs)
    }
}
