//! `specs/<integration>/triggers/<trigger>.yaml`: what starts a workflow.

use actionspec_model::TriggerKind;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Change, Deprecation, ExampleSource, Notes, Permissions, Source, TypeName};

/// `specs/<integration>/triggers/<trigger>.yaml`: one trigger. The file's stem is the trigger's id, in `snake_case`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TriggerSpec {
    /// The trigger's name, in title case.
    #[schemars(length(min = 1), example = &"New Page")]
    pub title: String,
    /// When the trigger fires. Markdown; lists show only its first sentence.
    pub description: String,
    /// Other words that readers search for, such as former names and abbreviations; common synonyms of the title are known.
    #[serde(default)]
    #[schemars(extend("examples" = [["mfa", "second factor"]]))]
    pub keywords: Vec<String>,
    /// Notes in boxes.
    #[serde(default)]
    pub notes: Vec<Notes>,
    /// The permissions that the caller requires, or `{none: why}`.
    pub permissions: Permissions,
    /// The vendor's documentation of the event, an absolute `https` URL.
    #[schemars(url)]
    pub documentation: String,
    /// How the trigger works: by polling or by webhooks.
    pub on: TriggerKind,
    /// One event: the JSON itself, or the name of a file in the integration's `examples/`.
    pub event: Value,
    /// The source of the event.
    pub verified: ExampleSource,
    /// The name of the event's type. Default: the trigger's id and `Event`.
    #[serde(default, rename = "type")]
    pub ty: Option<TypeName>,
    /// Names for the types in the event, as in an action's output.
    #[serde(default)]
    pub names: IndexMap<String, String>,
    /// Deprecation notice, if any.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
    /// Changes to this spec, newest first; they appear in the changelog.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The sources that this spec was verified against.
    pub source: Source,
}
