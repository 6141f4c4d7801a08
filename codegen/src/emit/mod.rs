//! From the Catalog to files, as values: one emitter a kind of output, all in one table.
//!
//! To add a kind of output: one file in this folder, one row in [`EMITTERS`]. An emitter reads the Catalog and nothing else, and never
//! writes; `sync` does.

mod json_schema;
pub mod rust;

use std::collections::BTreeMap;

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
