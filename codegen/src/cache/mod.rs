//! What the last run saw and wrote, so that the next one need not look again: only ever a matter of time, never of what is generated.
//!
//! ```text
//! inputs   the specs folder as it is now
//! state    what is remembered: of each integration its files, what came of them, and its outline; and where
//! recall   what of the state still holds
//! ```
//!
//! An integration is *clean* if its files hold what they held and its outputs are what was written. Everything else is loaded, resolved,
//! emitted and compared as if nothing was known. What is remembered is thrown away as a whole when the program, the templates, the settings or
//! `catalog.yaml` are others, or when it is damaged in any way. An integration with findings is never remembered: they must be shown again.
//!
//! The pipeline needs [`Cache`] alone: open it, recall, and store.

mod inputs;
mod recall;
mod state;

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::inputs::{Inputs, Seen};
pub(crate) use self::recall::Recalled;
use self::state::{Mark, Memory, Part, State};
use crate::catalog::{IntegrationOutline, Outline};
use crate::diagnostics::Diagnostic;
use crate::sync::stamp::{Clock, Stamp};
use crate::sync::{Owned, Session, Taken};

/// The memory of one set of options, and the specs folder that it is about.
pub(crate) struct Cache {
    memory: Memory,
    specs: PathBuf,
    inputs: Inputs,
}

/// What a run made.
pub(crate) struct Made<'a> {
    pub(crate) outline: &'a Outline,
    pub(crate) findings: &'a [Diagnostic],
    pub(crate) taken: &'a [Owned],
}

impl Cache {
    /// Opens the memory below a folder for a set of options (`key`), and looks at the specs.
    pub(crate) fn open(folder: &Path, key: &str, specs: &Path) -> io::Result<Self> {
        let memory = Memory::open(folder, key)?;
        let inputs = Inputs::scan(specs, &memory.clock)?;
        Ok(Self { memory, specs: specs.to_owned(), inputs })
    }

    /// What need not be done again.
    pub(crate) fn recall(&mut self, session: &Session) -> Recalled {
        Recalled::new(&mut self.memory, &self.inputs, &self.specs, session)
    }

    /// Remembers what was seen and written; `made` is `None` where nothing was to be done.
    pub(crate) fn store(
        &mut self,
        session: &Session,
        recalled: Recalled,
        made: Option<&Made>,
    ) -> io::Result<()> {
        let Some(Made { outline, findings, taken }) = made else {
            return if recalled.touched {
                self.memory.store(&recalled.into_state())
            } else {
                Ok(())
            };
        };
        // Findings are shown again by every run, so what has some is not remembered; which file a finding is of does not matter.
        if !findings.is_empty() {
            return self.memory.store(&State::default());
        }
        let start = self.memory.clock.clone();
        if taken.iter().any(|one| one.taken.differs()) {
            self.memory.clock.tick()?;
        }
        let mut state = recalled.into_state();
        let seen = |seen: &Seen| seen.mark(&self.specs, &start);
        state.complete = true;
        state.root = self.inputs.root.par_iter().map(seen).collect::<io::Result<_>>()?;
        let fresh = outline
            .integrations
            .par_iter()
            .filter(|integration| !state.parts.contains_key(&integration.id));
        let parts: Vec<(String, Part)> =
            fresh.map(|one| self.part(one, &start)).collect::<io::Result<_>>()?;
        state.parts.extend(parts);
        state.common = Vec::new();
        let marks: Vec<Mark> = taken
            .par_iter()
            .map(|one| output(&one.taken, session, &start, &self.memory.clock))
            .collect();
        for (one, mark) in taken.iter().zip(marks) {
            match &one.owner {
                None => state.common.push(mark),
                Some(owner) => {
                    if let Some(part) = state.parts.get_mut(owner) {
                        part.outputs.push(mark);
                    }
                }
            }
        }
        self.memory.store(&state)
    }

    fn part(&self, outline: &IntegrationOutline, start: &Clock) -> io::Result<(String, Part)> {
        let files = self.inputs.integrations.get(&outline.id).map_or(&[][..], Vec::as_slice);
        let inputs = files.iter().map(|seen| seen.mark(&self.specs, start));
        let part = Part {
            inputs: inputs.collect::<io::Result<_>>()?,
            outputs: Vec::new(),
            actions: outline.actions.len(),
            outline: self.memory.keep(outline)?,
        };
        Ok((outline.id.clone(), part))
    }
}

/// How an output is remembered. One that was moved into place counts only if it is still the one that was written.
fn output(taken: &Taken, session: &Session, start: &Clock, end: &Clock) -> Mark {
    let seal = match (taken.before(), taken.staged()) {
        (Some(stamp), _) => stamp.seal(start),
        (None, Some(staged)) => {
            let now = std::fs::symlink_metadata(session.root().join(&taken.path))
                .map(|metadata| Stamp::of(&metadata));
            now.ok().filter(|now| now.is_moved(staged)).map_or(0, |now| now.seal(end))
        }
        (None, None) => 0,
    };
    Mark(taken.path.clone(), seal, taken.hash)
}
