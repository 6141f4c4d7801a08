//! The phases in order: load, resolve, emit, compare.

use std::path::{Path, PathBuf};

use crate::catalog::{self, Catalog, Resolved};
use crate::diagnostics::{Diagnostic, Severity};
use crate::emit::{self, EmitError, Emitter, Settings};
use crate::lint::Dictionary;
use crate::load;
use crate::sync::{self, Plan, SyncError};

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
    /// There is no such layout.
    #[error("there is no layout `{layout}`; the templates have {}", known.join(", "))]
    Layout {
        /// The wanted one.
        layout: String,
        /// Those that there are.
        known: Vec<String>,
    },
}

/// Loads and resolves a specs folder.
#[must_use]
pub fn check(specs: &Path, shown: &str) -> Checked {
    let loaded = load::load_each(
        specs,
        shown,
        |_| true,
        |settings, id, sources| Resolved::new(settings, id, &sources),
    );
    let mut findings = loaded.faults;
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    let (catalog, found) = catalog::assemble(loaded.catalog.as_ref(), loaded.made);
    findings.extend(found);
    Checked { catalog: catalog.filter(|_| !broken), findings }
}

/// As [`check`]; specs without an error are also judged by the rules of [`crate::lint`], their words by a dictionary.
#[must_use]
pub fn lint(specs: &Path, shown: &str, dictionary: Dictionary) -> Checked {
    let (sources, mut findings) = load::load(specs, shown);
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    let (catalog, found) = catalog::resolve(&sources);
    findings.extend(found);
    let catalog = catalog.filter(|_| !broken);
    if catalog.is_some() {
        findings.extend(crate::lint::lint(&sources, dictionary));
    }
    Checked { catalog, findings }
}

/// Emits a Catalog and compares the result with the output folder; writes nothing.
pub fn plan(catalog: &Catalog, options: &Options) -> Result<Plan, Failure> {
    let settings = settings(options)?;
    let mut outputs = emit::emit(catalog, &settings, &options.only)?;
    outputs.push(sync::marker());
    Ok(sync::plan(&options.out, outputs, &folders(options))?)
}

/// What emitters are told beside the Catalog. Fails if the templates cannot be read, or have no such layout.
pub(crate) fn settings(options: &Options) -> Result<Settings, Failure> {
    let settings = Settings {
        layout: options.layout.clone(),
        pretty: options.pretty,
        templates: crate::emit::templates::read(&options.templates)?,
    };
    let layouts = crate::emit::templates::layouts(&settings.templates);
    if !layouts.contains(&options.layout) {
        return Err(Failure::Layout { layout: options.layout.clone(), known: layouts });
    }
    Ok(settings)
}

/// The top-level folders that the wanted kinds of output fill.
pub(crate) fn folders(options: &Options) -> Vec<&'static str> {
    emit::chosen(&options.only).into_iter().map(Emitter::name).collect()
}
