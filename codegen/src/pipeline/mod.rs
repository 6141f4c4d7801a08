//! The phases in order: load, resolve, emit, and write or compare. One pipeline serves every command; a [`Mode`] decides what happens to the outputs.

mod run;

use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, IntegrationOutline};
use crate::diagnostics::{Diagnostic, Severity};
use crate::emit::{self, EmitError, Settings, templates};
use crate::lint::{self, Dictionary};
use crate::load::{self, IntegrationSources};
use crate::resolve::{self, Resolved};
use crate::sync::{Change, SyncError};

/// What to generate, and where.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The specs folder.
    pub specs: PathBuf,
    /// How messages name the specs folder.
    pub specs_shown: String,
    /// The folder of templates.
    pub templates: PathBuf,
    /// The layout of pages, a folder of the templates.
    pub layout: String,
    /// The output folder.
    pub out: PathBuf,
    /// Kinds of output; empty: those that are committed.
    pub only: Vec<String>,
    /// Whether JSON for programs is indented.
    pub pretty: bool,
}

/// What becomes of the outputs.
#[derive(Clone, Copy, Debug)]
pub enum Mode<'a> {
    /// Outputs that differ are written, stale files are removed.
    Write {
        /// The cache folder; if `None`, everything is generated again.
        cache: Option<&'a Path>,
    },
    /// Nothing is written or remembered: differences are returned.
    Check,
}

/// What was generated, or why not.
#[derive(Debug)]
pub struct Generated {
    /// Every finding. If one is an error, nothing was written.
    pub findings: Vec<Diagnostic>,
    /// What became of the output folder, if there was no error.
    pub outcome: Option<Outcome>,
    /// What would change, by path, removals last; empty unless the mode is [`Mode::Check`].
    pub changes: Vec<Change>,
}

/// What became of the output folder, or would.
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

/// What came of the specs.
#[derive(Debug)]
pub struct Checked {
    /// The Catalog, if there was no error.
    pub catalog: Option<Catalog>,
    /// Every finding.
    pub findings: Vec<Diagnostic>,
}

impl Checked {
    /// How many findings are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// Why nothing was generated, specs aside.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A fault of a template or of the generator.
    #[error(transparent)]
    Emit(#[from] EmitError),
    /// The output folder could not be compared or written.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// The templates could not be read.
    #[error("the templates in `{}` cannot be read: {source}", path.display())]
    Templates {
        /// Their folder.
        path: PathBuf,
        /// The file system's words.
        source: std::io::Error,
    },
    /// Unknown layout.
    #[error("unknown layout `{layout}`; the templates have {}", known.join(", "))]
    Layout {
        /// The wanted one.
        layout: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

/// Brings the output folder up to date, or returns what would change.
pub fn generate(options: &Options, mode: Mode) -> Result<Generated, Failure> {
    run::Run::new(options, mode)?.run()
}

/// Loads and resolves a specs folder.
#[must_use]
pub fn check(specs: &Path, shown: &str) -> Checked {
    resolve(specs, shown, &[], |_| Vec::new()).0
}

/// As [`check`]; specs without an error are also judged by the rules of [`crate::lint`], their words by a dictionary.
#[must_use]
pub fn lint(specs: &Path, shown: &str, dictionary: Dictionary) -> Checked {
    let judge = |files: &IntegrationSources| lint::lint(files, dictionary);
    let (mut checked, judged) = resolve(specs, shown, &[], judge);
    if checked.catalog.is_some() {
        checked.findings.extend(judged);
    }
    checked
}

/// Loads and resolves the integrations of a specs folder that are not `known` from an earlier run. `judge` sees the sources of each, and what it
/// finds is returned apart.
fn resolve(
    specs: &Path,
    shown: &str,
    known: &[IntegrationOutline],
    judge: impl Fn(&IntegrationSources) -> Vec<Diagnostic> + Sync,
) -> (Checked, Vec<Diagnostic>) {
    let wanted = |id: &str| !known.iter().any(|one| one.id == id);
    let loaded = load::load_each(specs, shown, wanted, |settings, id, files| {
        let resolved = Resolved::new(settings, id, &files);
        let judged = if resolved.integration.is_some() { judge(&files) } else { Vec::new() };
        (resolved, judged)
    });
    let mut findings = loaded.faults;
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    let (resolved, judged): (Vec<Resolved>, Vec<Vec<Diagnostic>>) = loaded.made.into_iter().unzip();
    let (catalog, found) = resolve::assemble(loaded.catalog.as_ref(), resolved, known);
    findings.extend(found);
    let catalog = catalog.filter(|_| !broken);
    (Checked { catalog, findings }, judged.into_iter().flatten().collect())
}

/// What emitters are told beside the Catalog. Fails if the templates cannot be read, or have no such layout.
fn settings(options: &Options) -> Result<Settings, Failure> {
    let templates = templates::read(&options.templates)
        .map_err(|source| Failure::Templates { path: options.templates.clone(), source })?;
    let settings = Settings { layout: options.layout.clone(), templates, pretty: options.pretty };
    let layouts = templates::layouts(&settings.templates);
    if !layouts.contains(&options.layout) {
        return Err(Failure::Layout { layout: options.layout.clone(), known: layouts });
    }
    Ok(settings)
}

/// The top-level folders that the wanted kinds of output fill.
fn folders(options: &Options) -> Vec<&'static str> {
    emit::chosen(&options.only).into_iter().map(super::emit::Emitter::name).collect()
}
