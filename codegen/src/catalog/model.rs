//! The Catalog: every fact of every spec, resolved. Emitters read this and nothing else.
//!
//! Everything is in its final order (integrations, actions and triggers by id; parameters, values and properties as written), every
//! name is chosen and free of collisions, every reference is known to exist, defaults of the language are filled in. Plain data of the
//! spec that needs no resolving is carried over as it is.

use std::ops::{Deref, DerefMut};

use actionspec_model::Types;
pub use actionspec_model::{
    Alternative, EnumValue, HttpRequest, Line, Object, Property, Protocol, Request, Schema, Server,
    Sql, StatedRule, Step, TriggerKind, Type, Union,
};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::language::FeatureId;
use crate::spec::{
    Authentication, Change, Deprecation, Effect, ErrorCase, ErrorEnvelope, ExampleSource, Link,
    Note, OutputKind, Pagination, PermissionKind, RateLimit, Retry, RetryPolicy, SourceDocument,
    ValuesFrom,
};

/// Every integration of a specs folder.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// What holds for the whole catalogue.
    pub info: Info,
    /// The integrations, by id.
    pub integrations: Vec<Integration>,
}

/// What holds for the whole catalogue, from `catalog.yaml`.
#[derive(Clone, Debug)]
pub struct Info {
    /// Heading of the index page.
    pub title: String,
    /// What the catalogue is, Markdown.
    pub description: Option<String>,
    /// Prefix of the address where a spec file can be edited.
    pub edit_url: Option<String>,
    /// Category ids and titles, in the order of the index page.
    pub categories: IndexMap<String, String>,
    /// The Rust packages to generate.
    pub package: Package,
}

impl Integration {
    /// The named type of this name.
    #[must_use]
    pub fn type_named(&self, name: &str) -> Option<&TypeDef> {
        self.types.iter().find(|def| def.name == name)
    }
}

/// The Rust packages to generate.
#[derive(Clone, Debug)]
pub struct Package {
    /// Name of the package for calls by name, and prefix of the integrations' packages.
    pub name: String,
    /// SemVer version.
    pub version: String,
    /// SPDX expression.
    pub license: String,
    /// Address of the source code.
    pub repository: Option<String>,
    /// Address of the generated pages.
    pub documentation: Option<String>,
    /// Path of the runtime crate relative to the output folder; `None` for the published one.
    pub runtime_path: Option<String>,
    /// Actions with a runnable example: integration and action id.
    pub examples: Vec<(String, String)>,
}

/// One system.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Integration {
    /// The id: the folder's name in `snake_case`, also the first part of action names.
    pub id: String,
    /// The Rust type of the client handle, `Confluence`.
    pub type_name: String,
    /// The page's folder, `confluence`; kebab-case.
    pub slug: String,
    /// The path of `integration.yaml` below the specs folder, with `/`.
    pub spec_path: String,
    /// The name as the vendor writes it.
    pub title: String,
    /// The company or project behind it.
    pub vendor: String,
    /// Markdown.
    pub description: String,
    /// The description's first sentence, Markdown on one line.
    pub summary: String,
    /// A key of [`Info::categories`].
    pub category: String,
    /// Other words that readers search for.
    pub keywords: Vec<String>,
    /// The vendor's documentation.
    pub documentation: String,
    /// More pages of the vendor.
    pub links: Vec<Link>,
    /// Boxed remarks.
    pub notes: Vec<Note>,
    /// The version of its package, SemVer; [`Package::version`] if omitted.
    pub version: Option<String>,
    /// The version of the vendor's API.
    pub api_version: Option<String>,
    /// Where the API is; the first one is the default.
    pub servers: Vec<Server>,
    /// Authentication schemes, in the author's order. Names are Rust identifiers.
    pub authentication: IndexMap<String, Authentication>,
    /// The id of the action that tests a connection.
    pub connection_test: Option<String>,
    /// Headers that every request carries.
    pub headers: IndexMap<String, String>,
    /// Where a failed response says what went wrong.
    pub errors: ErrorEnvelope,
    /// How many requests the vendor accepts.
    pub rate_limit: Option<RateLimit>,
    /// When failed requests are sent again.
    pub retry: Option<RetryPolicy>,
    /// Group ids and titles, in page order.
    pub groups: IndexMap<String, String>,
    /// Named types of outputs and parameters, declared and inferred, by name.
    pub types: Vec<TypeDef>,
    /// The actions, by id.
    pub actions: Vec<Action>,
    /// The triggers, by id.
    pub triggers: Vec<Trigger>,
    /// That the integration is deprecated.
    pub deprecated: Option<Deprecation>,
    /// What was changed, the newest first.
    pub changes: Vec<Change>,
    /// The features of the language that its file uses.
    pub features: Vec<FeatureId>,
}

