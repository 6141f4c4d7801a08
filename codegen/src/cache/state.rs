//! What is remembered, and where: one folder for each set of options, below the one that the caller names.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::hash;
use super::stamp::{Clock, Stamp};
use crate::catalog::Integration;

/// Stands for the contents of what is no file.
const FOLDER: u64 = 0;

/// The file that says what is remembered.
const STATE: &str = "state";

/// A file as it was seen: its path, the seal of its stamp (0: it has to be read), the hash of its contents.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Mark(pub(crate) String, pub(crate) u64, pub(crate) u64);

impl Mark {
    /// Something that is no file; it is known by its path alone.
    pub(crate) fn folder(path: String) -> Self {
        Self(path, 0, FOLDER)
    }

    /// Whether it is no file.
    pub(crate) fn is_folder(&self) -> bool {
        self.2 == FOLDER
    }

    /// Whether a file below a folder still holds what it held; notes its stamp, if only that changed.
    pub(crate) fn holds(&mut self, folder: &Path, stamp: Stamp, clock: &Clock) -> Holds {
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
pub(crate) enum Holds {
    /// It does, by its stamp.
    Yes,
    /// It does, though its stamp is another.
    Touched,
    /// It does not, or it cannot be read.
    No,
}

/// What is remembered of an integration.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Everything in its folder, sorted by path.
    pub(crate) inputs: Vec<Mark>,
    /// What was generated from it.
    pub(crate) outputs: Vec<Mark>,
    /// How many actions it has.
    pub(crate) actions: usize,
    /// The hash of its resolved form, which is in a file of its own.
    pub(crate) resolved: u64,
}

/// Everything that is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// What stands beside the integrations: `catalog.yaml`.
    pub(crate) root: Vec<Mark>,
    /// What was generated from the catalogue as a whole.
    pub(crate) common: Vec<Mark>,
    /// The integrations without findings.
    pub(crate) parts: BTreeMap<String, Part>,
    /// Whether there were no findings at all.
    pub(crate) complete: bool,
}

/// The memory of one set of options.
#[derive(Debug)]
pub(crate) struct Memory {
    folder: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) state: State,
}

impl Memory {
    /// Opens the memory of a set of options. Whatever cannot be read is not remembered.
    pub(crate) fn open(folder: &Path, options: &str) -> io::Result<Self> {
        let folder = folder.join(format!("{:016x}", hash(options.as_bytes())));
        fs::create_dir_all(&folder)?;
        let clock = Clock::read(&folder)?;
        let state = fs::read(folder.join(STATE))
            .ok()
            .and_then(|bytes| unsealed(&bytes))
            .unwrap_or_default();
        Ok(Self { folder, clock, state })
    }

    /// The resolved form of an integration, as short as the whole catalogue needs it.
    pub(crate) fn integration(&self, id: &str, part: &Part) -> Option<Integration> {
        let bytes = fs::read(self.resolved(id, part.resolved)).ok()?;
        if hash(&bytes) == part.resolved { serde_json::from_slice(&bytes).ok() } else { None }
    }

    /// Keeps the resolved form of an integration; gives its hash.
    pub(crate) fn keep(&self, integration: &Integration) -> io::Result<u64> {
        let bytes = serde_json::to_vec(integration)?;
        let hash = hash(&bytes);
        replace(&self.resolved(&integration.id, hash), &bytes)?;
        Ok(hash)
    }

    fn resolved(&self, id: &str, hash: u64) -> PathBuf {
        self.folder.join(format!("{id}-{hash:016x}.json"))
    }

    /// Keeps a state, and forgets resolved forms that it does not name.
    pub(crate) fn store(&self, state: &State) -> io::Result<()> {
        let json = serde_json::to_vec(state)?;
        let mut bytes = format!("{:016x}\n", hash(&json)).into_bytes();
        bytes.extend(json);
        replace(&self.folder.join(STATE), &bytes)?;
        let named: HashSet<PathBuf> =
            state.parts.iter().map(|(id, part)| self.resolved(id, part.resolved)).collect();
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
    use crate::pipeline;

    #[test]
    fn the_resolved_form_of_every_feature_survives() {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/specs");
        let catalog = pipeline::check(&specs, "specs").catalog.expect("no error");
        let folder = tempfile::tempdir().expect("folder");
        let memory = Memory::open(folder.path(), "").expect("memory");
        for integration in &catalog.integrations {
            let resolved = memory.keep(integration).expect("kept");
            let again = memory
                .integration(&integration.id, &Part { resolved, ..Part::default() })
                .expect("there");
            assert_eq!(format!("{again:#?}"), format!("{integration:#?}"));
        }
    }
}
