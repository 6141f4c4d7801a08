//! ActionSpec's generator: specs in, client crate and documentation out.
//!
//! The phases, each a module, in order:
//!
//! ```text
//! load     specs/**.yaml -> Sources        reads every file within limits; knows YAML and the spec language, nothing across files
//! resolve  Sources       -> Catalog        resolves names, types and references; reports every error of every file at once
//! emit     &Catalog      -> Vec<Output>    one emitter per kind of output, all in one table; sees the Catalog alone
//! sync     Vec<Output>   -> disk           writes only what differs, removes what is stale, each file atomically
//! ```
//!
//! `catalog` is the resolved model, between the last two. `pipeline` runs them, for every command, and uses `cache`, what the last run saw and wrote.
//! `descriptor` is what the client must know of an integration and its actions; `prepare` has the client prepare their requests, for samples.
//! `spec` is the language as people write it; `scheme` is what differs between authentication schemes;
//! `yaml` finds the position of each key and value in a file; `write` writes specs in
//! canonical form; `import` makes them from vendors' own descriptions, `record` from recorded requests; `diagnostics` is how errors look; `lint`
//! judges what is no error; `features` and `stats` count what a catalogue uses and how well it is founded.
//! This crate touches no network, prints nothing and knows no command line.

mod cache;
pub mod catalog;
pub mod descriptor;
pub mod diagnostics;
pub mod emit;
pub mod features;
pub mod import;
pub mod json_schema;
pub mod language;
pub mod lint;
pub mod load;
mod markdown;
mod output;
mod paging;
pub mod pipeline;
mod prepare;
pub mod record;
mod report;
pub mod resolve;
mod scheme;
pub mod spec;
pub mod stats;
pub mod sync;
mod text;
mod type_name;
pub mod write;
pub mod yaml;

pub use actionspec_model::pointer;