/// One action.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Action {
    /// The id within the integration, `get_user`: also the Rust method and module.
    pub id: String,
    /// The Rust identifier of method and module: the id, escaped where Rust reserves it.
    pub ident: String,
    /// The Rust type of the request, `GetUser`.
    pub type_name: String,
    /// The page's name, `get-user`.
    pub slug: String,
    /// The path of the spec below the specs folder, with `/`.
    pub spec_path: String,
    /// Title case name.
    pub title: String,
    /// Markdown.
    pub description: String,
    /// The description's first sentence, Markdown on one line.
    pub summary: String,
    /// A key of [`Integration::groups`].
    pub group: Option<String>,
    /// Other words that readers search for.
    pub keywords: Vec<String>,
    /// Boxed remarks.
    pub notes: Vec<Note>,
    /// What the caller must be allowed to do.
    pub permissions: Permissions,
    /// Scopes by authentication scheme.
    pub scopes: IndexMap<String, Vec<String>>,
    /// The vendor's page.
    pub documentation: String,
    /// More pages.
    pub links: Vec<Link>,
    /// The requests, in order; at least one. The last gives the output.
    pub steps: Vec<Step>,
    /// The parameters, in page order.
    pub parameters: Vec<Parameter>,
    /// Rules across parameters.
    pub rules: Vec<StatedRule>,
    /// What the action returns.
    pub output: Output,
    /// How the result is paged.
    pub paging: Paging,
    /// What the action does to the vendor's system.
    pub effect: Effect,
    /// Whether it may be sent again.
    pub retry: Retry,
    /// What statuses (or `status code`) mean: the integration's cases and the action's, which win, by key.
    pub errors: IndexMap<String, ErrorCase>,
    /// Seconds for one request.
    pub timeout_seconds: f64,
    /// Titles of workflow examples.
    pub workflows: Vec<String>,
    /// Former ids.
    pub renamed_from: Vec<String>,
    /// That the action is deprecated.
    pub deprecated: Option<Deprecation>,
    /// What was changed, the newest first.
    pub changes: Vec<Change>,
    /// What the facts were verified against.
    pub source: Vec<SourceDocument>,
    /// The features of the language that its file uses.
    pub features: Vec<FeatureId>,
}

/// What the caller must be allowed to do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Permissions {
    /// Nothing, and why.
    None(String),
    /// All of these.
    All(Vec<Permission>),
}

/// One permission.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Permission {
    /// In the vendor's words, Markdown.
    pub name: String,
    /// Its kind.
    pub kind: PermissionKind,
    /// Completes "needed when …".
    pub when: Option<String>,
    /// The vendor's page.
    pub link: Option<String>,
}

