//! View models for the page templates: content, no presentation.

use serde::Serialize;
use serde_json::Value;

use crate::spec::{Deprecation, Link, Note};

/// A page of an action.
#[derive(Serialize)]
pub(super) struct ActionPage {
    pub(super) integration: IntegrationHead,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) deprecated: Option<Deprecation>,
    pub(super) notes: Vec<Note>,
    pub(super) effect: &'static str,
    pub(super) requests: Vec<String>,
    pub(super) retry: String,
    pub(super) permissions: Vec<PermissionRow>,
    /// Why no permission is needed.
    pub(super) permissions_none: Option<String>,
    pub(super) scopes: Vec<ScopeRow>,
    pub(super) documentation: String,
    pub(super) links: Vec<Link>,
    pub(super) basic: Vec<ParameterRow>,
    pub(super) advanced: Vec<ParameterRow>,
    pub(super) rules: Vec<String>,
    pub(super) rust: String,
    /// Referrals that the client follows, in sentences.
    pub(super) referrals: Vec<String>,
    /// Constant SQL statements.
    pub(super) statements: Vec<String>,
    /// A shell command and its label.
    pub(super) shell: Option<(&'static str, String)>,
    pub(super) by_name: String,
    pub(super) output: OutputPart,
    pub(super) paging: Option<String>,
    pub(super) errors: Vec<ErrorRow>,
    pub(super) workflows: Vec<String>,
    pub(super) renamed_from: Vec<String>,
    pub(super) changes: Vec<ChangeRow>,
    pub(super) sources: Vec<SourceRow>,
    pub(super) edit_url: Option<String>,
}

/// What all pages of an integration show about it.
#[derive(Clone, Serialize)]
pub(super) struct IntegrationHead {
    pub(super) title: String,
    pub(super) slug: String,
}

#[derive(Serialize)]
pub(super) struct PermissionRow {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) when: Option<String>,
    pub(super) link: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ScopeRow {
    pub(super) scheme: String,
    pub(super) scopes: Vec<String>,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a separate fact")]
#[derive(Serialize)]
pub(super) struct ParameterRow {
    pub(super) title: String,
    pub(super) key: String,
    pub(super) anchor: String,
    pub(super) location: &'static str,
    /// The name that is sent, where it differs from the key.
    pub(super) wire_name: Option<String>,
    pub(super) ty: String,
    pub(super) required: bool,
    pub(super) default: Option<Value>,
    pub(super) vendor_default: Option<Value>,
    /// Whether there is a default of either kind.
    pub(super) shown_default: bool,
    pub(super) example: Option<Value>,
    pub(super) description: String,
    pub(super) constraints: Vec<String>,
    pub(super) pattern: Option<String>,
    pub(super) max_bytes: Option<u64>,
    /// The type that it is bound as.
    pub(super) sql_type: Option<String>,
    pub(super) media_type: Option<String>,
    pub(super) values: Vec<ValueRow>,
    pub(super) open_enum: bool,
    pub(super) secret: bool,
    pub(super) deprecated: Option<Deprecation>,
    /// The title and page of the action that returns the values.
    pub(super) values_from: Option<(String, String)>,
    pub(super) authentication: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ValueRow {
    pub(super) value: String,
    pub(super) title: Option<String>,
    pub(super) description: String,
    pub(super) expands: Option<String>,
    pub(super) deprecated: Option<Deprecation>,
}

#[derive(Serialize)]
pub(super) struct OutputPart {
    pub(super) kind: &'static str,
    /// What a successful call returns, in a sentence.
    pub(super) summary: String,
    pub(super) description: Option<String>,
    pub(super) fields: Vec<FieldRow>,
    /// Whether any field has a description.
    pub(super) described: bool,
    pub(super) example: Option<String>,
    pub(super) example_lines: usize,
    pub(super) example_source: &'static str,
    pub(super) example_none: Option<String>,
}

#[derive(Serialize)]
pub(super) struct FieldRow {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) description: Option<String>,
    pub(super) deprecated: bool,
}

#[derive(Serialize)]
pub(super) struct ErrorRow {
    pub(super) status: String,
    pub(super) meaning: String,
    pub(super) remedy: Option<String>,
    pub(super) retryable: bool,
}

#[derive(Serialize)]
pub(super) struct SourceRow {
    pub(super) document: String,
    pub(super) is_url: bool,
    pub(super) operation: Option<String>,
    pub(super) version: Option<String>,
    pub(super) read_on: Option<String>,
}

/// The page of an integration.
#[derive(Serialize)]
pub(super) struct IntegrationPage {
    pub(super) head: IntegrationHead,
    pub(super) vendor: String,
    pub(super) category: String,
    pub(super) description: String,
    pub(super) documentation: String,
    pub(super) links: Vec<Link>,
    pub(super) notes: Vec<Note>,
    pub(super) api_version: Option<String>,
    pub(super) deprecated: Option<Deprecation>,
    pub(super) servers: Vec<ServerRow>,
    pub(super) schemes: Vec<SchemePart>,
    pub(super) connect: String,
    /// The action that tests a connection: title and page.
    pub(super) connection_test: Option<(String, String)>,
    pub(super) rate_limit: Option<crate::spec::RateLimit>,
    pub(super) errors: Vec<ErrorRow>,
    pub(super) groups: Vec<GroupPart>,
    pub(super) triggers: Vec<TriggerRow>,
    pub(super) package: String,
    pub(super) changes: Vec<ChangeRow>,
    pub(super) edit_url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ServerRow {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) description: Option<String>,
    pub(super) variables: Vec<VariableRow>,
}

#[derive(Serialize)]
pub(super) struct VariableRow {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) default: Option<String>,
    pub(super) values: Vec<String>,
    pub(super) example: Option<String>,
}

