//! One run, with as little work as a change needs: what the cache knows is neither loaded nor emitted.
//!
//! Errors come before the first output is made. Outputs are compared as they are made, those that differ wait on disk, and all of them move
//! into place at the end. A run without a cache does the same, and so does one that only compares.

use std::collections::HashSet;
use std::path::Path;

use super::{Checked, Failure, Generated, Mode, Options, Outcome, folders, resolve, settings};
use crate::cache::{Cache, Made, Recalled};
use crate::catalog::{Catalog, Outline};
use crate::emit::{self, EmitError, Output, Settings};
use crate::sync::{self, Change, Owned, Session, Writing};

pub(super) struct Run<'a> {
    options: &'a Options,
    settings: Settings,
    session: Session,
    cache: Option<Cache>,
}

impl<'a> Run<'a> {
    pub(super) fn new(options: &'a Options, mode: Mode) -> Result<Self, Failure> {
        let settings = settings(options)?;
        let (writing, folder) = match mode {
            Mode::Write { cache } => (Writing::Stage, cache),
            Mode::Check => (Writing::Compare, None),
        };
        let session = Session::open(&options.out, &folders(options), writing)?;
        // A cache that cannot be opened is none.
        let cache = folder
            .and_then(|folder| Cache::open(folder, &key(options, &settings), &options.specs).ok());
        Ok(Self { options, settings, session, cache })
    }

    pub(super) fn run(mut self) -> Result<Generated, Failure> {
        let mut recalled = match &mut self.cache {
            Some(cache) => cache.recall(&self.session),
            None => Recalled::default(),
        };
        if let Some((actions, files)) = recalled.unchanged() {
            self.store(recalled, None);
            let outcome = Outcome { actions, files, written: 0, removed: 0 };
            return Ok(Generated {
                findings: Vec::new(),
                outcome: Some(outcome),
                changes: Vec::new(),
            });
        }
        let known = recalled.take_outlines();
        let (Checked { catalog, findings }, _) =
            resolve(&self.options.specs, &self.options.specs_shown, &known, |_| Vec::new());
        let Some(catalog) = catalog else {
            return Ok(Generated { findings, outcome: None, changes: Vec::new() });
        };
        let mut taken = self.emit_integrations(&catalog)?;
        let outline = Outline::of(&catalog, known);
        drop(catalog);
        taken.extend(self.emit_catalog(&outline)?);
        let actions = outline.integrations.iter().map(|integration| integration.actions.len());
        let (outcome, changes) = self.finish(actions.sum(), &recalled, &mut taken)?;
        let made = Made { outline: &outline, findings: &findings, taken: &taken };
        self.store(recalled, Some(&made));
        Ok(Generated { findings, outcome: Some(outcome), changes })
    }

    /// Emits the integrations that were loaded.
    fn emit_integrations(&self, catalog: &Catalog) -> Result<Vec<Owned>, Failure> {
        let batches = emit::emit_integrations(
            catalog,
            &self.settings,
            &self.options.only,
            |integration, outputs| self.take(Some(&integration.id), &outputs),
        )?;
        Ok(batches.into_iter().flatten().collect())
    }

    /// Emits what is of the catalogue as a whole.
    fn emit_catalog(&self, outline: &Outline) -> Result<Vec<Owned>, Failure> {
        let mut outputs = emit::emit_catalog(outline, &self.settings, &self.options.only)?;
        outputs.push(sync::marker());
        self.take(None, &outputs)
    }

    fn take(&self, owner: Option<&str>, outputs: &[Output]) -> Result<Vec<Owned>, Failure> {
        let take = |output| {
            let taken = self.session.take(output)?;
            Ok(Owned { owner: owner.map(str::to_owned), taken })
        };
        outputs.iter().map(take).collect()
    }

    fn finish(
        &self,
        actions: usize,
        recalled: &Recalled,
        taken: &mut [Owned],
    ) -> Result<(Outcome, Vec<Change>), Failure> {
        let mut named: HashSet<&str> = HashSet::new();
        for path in recalled.outputs().chain(taken.iter().map(|one| one.taken.path.as_str())) {
            if !named.insert(path) {
                return Err(EmitError::SamePath { path: path.to_owned() }.into());
            }
        }
        let files = named.len();
        let stale = self.session.finish(&named)?;
        let written = taken.iter().filter(|one| one.taken.differs()).count();
        let mut changes: Vec<Change> =
            taken.iter_mut().filter_map(|one| one.taken.take_change()).collect();
        changes.sort_by(|one, other| one.path().cmp(other.path()));
        let removed = stale.len();
        if self.session.only_compares() {
            changes.extend(stale.into_iter().map(|path| Change::Remove { path }));
        }
        Ok((Outcome { actions, files, written, removed }, changes))
    }

    /// A failure is not the caller's concern: the next run generates everything again.
    fn store(&mut self, recalled: Recalled, made: Option<&Made>) {
        if let Some(cache) = &mut self.cache {
            let _ = cache.store(&self.session, recalled, made);
        }
    }
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
