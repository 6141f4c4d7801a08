//! From the Catalog to files, as values: one emitter a kind of output, all in one table.
//!
//! To add a kind of output: one file in this folder with an [`Emitter`], one row in [`EMITTERS`]. The command line, the README of the output
//! folder and the site read the table. An emitter reads only the Catalog and never writes; `sync` does.

pub mod catalog_json;
pub mod docs;
pub mod editor_schema;
pub mod openapi;
pub mod reference;
pub mod rust;
pub mod templates;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::catalog::{Action, Catalog, Info, Integration, Outline};

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
    /// Whether JSON for programs is indented, so that people can read it and compare versions.
    pub pretty: bool,
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
    #[error(
        "generated code of `{path}` does not parse: {message} (a bug of this generator, please report it)"
    )]
    Syntax {
        /// The file that would have been written.
        path: String,
        /// The parser's words.
        message: String,
    },
    /// The client refuses what a sample would show.
    #[error(
        "the client cannot send the sample of `{action}`: {message} (a bug of this generator, please report it)"
    )]
    Sample {
        /// The name of the action, or of the integration.
        action: String,
        /// The client's words.
        message: String,
    },
    /// Two emitters claim one file.
    #[error("two outputs claim the path `{path}` (a bug of this generator, please report it)")]
    SamePath {
        /// The path.
        path: String,
    },
}

impl EmitError {
    /// The client refuses the sample of an action.
    fn sample(integration: &Integration, action: &Action, message: String) -> Self {
        Self::Sample { action: format!("{}.{}", integration.id, action.id), message }
    }
}

/// A kind of output.
pub trait Emitter: Sync {
    /// Its name: the value of `--only`, and the folder of its files.
    fn name(&self) -> &'static str;

    /// What its folder holds, in a few words without a full stop.
    fn about(&self) -> &'static str;

    /// Whether the files are committed, because people read them or build on them. The others are built on demand: `gen` writes them only if
    /// they are asked for by name.
    fn committed(&self) -> bool {
        true
    }

    /// Whether the site publishes the files: Markdown as pages, everything else as it is.
    fn published(&self) -> bool {
        true
    }

    /// Whether the files describe the spec language: then they are the same for every catalogue.
    fn describes_language(&self) -> bool {
        false
    }

    /// Files of one integration. They depend on nothing but it and what holds for the whole catalogue.
    fn integration(
        &self,
        _info: &Info,
        _integration: &Integration,
        _settings: &Settings,
    ) -> Result<Vec<Output>, EmitError> {
        Ok(Vec::new())
    }

    /// Files of the whole catalogue.
    fn catalog(&self, _outline: &Outline, _settings: &Settings) -> Result<Vec<Output>, EmitError> {
        Ok(Vec::new())
    }
}

/// Every kind of output. A new one is a file in this folder and a row here.
pub const EMITTERS: &[&dyn Emitter] = &[
    &rust::Rust,
    &docs::Docs,
    &reference::Reference,
    &editor_schema::EditorSchema,
    &catalog_json::CatalogJson,
    &openapi::OpenApi,
];

/// The emitters of these names; without any name, those whose files are committed.
pub(crate) fn chosen(names: &[String]) -> Vec<&'static dyn Emitter> {
    let is_wanted = |emitter: &&dyn Emitter| match names {
        [] => emitter.committed(),
        names => names.iter().any(|name| name == emitter.name()),
    };
    EMITTERS.iter().copied().filter(is_wanted).collect()
}

/// Emits integrations; gives the files of each kind and integration to `take` as soon as they are there, from several threads. What is
/// generated from an integration depends on no other.
pub(crate) fn emit_integrations<T: Send, E: From<EmitError> + Send>(
    catalog: &Catalog,
    settings: &Settings,
    wanted: &[String],
    take: impl Fn(&Integration, Vec<Output>) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let chosen = chosen(wanted);
    let mut jobs: Vec<(&dyn Emitter, &Integration)> = Vec::new();
    for integration in &catalog.integrations {
        jobs.extend(chosen.iter().map(|emitter| (*emitter, integration)));
    }
    let emit = |(emitter, integration): (&dyn Emitter, &Integration)| {
        take(integration, emitter.integration(&catalog.info, integration, settings)?)
    };
    jobs.into_par_iter().map(emit).collect()
}

/// Emits what is of the catalogue as a whole.
pub(crate) fn emit_catalog(
    outline: &Outline,
    settings: &Settings,
    wanted: &[String],
) -> Result<Vec<Output>, EmitError> {
    let batches = chosen(wanted)
        .par_iter()
        .map(|emitter| emitter.catalog(outline, settings))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(batches.into_iter().flatten().collect())
}
