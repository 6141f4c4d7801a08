//! The documentation site: from `generated` to a folder that any static host serves.
//!
//! The pages are the Markdown of `generated/docs` and `generated/reference`, read once more (`markdown`) and put into the templates of
//! `docs-templates/site`. The index of the JSON catalogue gives what a page cannot know of itself: its place among the others, former names,
//! what the catalogue is filtered by. So every fact has one source, a reader of the Markdown sees what a reader of the site sees, and no spec
//! is resolved twice.

mod address;
mod build;
pub mod check;
mod data;
mod home;
mod host;
mod index;
mod input;
mod machine;
mod markdown;
mod measure;
mod npm;
mod options;
mod order;
mod search;
pub mod serve;
mod sidebar;
mod synonyms;
mod template;
mod text;
mod twin;
mod write;

pub use build::{Report, build};
pub use npm::{node_tests, weigh};
pub use options::Options;
