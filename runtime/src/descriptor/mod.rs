//! Descriptors: what generated code says of an integration, as data.
//!
//! The engine validates, encodes, sends and decodes from them. Generated crates hold an [`Integration`], which reads itself and its actions
//! from included text when they are first needed. Texts are for people; everything else drives the engine.

mod action;
mod integration;
mod lazy;
mod parameter;
mod read;
mod schema;
mod wire;

pub use action::{Action, Body, Checksum, ErrorCase, Output, OutputKind, Poll, Retry, Step};
pub use actionspec_model::paging::{self, Pagination};
pub use actionspec_model::scheme;
pub use actionspec_model::{
    Authentication, BodyCheck, Deprecation, Effect, ErrorEnvelope, Location, PollingTrigger,
    Protocol, RateLimit, RetryPolicy, Server, ServerVariable, Signature, SignatureAlgorithm,
    SignatureEncoding, Style, Trigger, TriggerKind, Waiver, WebhookTrigger,
};
pub use integration::{Damage, Integration};
pub use lazy::SchemaRef;
pub use parameter::{Condition, Parameter, Rule, RuleKind};
pub use schema::{Additional, Alternative, Format, Kind, Literal, Property, Schema, Union};
pub use wire::{Line, Referral, Run, Sql};