#[derive(Serialize)]
pub(super) struct SchemePart {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) setup: Vec<String>,
    pub(super) documentation: Option<String>,
    pub(super) server: Option<String>,
    pub(super) credentials: Vec<CredentialRow>,
    pub(super) facts: Vec<(String, String)>,
    pub(super) scopes: Vec<(String, String)>,
}

#[derive(Serialize)]
pub(super) struct CredentialRow {
    pub(super) title: String,
    pub(super) place: String,
    pub(super) description: Option<String>,
    pub(super) secret: bool,
    pub(super) optional: bool,
}

#[derive(Serialize)]
pub(super) struct GroupPart {
    pub(super) title: String,
    pub(super) actions: Vec<ActionRow>,
}

#[derive(Serialize)]
pub(super) struct ActionRow {
    pub(super) title: String,
    pub(super) name: String,
    pub(super) slug: String,
    pub(super) summary: String,
    pub(super) effect: &'static str,
    pub(super) deprecated: bool,
}

#[derive(Serialize)]
pub(super) struct TriggerRow {
    pub(super) title: String,
    pub(super) slug: String,
    pub(super) summary: String,
    pub(super) kind: String,
    pub(super) deprecated: bool,
}

/// The page of a trigger.
#[derive(Serialize)]
pub(super) struct TriggerPage {
    pub(super) integration: IntegrationHead,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) deprecated: Option<Deprecation>,
    pub(super) notes: Vec<Note>,
    pub(super) permissions: Vec<PermissionRow>,
    pub(super) permissions_none: Option<String>,
    pub(super) documentation: String,
    pub(super) kind: &'static str,
    /// Polling: the title and page of the action that is called.
    pub(super) action: Option<(String, String)>,
    pub(super) arguments: Vec<(String, Value)>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) facts: Vec<(String, String)>,
    pub(super) every: Option<String>,
    pub(super) events: Vec<String>,
    pub(super) setup: Vec<String>,
    pub(super) signature: Vec<(String, String)>,
    pub(super) signature_none: Option<String>,
    pub(super) event: String,
    pub(super) event_source: &'static str,
    pub(super) changes: Vec<ChangeRow>,
    pub(super) sources: Vec<SourceRow>,
    pub(super) edit_url: Option<String>,
}

/// The index of the catalogue, and the navigation.
#[derive(Serialize)]
pub(super) struct IndexPage {
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) categories: Vec<CategoryPart>,
    pub(super) integrations: usize,
    pub(super) actions: usize,
    pub(super) triggers: usize,
}

#[derive(Serialize)]
pub(super) struct CategoryPart {
    pub(super) title: String,
    pub(super) integrations: Vec<IndexRow>,
}

#[derive(Serialize)]
pub(super) struct IndexRow {
    pub(super) head: IntegrationHead,
    pub(super) summary: String,
    pub(super) schemes: Vec<String>,
    pub(super) actions: Vec<ActionRow>,
    pub(super) triggers: Vec<TriggerRow>,
    pub(super) deprecated: bool,
}

/// What was changed in one spec, one day.
#[derive(Clone, Serialize)]
pub(super) struct ChangeRow {
    pub(super) date: String,
    pub(super) kind: &'static str,
    pub(super) description: String,
    pub(super) breaking: bool,
}

/// The changelog of the whole catalogue.
#[derive(Serialize)]
pub(super) struct ChangelogPage {
    /// The days with changes, the newest first.
    pub(super) days: Vec<DayPart>,
    /// What is deprecated now.
    pub(super) deprecated: Vec<DeprecatedRow>,
}

#[derive(Serialize)]
pub(super) struct DayPart {
    pub(super) date: String,
    pub(super) changes: Vec<PlacedChange>,
}

/// A change and the page of what was changed.
#[derive(Serialize)]
pub(super) struct PlacedChange {
    pub(super) page: PageLink,
    pub(super) change: ChangeRow,
}

#[derive(Serialize)]
pub(super) struct DeprecatedRow {
    pub(super) page: PageLink,
    pub(super) deprecated: Deprecation,
}

/// A page of an integration, as the index of the catalogue links to it.
#[derive(Clone, Serialize)]
pub(super) struct PageLink {
    pub(super) integration: String,
    /// `None` for the integration's own page.
    pub(super) title: Option<String>,
    pub(super) path: String,
}

#[derive(Serialize)]
pub(super) struct FeaturesPage {
    pub(super) features: usize,
    /// Features that no integration of the catalogue uses.
    pub(super) unused: usize,
    pub(super) systems: usize,
    pub(super) escape_hatches: crate::features::EscapeHatches,
    pub(super) sections: Vec<FeatureSection>,
}

#[derive(Serialize)]
pub(super) struct FeatureSection {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) rows: Vec<FeatureRow>,
}

#[derive(Serialize)]
pub(super) struct FeatureRow {
    pub(super) name: String,
    pub(super) meaning: String,
    pub(super) actions: usize,
    /// Every system uses it.
    pub(super) everywhere: bool,
    pub(super) systems: Vec<FeatureSystem>,
}

#[derive(Serialize)]
pub(super) struct FeatureSystem {
    pub(super) title: String,
    pub(super) slug: String,
    /// 0 if only the integration itself or a trigger uses it.
    pub(super) actions: usize,
}
