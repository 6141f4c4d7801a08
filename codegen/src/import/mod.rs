//! From a vendor's own description to specs.
//!
//! ```text
//! read        bytes -> JSON values              JSON or YAML, tolerantly, within limits
//! document    values with places                versions, references
//! operations  which are wanted, their names
//! action      operation -> ActionSpec           parameters, body, output, paging, each a module; `schema` and its relatives for types
//! integration what holds for all actions        servers, security, error envelope, shared paging
//! verify      specs -> specs that `gen` accepts what it would not is taken out and reported
//! files       specs -> files                    the canonical form, beside what is there already: `merge`
//! ```
//!
//! Everything that is repaired, left out or skipped is in the [`Report`], by a stated [`Rule`], with its place in the document. Nothing here
//! trusts a document: sizes, depths and expansions have limits, and one bad operation costs none of the others.

#![expect(
    clippy::match_same_arms,
    clippy::needless_pass_by_value,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::maybe_infinite_iter,
    clippy::option_option,
    clippy::assigning_clones,
    clippy::unused_self,
    clippy::if_same_then_else,
    reason = "tables read best with an arm a line; names are counted up until one is free; `.json` is what specs say"
)]

mod action;
mod body;
mod circles;
mod constraints;
mod document;
mod facts;
pub mod files;
pub mod folder;
mod integration;
mod media;
mod merge;
mod model;
mod operations;
mod output;
mod paging;
mod parameters;
mod path;
mod pattern;
mod read;
mod rules;
mod schema;
mod security;
mod servers;
mod settle;
mod text;
mod types;
mod union;
mod values;
mod verify;

use self::model::Named;
use indexmap::IndexMap;
use serde_json::Value;

pub use rules::{Effect, Entry, Report, Rule, markdown};

use crate::catalog::names;
use crate::spec::{ActionSpec, IntegrationSpec};

/// What to import, and as what.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The integration's id. Default: derived from the document's title.
    pub integration: Option<String>,
    /// Operations by id, or by method and path (`GET /users/{id}`). With `tags`, the union; both empty: all.
    pub operations: Vec<String>,
    /// Tags of operations.
    pub tags: Vec<String>,
    /// How `source` names the document: an address, or a file's name.
    pub document: String,
    /// The integration's category. Default: `imported`.
    pub category: Option<String>,
}

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The integration's id.
    pub id: String,
    /// `integration.yaml`
    pub integration: IntegrationSpec,
    /// The actions, by id.
    pub actions: IndexMap<String, ActionSpec>,
    /// The operation of each action: its method and path.
    pub operations: IndexMap<String, String>,
    /// Example files, by name.
    pub examples: IndexMap<String, Value>,
    /// What was repaired, left out and skipped.
    pub report: Report,
}

/// Why a document cannot be imported at all.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is too large.
    #[error("the document is larger than {limit} MiB")]
    TooLarge {
        /// The limit, in MiB.
        limit: usize,
    },
    /// It is neither JSON nor YAML.
    #[error("the document is neither JSON nor YAML: {message}")]
    Syntax {
        /// The parser's words.
        message: String,
    },
    /// It is something else.
    #[error(
        "this is not an OpenAPI or Swagger description: it has no `openapi` or `swagger`, and no `paths`"
    )]
    NotADescription,
    /// The id is none.
    #[error(
        "`{id}` cannot be the id of an integration: use lower-case words with underscores, at most 64 characters"
    )]
    BadId {
        /// The id.
        id: String,
    },
}

/// Imports an OpenAPI 3 or Swagger 2 document.
pub fn openapi(bytes: &[u8], options: &Options) -> Result<Imported, Failure> {
    let mut report = Report::default();
    let root = read::read(bytes, &mut report)?;
    let document = document::Document::new(root, report)?;
    let info = integration::Info::of(&document);
    let id = options.integration.clone().unwrap_or_else(|| info.id());
    if !names::is_id(&id) {
        return Err(Failure::BadId { id });
    }
    let chosen = operations::read(&document, options);
    let mut imported = settle::actions(&document, &info, chosen, options, id);
    verify::verify(&mut imported);
    imported.report.arrived = imported.actions.len();
    Ok(imported)
}
