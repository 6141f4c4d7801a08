//! The vocabulary that generator, runtime, mock server and pages share: what is known of an integration and its actions, as data.
//!
//! What belongs here: types with a serde form, and what follows from them alone. What does not: I/O, async code, and anything that
//! only one of the crates needs.
//!
//! Keys are camelCase, what is the default is left out when written, and what a type does not know is an error when read.

mod action;
mod deprecation;
mod effect;
mod error_case;
pub mod format;
mod header;
mod integration;
pub mod json_schema;
pub mod keyword;
mod output;
pub mod paging;
mod parameter;
pub mod pointer;
mod policy;
pub mod prose;
mod protocol;
mod read;
mod request;
mod rule;
pub mod sample;
pub mod schema;
pub mod scheme;
mod server;
mod signing;
pub mod suggest;
mod trigger;
pub mod validate;
pub mod violation;
mod waiver;
pub mod words;

pub use action::{Action, ActionFile};
pub use deprecation::Deprecation;
pub use effect::Effect;
pub use error_case::ErrorCase;
pub use header::{FRAMING_HEADERS, is_framing_header};
pub use integration::Integration;
pub use output::{Output, OutputKind};
pub use parameter::{Location, Parameter, Style};
pub use policy::{BodyCheck, ErrorEnvelope, RateLimit, Retry, RetryPolicy};
pub use protocol::Protocol;
pub use read::{Damage, from_json};
pub use request::{
    BodyKind, Checksum, HttpRequest, Line, Method, Poll, Referral, Request, Sql, Step,
};
pub use rule::{Condition, Rule, StatedRule};
pub use schema::{Alternative, EnumValue, Object, Property, Schema, Type, Types, Union};
pub use scheme::Authentication;
pub use server::{Server, ServerVariable};
pub use signing::{SignatureAlgorithm, SignatureEncoding};
pub use trigger::{PollingTrigger, Signature, Trigger, TriggerKind, WebhookTrigger};
pub use validate::{Checker, Mode};
pub use violation::{Violation, Violations};
pub use waiver::Waiver;

/// Whether a field holds its default, and is left out when written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
