//! What of the memory still holds.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::Outcome;
use crate::cache::scan::{Found, Kind, scan};
use crate::cache::stamp::{Clock, Stamp};
use crate::cache::{Holds, Mark, Memory, Part, State, hash};
use crate::catalog::{Integration, Resolved};
use crate::sync::Session;

/// The files of a specs folder as they stand there now.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    /// What stands beside the integrations.
    pub(super) root: Vec<Seen>,
    /// Everything in the folder of each integration.
    pub(super) integrations: BTreeMap<String, Vec<Seen>>,
}

/// A file or folder of the specs.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    path: String,
    /// `None`: no file.
    stamp: Option<Stamp>,
    /// The hash of the contents before they were loaded, if the stamp would not tell of a change since.
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

    /// How it is remembered. Fails if it changed since it was looked at: then nobody knows which contents were loaded.
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

/// A clean integration.
#[derive(Debug)]
pub(super) struct Clean {
    pub(super) part: Part,
    /// Its resolved form; `None` while nobody needs it.
    integration: Option<Integration>,
}

/// What of the memory still holds.
#[derive(Debug, Default)]
pub(super) struct Recalled {
    /// The integrations that need not be looked at again.
    pub(super) clean: BTreeMap<String, Clean>,
    /// Whether some file is only known by having been read.
    pub(super) touched: bool,
    root: Vec<Mark>,
    common: Vec<Mark>,
    /// Nothing at all is to be done, stale files aside.
    all: bool,
}

impl Recalled {
    pub(super) fn new(
        memory: &mut Memory,
        inputs: &Inputs,
        specs: &Path,
        session: &Session,
    ) -> Self {
        let mut state = std::mem::take(&mut memory.state);
        let clock = &memory.clock;
        let root = inputs_hold(&mut state.root, &inputs.root, specs, clock);
        if !state.complete || root == Holds::No {
            return Self::default();
        }
        let common = outputs_hold(&mut state.common, session, clock);
        let judged: Vec<(String, Part, Holds)> = state
            .parts
            .into_par_iter()
            .map(|(id, mut part)| {
                let seen = inputs.integrations.get(&id).map_or(&[][..], Vec::as_slice);
                let mut holds = inputs_hold(&mut part.inputs, seen, specs, clock);
                if holds != Holds::No {
                    holds = holds.max(outputs_hold(&mut part.outputs, session, clock));
                }
                (id, part, holds)
            })
            .collect();
        let changed = judged.iter().any(|(_, _, holds)| *holds == Holds::No)
            || judged.len() != inputs.integrations.len();
        let touched = judged
            .iter()
            .map(|(_, _, holds)| *holds)
            .chain([root, common])
            .any(|holds| holds == Holds::Touched);
        let clean = judged.into_iter().filter(|(_, _, holds)| *holds != Holds::No);
        let mut recalled = Self {
            clean: clean.map(|(id, part, _)| (id, Clean { part, integration: None })).collect(),
            touched,
            root: state.root,
            common: state.common,
            all: !changed && common != Holds::No,
        };
        // What is generated from the whole catalogue needs every integration, unless nothing is to be done at all.
        if !recalled.all || recalled.has_stale(session) {
            recalled.all = false;
            recalled.restore(memory);
        }
        recalled
    }

    /// Reads the resolved form of what is clean. What cannot be read is not clean.
    fn restore(&mut self, memory: &Memory) {
        self.clean
            .par_iter_mut()
            .for_each(|(id, clean)| clean.integration = memory.integration(id, &clean.part));
        self.clean.retain(|_, clean| clean.integration.is_some());
    }

    fn named(&self) -> HashSet<&str> {
        let parts = self.clean.values().flat_map(|clean| &clean.part.outputs);
        parts.chain(&self.common).map(|mark| mark.0.as_str()).collect()
    }

    fn has_stale(&self, session: &Session) -> bool {
        session.others(&self.named()) > 0
    }

    /// What became of the output folder, if nothing is to be done.
    pub(super) fn unchanged(&self) -> Option<Outcome> {
        let outputs = self.clean.values().map(|clean| clean.part.outputs.len()).sum::<usize>()
            + self.common.len();
        let actions = self.clean.values().map(|clean| clean.part.actions).sum();
        self.all.then_some(Outcome { actions, files: outputs, written: 0, removed: 0 })
    }

    /// The integrations that are clean, as if they had been resolved now.
    pub(super) fn resolved(&mut self) -> Vec<Resolved> {
        let each =
            self.clean.iter_mut().filter_map(|(id, clean)| Some((id, clean.integration.take()?)));
        each.map(|(id, integration)| Resolved {
            id: id.clone(),
            actions: integration.actions.iter().map(|action| action.id.clone()).collect(),
            integration: Some(integration),
            findings: Vec::new(),
        })
        .collect()
    }

    /// What is worth remembering further.
    pub(super) fn into_state(self) -> State {
        let parts = self.clean.into_iter().map(|(id, clean)| (id, clean.part)).collect();
        State { root: self.root, common: self.common, parts, complete: true }
    }
}

/// Whether there are the same files as before, with the same contents.
fn inputs_hold(marks: &mut [Mark], seen: &[Seen], specs: &Path, clock: &Clock) -> Holds {
    if marks.len() != seen.len() || marks.iter().zip(seen).any(|(mark, seen)| mark.0 != seen.path) {
        return Holds::No;
    }
    let each = marks.iter_mut().zip(seen).map(|(mark, seen)| match seen.stamp {
        Some(stamp) => mark.holds(specs, stamp, clock),
        None if mark.is_folder() => Holds::Yes,
        None => Holds::No,
    });
    worst(each)
}

/// Whether every output is there, as it was written.
fn outputs_hold(marks: &mut [Mark], session: &Session, clock: &Clock) -> Holds {
    worst(marks.iter_mut().map(|mark| match session.present(&mark.0) {
        Some(stamp) => mark.holds(session.root(), stamp, clock),
        None => Holds::No,
    }))
}

fn worst(each: impl Iterator<Item = Holds>) -> Holds {
    let mut worst = Holds::Yes;
    for holds in each {
        worst = worst.max(holds);
        if worst == Holds::No {
            break;
        }
    }
    worst
}
