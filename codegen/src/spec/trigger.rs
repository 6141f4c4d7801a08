//! `specs/<integration>/triggers/<trigger>.yaml`: what starts a workflow.

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

/// How a trigger learns of events.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TriggerKind {
    /// It asks again and again.
    Polling(PollingTrigger),
    /// The vendor calls.
    Webhook(WebhookTrigger),
}

/// A trigger that asks an action again and again.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PollingTrigger {
    /// The action of this integration that is asked. It must be a `read`.
    pub action: String,
    /// What the action's parameters are set to. `{since}` stands for the time of the last event and `{now}` for the present, as the `format` of
    /// the parameter has them: seconds since 1970 for `unix-time`, milliseconds for `unix-time-ms`, otherwise RFC 3339.
    #[serde(default)]
    pub arguments: IndexMap<String, Value>,
    /// The action's parameters that the user of the trigger may set.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// The JSON pointer of the events in the action's output.
    pub items: String,
    /// The JSON pointer, in an event, of what identifies it: seen once, it does not fire again.
    pub id: String,
    /// The JSON pointer, in an event, of its time.
    #[serde(default)]
    pub time: Option<String>,
    /// Seconds between two requests. Default: 600.
    #[serde(default)]
    pub every_seconds: Option<u32>,
}

/// A trigger that the vendor calls.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WebhookTrigger {
    /// The vendor's names of the events that fire.
    #[schemars(length(min = 1))]
    pub events: Vec<String>,
    /// How to register the address with the vendor, step by step. Markdown.
    pub setup: Vec<String>,
    /// How a call proves that it comes from the vendor, or `{none: why}`.
    pub signature: Signature,
}

/// How a webhook call proves that it comes from the vendor.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Signature {
    /// It does not, and why.
    None(super::Waiver),
    /// A keyed hash of the body.
    Hmac {
        /// The header that carries the signature.
        header: String,
        /// The hash function.
        algorithm: SignatureAlgorithm,
        /// How the signature is written.
        encoding: SignatureEncoding,
        /// What stands before the signature in the header.
        #[serde(default)]
        prefix: Option<String>,
        /// The header with the time of the call that is signed together with the body, and what joins the two.
        #[serde(default)]
        timestamp_header: Option<String>,
    },
}

/// Hash functions of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SignatureAlgorithm {
    /// SHA-1, for vendors that have nothing better.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How a signature is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SignatureEncoding {
    /// Hexadecimal digits.
    Hex,
    /// Base64 (RFC 4648).
    Base64,
}
