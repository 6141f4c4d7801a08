//! What is remembered, and where: one folder for each set of options, below the one that the caller names.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::catalog::IntegrationOutline;
use crate::sync::hash;
use crate::sync::stamp::{Clock, Stamp};

/// Stands for the contents of what is no file.
const FOLDER: u64 = 0;

/// The file that says what is remembered.
const STATE: &str = "state";

/// A file as it was seen: its path, the seal of its stamp (0: it has to be read), the hash of its contents.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Mark(pub(super) String, pub(super) u64, pub(super) u64);

impl Mark {
    /// Something that is no file; it is known by its path alone.
    pub(super) fn folder(path: String) -> Self {
        Self(path, 0, FOLDER)
    }

    /// Whether it is no file.
    pub(super) fn is_folder(&self) -> bool {
        self.2 == FOLDER
    }

    /// Whether a file below a folder still holds what it held; notes its stamp, if only that changed.
    pub(super) fn holds(&mut self, folder: &Path, stamp: Stamp, clock: &Clock) -> Holds {
        if stamp.is(self.1) {
            return Holds::Yes;
        }
        match fs::read(folder.join(&self.0)) {
            Ok(bytes) if hash(&bytes) == self.2 => {
                self.1 = stamp.seal(clock);
                Holds::Touched
            }
            _ => Holds::No,
        }
    }
}

/// Whether a file holds what it held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    /// It does, by its stamp.
    Yes,
    /// It does, though its stamp is another.
    Touched,
    /// It does not, or it cannot be read.
    No,
}

/// What is remembered of an integration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Part {
    /// Everything in its folder, sorted by path.
    pub(super) inputs: Vec<Mark>,
    /// What was generated from it.
    pub(super) outputs: Vec<Mark>,
    /// How many actions it has.
    pub(super) actions: usize,
    /// The hash of its outline, which is in a separate file.
    pub(super) outline: u64,
}

/// Everything that is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// What stands beside the integrations: `catalog.yaml`.
    pub(super) root: Vec<Mark>,
    /// What was generated from the catalogue as a whole.
    pub(super) common: Vec<Mark>,
    /// The integrations without findings.
    pub(super) parts: BTreeMap<String, Part>,
    /// Whether there were no findings at all.
    pub(super) complete: bool,
}

/// The memory of one set of options.
#[derive(Debug)]
pub(super) struct Memory {
    folder: PathBuf,
    pub(super) clock: Clock,
    pub(super) state: State,
}

impl Memory {
    /// Opens the memory of a set of options. Whatever cannot be read is not remembered.
    pub(super) fn open(folder: &Path, options: &str) -> io::Result<Self> {
        let folder = folder.join(format!("{:016x}", hash(options.as_bytes())));
        fs::create_dir_all(&folder)?;
        let clock = Clock::read(&folder)?;
        let state = fs::read(folder.join(STATE))
            .ok()
            .and_then(|bytes| unsealed(&bytes))
            .unwrap_or_default();
        Ok(Self { folder, clock, state })
    }

    /// The outline of an integration.
    pub(super) fn outline(&self, id: &str, part: &Part) -> Option<IntegrationOutline> {
        let bytes = fs::read(self.file(id, part.outline)).ok()?;
        if hash(&bytes) == part.outline { serde_json::from_slice(&bytes).ok() } else { None }
    }

    /// Keeps an outline; returns its hash.
    pub(super) fn keep(&self, outline: &IntegrationOutline) -> io::Result<u64> {
        let bytes = serde_json::to_vec(outline)?;
        let hash = hash(&bytes);
        replace(&self.file(&outline.id, hash), &bytes)?;
        Ok(hash)
    }

    fn file(&self, id: &str, hash: u64) -> PathBuf {
        self.folder.join(format!("{id}-{hash:016x}.json"))
    }

    /// Keeps a state, and forgets outlines that it does not name.
    pub(super) fn store(&self, state: &State) -> io::Result<()> {
        let json = serde_json::to_vec(state)?;
        let mut bytes = format!("{:016x}\n", hash(&json)).into_bytes();
        bytes.extend(json);
        replace(&self.folder.join(STATE), &bytes)?;
        let named: HashSet<PathBuf> =
            state.parts.iter().map(|(id, part)| self.file(id, part.outline)).collect();
        for entry in fs::read_dir(&self.folder)?.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "json")
                && !named.contains(&path)
            {
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }
}

/// The state of a file that is whole.
fn unsealed(bytes: &[u8]) -> Option<State> {
    let (seal, json) = bytes.split_at_checked(17)?;
    (seal == format!("{:016x}\n", hash(json)).as_bytes())
        .then(|| serde_json::from_slice(json).ok())
        .flatten()
}

/// Writes a file at once: whoever reads it sees the old contents or the new.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let whole = path.with_extension(format!("new-{}", std::process::id()));
    fs::write(&whole, bytes)?;
    fs::rename(&whole, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Outline;
    use crate::pipeline;

    #[test]
    fn the_outline_of_every_feature_survives() {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/specs");
        let catalog = pipeline::check(&specs, "specs").catalog.expect("no error");
        let folder = tempfile::tempdir().expect("folder");
        let memory = Memory::open(folder.path(), "").expect("memory");
        for integration in &Outline::of(&catalog, Vec::new()).integrations {
            let outline = memory.keep(integration).expect("kept");
            let again = memory
                .outline(&integration.id, &Part { outline, ..Part::default() })
                .expect("there");
            assert_eq!(format!("{again:#?}"), format!("{integration:#?}"));
        }
    }
}
