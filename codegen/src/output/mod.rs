//! Output kinds: all that the generator says of each, in checks, descriptors, pages, OpenAPI documents and generated code.
//!
//! One file a kind, one row each in the table below. What belongs here: whatever differs from kind to kind. What does not: the names that
//! authors write (`spec`), and how a client reads a response (the runtime).

mod binary;
mod empty;
mod fields;
mod headers;
mod json;
#[cfg(test)]
mod tests;
mod text;
mod xml;

use serde_json::Value;

use crate::catalog::Output;
use crate::markdown::code;
use crate::spec::OutputKind;
use crate::type_name::type_name;

/// What an output kind says of itself. No method has a default: a new kind answers every question.
pub(crate) trait Kind: Sync {
    /// What an author must show of it.
    fn shown(&self) -> Shown;

    /// What a successful call returns, in a sentence. Markdown.
    fn sentence(&self, output: &Output) -> String;

    /// The marker type of the runtime that a result has; `None` if it has the type of its schema.
    fn marker(&self) -> Option<&'static str>;

    /// What a sample prints of a response, as Rust.
    fn sample(&self) -> &'static str;

    /// What OpenAPI documents say of a success, unless the spec describes it.
    fn success(&self) -> &'static str;

    /// The response body in OpenAPI documents.
    fn content(&self) -> Content;
}

/// What an author must show of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// An example, or a type if there is none.
    ExampleOrType,
    /// An example, or the reason why there is none.
    Either,
    /// The reason why there is no example.
    NoExample,
}

/// A response body in OpenAPI documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// There is none.
    Nothing,
    /// JSON, of the schema of the whole body.
    Json,
    /// XML, of the schema of its root element.
    Xml,
    /// Something that no schema describes further.
    Opaque(Value),
}

impl Content {
    /// Whether a document describes what is in such a body.
    pub(crate) fn is_described(&self) -> bool {
        matches!(self, Self::Json | Self::Xml)
    }
}

/// Makes the dispatch from a table of all kinds.
macro_rules! kinds {
    ($($kind:ident => $module:ident,)*) => {
        /// What is known of a kind.
        pub(crate) fn kind(kind: OutputKind) -> &'static dyn Kind {
            match kind {
                $(OutputKind::$kind => &$module::$kind,)*
            }
        }
    };
}

kinds! {
    Json => json,
    Xml => xml,
    Fields => fields,
    Text => text,
    Binary => binary,
    Headers => headers,
    Empty => empty,
}

/// What a successful call returns, in sentences. Markdown.
pub(crate) fn sentences(output: &Output) -> String {
    let sentence = kind(output.kind).sentence(output);
    let statuses: Vec<String> = output.statuses.iter().map(u16::to_string).collect();
    match statuses.as_slice() {
        [] => sentence,
        statuses => format!(
            "{sentence} The status {} is a success too; its redirect is not followed.",
            statuses.join(" or ")
        ),
    }
}

/// The sentence of kinds whose results have a type.
fn typed(what: &str, output: &Output) -> String {
    let ty = code(&type_name(&output.schema));
    let place = match output.at.as_str() {
        "" => String::new(),
        at => format!(", at {} in the response body", code(at)),
    };
    format!("{what} of type {ty}{place}.")
}
