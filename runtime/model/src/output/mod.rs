//! Output kinds: what a response is, and what follows from that for everybody.
//!
//! One file a kind, one row each in the table [`OutputKind`]. What belongs here: what generator, runtime and mock server ask of a kind. What
//! does not: how a response is read (the runtime) and how pages and documents describe it (the generator).

mod binary;
mod empty;
mod fields;
mod headers;
mod json;
mod text;
mod xml;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::protocol::Protocol;
use crate::schema::Schema;

/// What an action returns.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Output {
    /// The kind of the response body.
    pub kind: OutputKind,
    /// The JSON pointer of the result within the body; empty for the whole.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub at: String,
    /// The media type to request, unless the kind's.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub media_type: Option<String>,
    /// The name of the elements that wrap the items of lists in XML; they are left out of the result.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub item_element: Option<String>,
    /// The properties of a result of headers, each with its header, or with the beginning of several headers and `*`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// Statuses from 300 to 399 that mean success, as 2xx does.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub statuses: Vec<u16>,
    /// The type of the result, if the kind has one.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub schema: Schema,
}

impl Output {
    /// The media types of the `Accept` header.
    #[must_use]
    pub fn accept(&self) -> &str {
        self.media_type.as_deref().unwrap_or_else(|| self.kind.accept())
    }

    /// Whether a response of this status is a success.
    #[must_use]
    pub fn succeeds(&self, status: u16) -> bool {
        (200..300).contains(&status) || self.statuses.contains(&status)
    }
}

/// What a kind says of itself. No method has a default: a new kind answers every question.
trait Kind: Sync {
    /// Its name in specs and file names.
    fn name(&self) -> &'static str;

    /// The media types of the `Accept` header, unless the spec names another.
    fn accept(&self) -> &'static str;

    /// Whether results are JSON for callers: they have a type, and pointers address their values.
    fn is_structured(&self) -> bool;

    /// Whether a response over a protocol can be of this kind.
    fn comes_over(&self, protocol: Protocol) -> bool;
}

/// Declares [`OutputKind`] from a table of kinds.
macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident => $module:ident,)*) => {
        /// The kind of a response body.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase")]
        pub enum OutputKind {
            $($(#[$meta])* $kind,)*
        }

        impl OutputKind {
            /// Every kind, for tests that walk the table.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            fn kind(self) -> &'static dyn Kind {
                match self {
                    $(Self::$kind => &$module::$kind,)*
                }
            }
        }
    };
}

kinds! {
    /// JSON.
    #[default]
    Json => json,
    /// XML, read as JSON: an element is an object of its children and, with `@` before the name, its attributes; an element of text alone is that
    /// text, and elements that repeat are a list. The root element is the one key of the body. Prefixes and namespaces are left out. The example
    /// is written as this JSON, which determines what is a number, a boolean or a list.
    Xml => xml,
    /// Lines of `name: value` over TCP, read as JSON: `objects` has one for each block of lines that blank lines part, which maps each name to the
    /// list of its values; `text` is the answer as it came. A line that begins with a space or `+` and has no name goes on with the value
    /// before it; comments, which begin with `%` or `#`, and other lines without a name stand in `text` alone.
    Fields => fields,
    /// Text.
    Text => text,
    /// Binary data, a file.
    Binary => binary,
    /// Response headers, as an object. `headers` lists them; the example is written as this
    /// object, which determines what is a number or a boolean.
    Headers => headers,
    /// No response body: a 2xx status means success.
    Empty => empty,
}

impl OutputKind {
    /// Its name in specs and file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.kind().name()
    }

    /// The media types of the `Accept` header, unless the spec names another.
    #[must_use]
    pub fn accept(self) -> &'static str {
        self.kind().accept()
    }

    /// Whether results are JSON for callers: they have a type, and pointers address their values.
    #[must_use]
    pub fn is_structured(self) -> bool {
        self.kind().is_structured()
    }

    /// Whether a response over a protocol can be of this kind.
    #[must_use]
    pub fn comes_over(self, protocol: Protocol) -> bool {
        self.kind().comes_over(protocol)
    }
}
