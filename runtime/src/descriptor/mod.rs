//! Static descriptors: what generated code says of an integration, as data.
//!
//! Generated crates hold one `static` of these types per action and integration; the engine validates, encodes, sends and decodes from
//! them. Each type has an all-default constant, so that generated code states only what differs (`..Parameter::DEFAULT`). Texts are for
//! people; everything else drives the engine.

mod action;
mod authentication;
mod integration;
mod paging;
mod parameter;
mod policy;
mod schema;
mod signing;
mod trigger;
mod wire;

pub use action::{Action, Body, Checksum, Effect, ErrorCase, Output, OutputKind, Poll, Retry, Step};
pub use authentication::{Authentication, AwsSigV4, Credential, Flow, Form, Jwt, Key, KeyExchange, OAuth2, Scheme, Session, TokenPlace};
pub use integration::{Integration, Server, Variable};
pub use paging::{NextPage, Paging};
pub use parameter::{Condition, Location, Parameter, Rule, RuleKind, Style};
pub use policy::{ErrorEnvelope, RateLimit, RetryPolicy};
pub use schema::{Additional, Alternative, Format, Kind, Literal, Property, Schema, Union};
pub use signing::{Algorithm, Computed, Encoding, Signing};
pub use trigger::{Signature, Trigger, TriggerKind};
pub(crate) use wire::Protocol;
pub use wire::{Line, Referral, Run, Sql};
