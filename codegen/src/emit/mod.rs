//! From the Catalog to files, as values: one emitter a kind of output, all in one table.
//!
//! To add a kind of output: one file in this folder, one row in [`EMITTERS`]. An emitter reads the Catalog and nothing else, and never
//! writes; `sync` does.

pub mod catalog_json;
pub mod docs;
pub mod editor_schema;
pub mod json_schema;
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
    /// Files of one integration. They depend on nothing but it and what holds for the whole catalogue: the Catalog that is given here has no
    /// integrations.
    pub integration: fn(&Catalog, &Integration, &Settings) -> Result<Vec<Output>, EmitError>,
    /// Files of the whole catalogue.
    pub catalog: fn(&Catalog, &Settings) -> Result<Vec<Output>, EmitError>,
}

/// Every kind of output. A new one is a file in this folder and a row here.
pub const EMITTERS: &[Emitter] = &[rust::EMITTER, docs::EMITTER, reference::EMITTER, editor_schema::EMITTER, catalog_json::EMITTER];

/// Emits everything that `wanted` names (all kinds, if it names none), sorted by path.
pub fn emit(catalog: &Catalog, settings: &Settings, wanted: &[String]) -> Result<Vec<Output>, EmitError> {
    let batches: Vec<Vec<Output>> = emit_each(catalog, settings, wanted, |_| true, |_, outputs| Ok::<_, EmitError>(outputs))?;
    let mut outputs: Vec<Output> = batches.into_iter().flatten().collect();
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    if let Some(pair) = outputs.windows(2).find(|pair| pair[0].path == pair[1].path) {
        return Err(EmitError::SamePath { path: pair[0].path.clone() });
    }
    Ok(outputs)
}

/// Emits what is of the whole catalogue, and of the integrations that `of` takes; gives the files of each kind and integration (`None`: of the
/// whole) to `take` as soon as they are there, from several threads.
pub(crate) fn emit_each<T: Send, E: From<EmitError> + Send>(
    catalog: &Catalog,
    settings: &Settings,
    wanted: &[String],
    of: impl Fn(&Integration) -> bool,
    take: impl Fn(Option<&Integration>, Vec<Output>) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    // What is generated from an integration depends on no other: emitters of integrations see none.
    let alone = catalog.without_integrations();
    let chosen: Vec<&Emitter> =
        EMITTERS.iter().filter(|emitter| wanted.is_empty() || wanted.iter().any(|name| name == emitter.name)).collect();
    let mut jobs: Vec<(&Emitter, Option<&Integration>)> = chosen.iter().map(|emitter| (*emitter, None)).collect();
    for integration in catalog.integrations.iter().filter(|integration| of(integration)) {
        jobs.extend(chosen.iter().map(|emitter| (*emitter, Some(integration))));
    }
    jobs.into_par_iter()
        .map(|(emitter, integration)| {
            let outputs = match integration {
                Some(integration) => (emitter.integration)(&alone, integration, settings),
                None => (emitter.catalog)(catalog, settings),
            };
            take(integration, outputs?)
        })
        .collect()
}
