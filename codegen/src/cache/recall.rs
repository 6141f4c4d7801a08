//! What of the memory still holds.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::inputs::{Inputs, Seen};
use super::state::{Holds, Mark, Memory, Part, State};
use crate::catalog::IntegrationOutline;
use crate::sync::Session;
use crate::sync::stamp::Clock;

/// A clean integration.
#[derive(Debug)]
pub(super) struct Clean {
    part: Part,
    /// `None` until it is needed.
    outline: Option<IntegrationOutline>,
}

/// What of the memory still holds.
#[derive(Debug, Default)]
pub(crate) struct Recalled {
    /// The integrations that need not be looked at again.
    clean: BTreeMap<String, Clean>,
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
            clean: clean.map(|(id, part, _)| (id, Clean { part, outline: None })).collect(),
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

    /// Reads the outlines of what is clean. What cannot be read is not clean.
    fn restore(&mut self, memory: &Memory) {
        self.clean
            .par_iter_mut()
            .for_each(|(id, clean)| clean.outline = memory.outline(id, &clean.part));
        self.clean.retain(|_, clean| clean.outline.is_some());
    }

    /// The outputs that are as they should be.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &str> {
        self.clean.values().flat_map(|clean| &clean.part.outputs).map(|mark| mark.0.as_str())
    }

    fn named(&self) -> HashSet<&str> {
        self.outputs().chain(self.common.iter().map(|mark| mark.0.as_str())).collect()
    }

    fn has_stale(&self, session: &Session) -> bool {
        session.others(&self.named()) > 0
    }

    /// How many actions and files there are, if nothing is to be done.
    pub(crate) fn unchanged(&self) -> Option<(usize, usize)> {
        let actions = self.clean.values().map(|clean| clean.part.actions).sum();
        self.all.then(|| (actions, self.outputs().count() + self.common.len()))
    }

    /// The outlines of the clean integrations, by id.
    pub(crate) fn take_outlines(&mut self) -> Vec<IntegrationOutline> {
        self.clean.values_mut().filter_map(|clean| clean.outline.take()).collect()
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
