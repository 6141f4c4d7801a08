//! Descriptors: what generated code says of an integration, as data.
//!
//! The engine validates, encodes, sends and decodes from them. Generated crates hold a `static` of an integration, and of each action a
//! [`LazyAction`], which is read from text when it is first needed. Texts are for people; everything else drives the engine.

mod action;
mod authentication;
mod integration;
mod lazy;
mod paging;
mod parameter;
mod policy;
mod read;
mod schema;
mod signing;
mod trigger;
mod wire;

pub use action::{
    Action, Body, Checksum, Effect, ErrorCase, Output, OutputKind, Poll, Retry, Step,
};
pub use authentication::{
    Authentication, AwsSigV4, Credential, Flow, Form, Jwt, Key, KeyExchange, OAuth2, Scheme,
    Session, TokenPlace,
};
pub use integration::{Integration, Server, Variable};
pub use lazy::{LazyAction, SchemaRef, Schemas};
pub use paging::{NextPage, Paging};
pub use parameter::{Condition, Location, Parameter, Rule, RuleKind, Style};
pub use policy::{ErrorEnvelope, RateLimit, RetryPolicy};
pub use schema::{Additional, Alternative, Format, Kind, Literal, Property, Schema, Union};
pub use signing::{Algorithm, Computed, Encoding, Signing};
pub use trigger::{Signature, Trigger, TriggerKind};
pub(crate) use wire::Protocol;
pub use wire::{Line, Referral, Run, Sql};
