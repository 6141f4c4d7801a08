//! From a specs folder to [`Sources`]: reads every file within limits and decodes it. Knows YAML and the language, nothing across files.

mod decode;
mod example;
mod folder;
mod read;
pub(crate) mod shape;
mod structure;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, SourceFile};
use crate::language::FeatureId;
use crate::spec::{ActionSpec, CatalogSpec, IntegrationSpec, TriggerSpec};
use crate::yaml::Tree;

/// Everything that people wrote, decoded file by file.
#[derive(Debug, Default)]
pub struct Sources {
    /// `catalog.yaml`, if there is one.
    pub catalog: Option<Loaded<CatalogSpec>>,
    /// The integrations, by folder name.
    pub integrations: BTreeMap<String, IntegrationSources>,
}

/// The files of one integration.
#[derive(Debug, Default)]
pub struct IntegrationSources {
    /// `integration.yaml`; `None` when it could not be decoded (that is reported already).
    pub integration: Option<Loaded<IntegrationSpec>>,
    /// `actions/*.yaml`, by file stem.
    pub actions: BTreeMap<String, Loaded<ActionSpec>>,
    /// `triggers/*.yaml`, by file stem.
    pub triggers: BTreeMap<String, Loaded<TriggerSpec>>,
    /// Stems of action files that could not be decoded, so that references to them are not reported as unknown.
    pub broken: Vec<String>,
    /// `examples/*.json`, by file name.
    pub examples: BTreeMap<String, ExampleFile>,
}

/// One decoded file.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The path below the specs folder, with `/`.
    pub path: String,
    /// What it says.
    pub spec: T,
    /// Where everything stands.
    pub tree: Tree,
    /// The features of the language that it uses.
    pub features: Vec<FeatureId>,
}

/// An example in a file of its own.
#[derive(Debug)]
pub struct ExampleFile {
    /// The file, to point into.
    pub file: Arc<SourceFile>,
    /// Its JSON.
    pub value: Value,
}

pub(crate) use folder::load_each;

/// Reads a specs folder. Paths in diagnostics begin with `display`. The result does not depend on the number of threads.
#[must_use]
pub fn load(root: &Path, display: &str) -> (Sources, Vec<Diagnostic>) {
    folder::load(root, display)
}

/// Reads files that are no files yet: paths below the specs folder, each with its text.
#[must_use]
pub fn load_texts(texts: Vec<(String, String)>) -> (Sources, Vec<Diagnostic>) {
    folder::load_texts(texts)
}
