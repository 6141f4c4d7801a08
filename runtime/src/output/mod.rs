//! Output kinds: how an answer becomes the result of each.
//!
//! One file a kind, one row each in the table below. What belongs here: what differs from kind to kind when an answer is read. What does not:
//! reading JSON, XML and headers (`content`), and judging whether a call succeeded (`steps`).

mod binary;
mod empty;
mod fields;
mod headers;
mod json;
mod text;
mod xml;

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

use crate::content::{Form, Unreadable};
use crate::descriptor::{Action, OutputKind};

/// A successful answer of the last request.
pub(crate) struct Answer<'a> {
    pub(crate) action: &'a Action,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a Bytes,
    /// How the body is written, if the headers say it.
    pub(crate) form: Option<Form>,
    /// How much memory may be taken for it, in bytes.
    pub(crate) memory: usize,
}

/// How a kind is read. No method has a default: a new kind answers every question.
pub(crate) trait Kind: Sync {
    /// Whether a body that cannot be read is an error.
    fn is_read(&self) -> bool;

    /// How a body is written whose headers do not say it.
    fn form(&self) -> Form;

    /// The result, if it is made of texts alone, which have the types that the action declares; `None` if it is the body as it is.
    fn of_texts(&self, answer: &Answer<'_>) -> Option<Result<Value, Unreadable>>;

    /// Whether a body can say that the action failed, although the status says success.
    fn may_say_failure(&self) -> bool;

    /// What is read of the answer to a line over TCP; `null` if it stays text.
    fn of_line(&self, text: &str) -> Value;
}

/// Makes the dispatch from a table of all kinds.
macro_rules! kinds {
    ($($kind:ident => $module:ident,)*) => {
        /// How a kind is read.
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
