//! The phases in order, with as little work as a change needs: what is clean (see `cache`) is neither loaded nor emitted.
//!
//! Errors come before the first output is made. Outputs are compared as they are made, those that differ wait on disk, and all of them move
//! into place at the end. A run without memory does the same; everything is then to be done.

mod recall;

use std::collections::HashSet;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use self::recall::{Inputs, Recalled};
use crate::cache::stamp::{Clock, Stamp};
use crate::cache::{Mark, Memory, Part, State};
use crate::catalog::{self, Catalog, Integration, Resolved};
use crate::diagnostics::{Diagnostic, Severity};
use crate::emit::{self, EmitError, Output, Settings};
use crate::load;
use crate::pipeline::{Failure, Options, folders, settings};
use crate::sync::{self, Session, Taken};

/// What was generated, or why not.
#[derive(Debug)]
pub struct Generated {
    /// Every finding. If one is an error, nothing was written.
    pub findings: Vec<Diagnostic>,
    /// What became of the output folder, if there was no error.
    pub outcome: Option<Outcome>,
}

/// What became of the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How many actions there are.
    pub actions: usize,
    /// How many files there are.
    pub files: usize,
    /// How many of them were written.
    pub written: usize,
    /// How many files were removed, because nothing generates them any more.
    pub removed: usize,
}

/// Brings the output folder up to date. `cache` is the folder of what is remembered from run to run; without it everything is done anew.
pub fn generate(options: &Options, cache: Option<&Path>) -> Result<Generated, Failure> {
    let settings = settings(options)?;
    // A memory that cannot be opened is none.
    let memory = cache.and_then(|folder| Memory::open(folder, &key(options, &settings)).ok());
    let session = Session::open(&options.out, &folders(options))?;
    let inputs =
        memory.as_ref().and_then(|memory| Inputs::scan(&options.specs, &memory.clock).ok());
    let mut run = Run { options, settings, session, memory, inputs };
    run.run()
}

/// Everything that outputs depend on, the specs aside.
fn key(options: &Options, settings: &Settings) -> String {
    let program = std::env::current_exe().and_then(std::fs::metadata).ok();
    let program = program.map(|metadata| (metadata.len(), metadata.modified().ok()));
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    format!(
        "{:?}",
        (program, absolute(&options.specs), absolute(&options.out), &options.only, settings)
    )
}

struct Run<'a> {
    options: &'a Options,
    settings: Settings,
    session: Session,
    memory: Option<Memory>,
    inputs: Option<Inputs>,
}

