//! From the Catalog to files, as values: one emitter a kind of output, all in one table.
//!
//! To add a kind of output: one file in this folder, one row in [`EMITTERS`]. An emitter reads the Catalog and nothing else, and never
//! writes; `sync` does.

pub mod catalog_json;
pub mod docs;
pub mod editor_schema;
pub mod json_schema;
pub mod openapi;
pub mod reference;
pub mod rust;
pub mod templates;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::catalog::{Catalog, Integration};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The path below the output folder, with `/`.
    pub path: String,
    /// The bytes.
    pub contents: Vec<u8>,
}

impl Output {
    /// A text file.
    #[must_use]
    pub fn text(path: impl Into<String>, contents: impl Into<String>) -> Self {
        Self { path: path.into(), contents: contents.into().into_bytes() }
    }
}

/// What emitters are told beside the Catalog.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The layout of pages: a folder of the templates.
    pub layout: String,
    /// The templates: path below `docs-templates`, with `/`, to source.
    pub templates: BTreeMap<String, String>,
}

/// Why nothing could be emitted: a fault of a template or of the generator, never of a spec.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// A template does not parse or does not render.
    #[error("template `{template}`: {message}")]
    Template {
        /// Its path below `docs-templates`.
        template: String,
        /// What is wrong, with the line.
        message: String,
    },
    /// Generated Rust does not parse: a bug of this program.
    #[error("generated code of `{path}` does not parse: {message} (a bug of this generator, please report it)")]
    Syntax {
        /// The file that would have been written.
        path: String,
        /// The parser's words.
        message: String,
    },
    /// Two emitters claim one file.
    #[error("two outputs claim the path `{path}` (a bug of this generator, please report it)")]
    SamePath {
        /// The path.
        path: String,
    },
}

/// A kind of output.
pub struct Emitter {
    /// Its name, as on the command line; also the first folder of its paths.
    pub name: &'static str,
    /// Files of one integration.
    pub integration: fn(&Catalog, &Integration, &Settings) -> Result<Vec<Output>, EmitError>,
    /// Files of the whole catalogue.
    pub catalog: fn(&Catalog, &Settings) -> Result<Vec<Output>, EmitError>,
}

/// Every kind of output. A new one is a file in this folder and a row here.
pub const EMITTERS: &[Emitter] =
    &[rust::EMITTER, docs::EMITTER, reference::EMITTER, editor_schema::EMITTER, catalog_json::EMITTER, openapi::EMITTER];

/// Emits everything that `wanted` names (all kinds, if it names none), sorted by path.
pub fn emit(catalog: &Catalog, settings: &Settings, wanted: &[String]) -> Result<Vec<Output>, EmitError> {
    let chosen: Vec<&Emitter> =
        EMITTERS.iter().filter(|emitter| wanted.is_empty() || wanted.iter().any(|name| name == emitter.name)).collect();
    let mut jobs: Vec<(&Emitter, Option<&Integration>)> = Vec::new();
    for emitter in chosen {
        jobs.push((emitter, None));
        jobs.extend(catalog.integrations.iter().map(|integration| (emitter, Some(integration))));
    }
    let batches: Vec<Vec<Output>> = jobs
        .into_par_iter()
        .map(|(emitter, integration)| match integration {
            Some(integration) => (emitter.integration)(catalog, integration, settings),
            None => (emitter.catalog)(catalog, settings),
        })
        .collect::<Result<_, _>>()?;
    let mut outputs: Vec<Output> = batches.into_iter().flatten().collect();
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    if let Some(pair) = outputs.windows(2).find(|pair| pair[0].path == pair[1].path) {
        return Err(EmitError::SamePath { path: pair[0].path.clone() });
    }
    Ok(outputs)
}
