//! What starts a workflow.

use super::{LazyAction, Literal};

/// What starts a workflow.
#[derive(Debug)]
pub struct Trigger {
    /// The id within the integration.
    pub id: &'static str,
    /// Title case name.
    pub title: &'static str,
    /// When it fires, Markdown.
    pub description: &'static str,
    /// The vendor's page.
    pub documentation: &'static str,
    /// How it learns of events.
    pub kind: TriggerKind,
    /// JSON text: the JSON Schema of an event.
    pub event_schema: &'static str,
    /// JSON text: one event.
    pub event: &'static str,
}

/// How a trigger learns of events.
#[derive(Debug)]
pub enum TriggerKind {
    /// It asks an action again and again.
    Polling {
        /// The action.
        action: &'static LazyAction,
        /// What its parameters are set to.
        arguments: &'static [(&'static str, Literal)],
        /// Keys of the action's parameters that the user may set.
        parameters: &'static [&'static str],
        /// JSON pointer of the events in the output.
        items: &'static str,
        /// JSON pointer, in an event, of its identity.
        id: &'static str,
        /// JSON pointer, in an event, of its time; empty: none.
        time: &'static str,
        /// Seconds between two requests.
        every_seconds: u32,
    },
    /// The vendor calls.
    Webhook {
        /// The vendor's names of the events.
        events: &'static [&'static str],
        /// How a call proves its origin; `None`: it does not.
        signature: Option<Signature>,
    },
}

/// A keyed hash of a webhook's body (HMAC, RFC 2104).
#[derive(Debug)]
pub struct Signature {
    /// The header that carries it.
    pub header: &'static str,
    /// `sha1`, `sha256` or `sha512`.
    pub algorithm: &'static str,
    /// `hex` or `base64`.
    pub encoding: &'static str,
    /// What stands before the signature in the header.
    pub prefix: &'static str,
    /// The header with the time that is signed too; empty: none.
    pub timestamp_header: &'static str,
}
