//! Descriptors: what generated code says of an integration, as data.
//!
//! The client validates, encodes, sends and decodes from them. Their types are those of `actionspec_model`, which the generator writes;
//! [`Integration`] and [`Action`] add what reading them takes: generated crates include the texts, which are read when they are first needed.

mod action;
mod integration;

pub use action::Action;
pub(crate) use action::seconds;
pub use actionspec_model::paging::{self, Pagination};
pub use actionspec_model::scheme;
pub use actionspec_model::{
    Authentication, BodyCheck, BodyKind, Checksum, Condition, Deprecation, Effect, ErrorCase,
    ErrorEnvelope, HttpRequest, Line, Location, Method, Output, OutputKind, Parameter, Poll,
    PollingTrigger, Protocol, RateLimit, Referral, Request, Retry, RetryPolicy, Rule, Schema,
    Server, ServerVariable, Signature, SignatureAlgorithm, SignatureEncoding, Sql, StatedRule,
    Step, Style, Trigger, TriggerKind, Type, Waiver, WebhookTrigger,
};
pub use integration::{Damage, Integration};
