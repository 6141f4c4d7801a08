//! The spec language, version 1: what people write under `specs/`.
//!
//! These types are the only description of the language. From them come the parser (serde), the editor's JSON Schema and
//! the structural checks (schemars), and the reference page. What belongs here: plain data as written, doc comments that
//! tell an author what a key means. What does not: anything derived, resolved or checked across keys (see `catalog`).
//!
//! Keys follow OpenAPI and JSON Schema where those have a word (`in`, `required`, `enum`, `minLength`, `deprecated`), in
//! the same camelCase; every struct is closed (an unknown key is an error).

mod action;
mod catalog_file;
mod common;
mod integration;
mod output;
mod pagination;
mod parameter;
mod request;
mod schema;
mod transport;
mod trigger;

pub use action::ActionSpec;
pub use actionspec_model::paging::Pagination;
pub use actionspec_model::scheme::{
    ApiKey, ApiKeyLocation, Authentication, AwsSigV4, BasicAuthentication, Bearer,
    ClientAuthentication, ClientCertificate, Credential, Digest, ExchangedKeys, Facts, Form, Hash,
    Jwt, JwtAlgorithm, JwtToken, KeyEncoding, KeyExchange, KeyLocation, Keyed, Login, OAuth2,
    OAuth2Flow, REQUEST_PLACEHOLDERS, Session, SessionBody, SessionKey, SignatureValue,
    SignedRequests, TokenPlace,
};
pub use actionspec_model::{
    BodyCheck, BodyKind, Checksum, Condition, Deprecation, Effect, ErrorCase, ErrorEnvelope, Line,
    Location, Method, OutputKind, Poll, PollingTrigger, RateLimit, Referral, Retry, RetryPolicy,
    Rule, ServerVariable, Signature, SignatureAlgorithm, SignatureEncoding, Sql, Style,
    TriggerKind, Waiver, WebhookTrigger,
};
pub use catalog_file::{CatalogSpec, CrateSpec};
pub use common::{
    Change, ChangeKind, Link, Note, NoteKind, Notes, Permission, PermissionKind, Permissions,
    Source, SourceDocument,
};
pub use integration::{IntegrationSpec, Server};
pub use output::{ExampleSource, OutputSpec};
pub use pagination::PaginationChoice;
pub use parameter::{ParameterSpec, ValuesFrom};
pub use request::{RequestLine, RequestSpec, StepSpec};
pub use schema::{AdditionalProperties, Discriminator, EnumValue, EnumValues, Schema, TypeName};
pub use transport::{SqlRequest, TcpRequest};
pub use trigger::TriggerSpec;

/// The version of the spec language that this build reads; files state it as `spec: 1`.
pub const LANGUAGE_VERSION: u32 = 1;