/// One parameter: what the client knows of it, and what pages and generated code add. It dereferences to the [former](actionspec_model::Parameter).
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Parameter {
    /// What the client knows. `required` and `example` of its schema are those of the parameter.
    pub sent: actionspec_model::Parameter,
    /// The Rust identifier of argument or setter.
    pub ident: String,
    /// Few callers need it.
    pub advanced: bool,
    /// What an empty form field shows.
    pub placeholder: Option<String>,
    /// The action whose output holds the values.
    pub values_from: Option<ValuesFrom>,
    /// The authentication schemes it is for; empty: all.
    pub authentication: Vec<String>,
    /// The Rust enum of its values (or of its items' values), where it has an `enum` of strings: `Expand`. Unique in the action's module.
    pub enum_type: Option<String>,
}

impl Deref for Parameter {
    type Target = actionspec_model::Parameter;

    fn deref(&self) -> &actionspec_model::Parameter {
        &self.sent
    }
}

impl DerefMut for Parameter {
    fn deref_mut(&mut self) -> &mut actionspec_model::Parameter {
        &mut self.sent
    }
}

/// A named type.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TypeDef {
    /// The name, PascalCase: `User`.
    pub name: String,
    /// What it is, Markdown.
    pub description: Option<String>,
    /// Its shape. Usually [`Type::Object`]; a declared type may be anything. Objects and unions within it are named types of their own.
    pub schema: Schema,
}

impl AsRef<Schema> for TypeDef {
    fn as_ref(&self) -> &Schema {
        &self.schema
    }
}

impl Types for Integration {
    fn named(&self, name: &str) -> Option<&Schema> {
        self.type_named(name).map(|def| &def.schema)
    }
}

/// What an action returns.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Output {
    /// What the response body is.
    pub kind: OutputKind,
    /// Markdown.
    pub description: Option<String>,
    /// The type of a JSON result.
    pub schema: Schema,
    /// The example, or why there is none.
    pub example: Example,
    /// The JSON pointer of the result within the body; empty for the whole.
    pub at: String,
    /// The name of the elements that wrap the items of lists in XML, which are left out.
    pub item_element: Option<String>,
    /// The properties of a result of headers, each with its header, or with `*` at its end the headers that begin so.
    pub headers: IndexMap<String, String>,
    /// The statuses from 300 to 399 that mean success, as 2xx does.
    pub statuses: Vec<u16>,
    /// The media type that a binary output asks for.
    pub media_type: Option<String>,
}

/// An example, or why there is none.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Example {
    /// An example of the response body.
    Given {
        /// The body.
        value: Value,
        /// Where it comes from.
        source: ExampleSource,
    },
    /// Why there is none.
    None(String),
}

/// How a result is paged.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Paging {
    /// It is no list.
    NotAList,
    /// It is a list that is not paged, and why.
    None(String),
    /// It is paged so; parameters by key.
    Paged(Pagination),
}

/// What starts a workflow.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Trigger {
    /// The id within the integration.
    pub id: String,
    /// The Rust identifier of its module.
    pub ident: String,
    /// The page's name.
    pub slug: String,
    /// The path of the spec below the specs folder, with `/`.
    pub spec_path: String,
    /// Title case name.
    pub title: String,
    /// Markdown.
    pub description: String,
    /// The description's first sentence.
    pub summary: String,
    /// Other words that readers search for.
    pub keywords: Vec<String>,
    /// Boxed remarks.
    pub notes: Vec<Note>,
    /// What the caller must be allowed to do.
    pub permissions: Permissions,
    /// The vendor's page.
    pub documentation: String,
    /// How it learns of events.
    pub on: TriggerKind,
    /// One event.
    pub event: Value,
    /// Where the event comes from.
    pub verified: ExampleSource,
    /// The event's type.
    pub schema: Schema,
    /// That the trigger is deprecated.
    pub deprecated: Option<Deprecation>,
    /// What was changed, the newest first.
    pub changes: Vec<Change>,
    /// What the facts were verified against.
    pub source: Vec<SourceDocument>,
    /// The features of the language that its file uses.
    pub features: Vec<FeatureId>,
}

impl Integration {
    /// What its servers speak; all of them speak the same.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.servers.first().map_or(Protocol::Http, |server| Protocol::of(&server.url))
    }
}