impl Run<'_> {
    fn run(&mut self) -> Result<Generated, Failure> {
        let mut recalled = match (&mut self.memory, &self.inputs) {
            (Some(memory), Some(inputs)) => {
                Recalled::new(memory, inputs, &self.options.specs, &self.session)
            }
            _ => Recalled::default(),
        };
        if let Some(outcome) = recalled.unchanged() {
            if recalled.touched {
                self.store(recalled, None, &[]);
            }
            return Ok(Generated { findings: Vec::new(), outcome: Some(outcome) });
        }
        let (catalog, findings) = self.resolve(&mut recalled);
        let Some(mut catalog) = catalog else { return Ok(Generated { findings, outcome: None }) };
        let taken = self.emit(&mut catalog, &recalled)?;
        let outcome = self.finish(&catalog, &recalled, &taken)?;
        self.store(recalled, Some((&catalog, &findings)), &taken);
        Ok(Generated { findings, outcome: Some(outcome) })
    }

    /// The whole Catalog, of what is remembered and what is loaded; none if there is an error.
    fn resolve(&self, recalled: &mut Recalled) -> (Option<Catalog>, Vec<Diagnostic>) {
        let wanted = |id: &str| !recalled.clean.contains_key(id);
        let make = |settings: Option<&_>, id: &str, sources| Resolved::new(settings, id, &sources);
        let load::Each { catalog: spec, made: mut resolved, faults: mut findings } =
            load::load_each(&self.options.specs, &self.options.specs_shown, wanted, make);
        let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
        resolved.extend(recalled.resolved());
        resolved.sort_by(|one, other| one.id.cmp(&other.id));
        let (catalog, found) = catalog::assemble(spec.as_ref(), resolved);
        findings.extend(found);
        (catalog.filter(|_| !broken), findings)
    }

    /// Emits what is not clean; gives what came of each file, with the integration that it is of. The Catalog is short afterwards.
    fn emit(
        &self,
        catalog: &mut Catalog,
        recalled: &Recalled,
    ) -> Result<Vec<(Option<String>, Taken)>, Failure> {
        let (settings, only) = (&self.settings, &self.options.only);
        let all = |owner: Option<&str>, outputs: &[Output]| {
            let taken = outputs
                .iter()
                .map(|output| Ok((owner.map(str::to_owned), self.session.take(output)?)));
            taken.collect::<Result<Vec<_>, Failure>>()
        };
        let dirty: Vec<&Integration> = catalog
            .integrations
            .iter()
            .filter(|integration| !recalled.clean.contains_key(&integration.id))
            .collect();
        let batches = emit::emit_integrations(
            &catalog.info,
            &dirty,
            settings,
            only,
            |integration, outputs| all(Some(&integration.id), &outputs),
        )?;
        let mut taken: Vec<(Option<String>, Taken)> = batches.into_iter().flatten().collect();
        catalog.shorten();
        let mut common = emit::emit_catalog(catalog, settings, only)?;
        common.push(sync::marker());
        taken.extend(all(None, &common)?);
        Ok(taken)
    }

    fn finish(
        &self,
        catalog: &Catalog,
        recalled: &Recalled,
        taken: &[(Option<String>, Taken)],
    ) -> Result<Outcome, Failure> {
        let mut named = HashSet::new();
        let clean = recalled
            .clean
            .values()
            .flat_map(|clean| &clean.part.outputs)
            .map(|mark| mark.0.as_str());
        for path in clean.chain(taken.iter().map(|(_, taken)| taken.path.as_str())) {
            if !named.insert(path) {
                return Err(EmitError::SamePath { path: path.to_owned() }.into());
            }
        }
        let removed = self.session.finish(&named)?;
        let written = taken.iter().filter(|(_, taken)| taken.staged.is_some()).count();
        let actions =
            catalog.integrations.iter().map(|integration| integration.actions.len()).sum();
        Ok(Outcome { actions, files: named.len(), written, removed })
    }

    /// Remembers what was seen and written. A failure is no concern of the caller's: the next run does everything anew.
    fn store(
        &mut self,
        recalled: Recalled,
        made: Option<(&Catalog, &[Diagnostic])>,
        taken: &[(Option<String>, Taken)],
    ) {
        if let (Some(memory), Some(inputs)) = (&mut self.memory, &self.inputs) {
            let _ = remember(memory, inputs, self.options, &self.session, recalled, made, taken);
        }
    }
}

fn remember(
    memory: &mut Memory,
    inputs: &Inputs,
    options: &Options,
    session: &Session,
    recalled: Recalled,
    made: Option<(&Catalog, &[Diagnostic])>,
    taken: &[(Option<String>, Taken)],
) -> io::Result<()> {
    let start = memory.clock.clone();
    if taken.iter().any(|(_, taken)| taken.staged.is_some()) {
        memory.clock.tick()?;
    }
    let mut state = recalled.into_state();
    if let Some((catalog, findings)) = made {
        let seen = |mark: &recall::Seen| mark.mark(&options.specs, &start);
        // Findings are shown again by every run, so what has some is not remembered; which file a finding is of does not matter.
        if !findings.is_empty() {
            return memory.store(&State::default());
        }
        state.complete = true;
        state.root = inputs.root.par_iter().map(seen).collect::<io::Result<_>>()?;
        let marks: Vec<(Option<&str>, Mark)> = taken
            .par_iter()
            .map(|(owner, taken)| (owner.as_deref(), output(taken, session, &start, &memory.clock)))
            .collect();
        state.common = marks
            .iter()
            .filter(|(owner, _)| owner.is_none())
            .map(|(_, mark)| mark.clone())
            .collect();
        let fresh: Vec<&Integration> = catalog
            .integrations
            .iter()
            .filter(|integration| !state.parts.contains_key(&integration.id))
            .collect();
        let parts = fresh.par_iter().map(|integration| {
            let files = inputs.integrations.get(&integration.id).map_or(&[][..], Vec::as_slice);
            Ok((
                integration.id.clone(),
                Part {
                    inputs: files.iter().map(seen).collect::<io::Result<_>>()?,
                    outputs: Vec::new(),
                    actions: integration.actions.len(),
                    resolved: memory.keep(integration)?,
                },
            ))
        });
        state.parts.extend(parts.collect::<io::Result<Vec<_>>>()?);
        for (owner, mark) in marks {
            if let Some(part) = owner.and_then(|owner| state.parts.get_mut(owner)) {
                part.outputs.push(mark);
            }
        }
    }
    memory.store(&state)
}

/// How an output is remembered. One that was moved into place counts only if it is still the one that was written.
fn output(taken: &Taken, session: &Session, start: &Clock, end: &Clock) -> Mark {
    let seal = match (taken.before, taken.staged) {
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
