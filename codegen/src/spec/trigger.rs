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
    /// When the trigger fires. Markdown; its first sentence stands alone in lists.
    pub description: String,
    /// Boxed remarks.
    #[serde(default)]
    pub notes: Vec<Notes>,
    /// What the caller must be allowed to do, or `{none: why}`.
    pub permissions: Permissions,
    /// The vendor's page about the event, an absolute `https` address.
    #[schemars(url)]
    pub documentation: String,
    /// How the trigger learns of events.
    pub on: TriggerKind,
    /// One event: the JSON itself, or the name of a file in the integration's `examples/`.
    pub event: Value,
    /// Where the event comes from.
    pub verified: ExampleSource,
    /// The name of the event's type. Default: the trigger's id and `Event`.
    #[serde(default, rename = "type")]
    pub ty: Option<TypeName>,
    /// Names for the types in the event, as in an action's output.
    #[serde(default)]
    pub names: IndexMap<String, String>,
    /// That the trigger is deprecated.
    #[serde(default)]
    pub deprecated: Option<Deprecation>,
    /// What was changed in this spec, the newest first; it goes into the changelog.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// What these facts were verified against.
    pub source: Source,
}
