//! Triggers: what starts a workflow.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::deprecation::Deprecation;
use crate::signing::{SignatureAlgorithm, SignatureEncoding};
use crate::waiver::Waiver;

/// A trigger: an event that starts a workflow.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Trigger {
    /// The id within the integration.
    pub id: String,
    /// The name in title case.
    pub title: String,
    /// When it fires, Markdown.
    pub description: String,
    /// The vendor's documentation of the event.
    pub documentation: String,
    /// How the trigger works.
    pub on: TriggerKind,
    /// The JSON Schema of an event.
    pub event_schema: Box<RawValue>,
    /// An example of an event.
    pub event: Box<RawValue>,
    /// The deprecation notice, if the trigger is deprecated.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub deprecated: Option<Deprecation>,
}

/// How a trigger works.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TriggerKind {
    /// Polling: an action is called repeatedly.
    Polling(PollingTrigger),
    /// Webhook: the vendor sends requests.
    Webhook(WebhookTrigger),
}

impl TriggerKind {
    /// The key of the kind in specs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Polling(_) => "polling",
            Self::Webhook(_) => "webhook",
        }
    }
}

/// A trigger that calls an action repeatedly.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PollingTrigger {
    /// The action of this integration to call. It must be a `read`.
    pub action: String,
    /// The arguments of the action. `{since}` is replaced by the time of the last event and `{now}` by the current time, in the `format` of
    /// the parameter: seconds since 1970 for `unix-time`, milliseconds for `unix-time-ms`, otherwise RFC 3339.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub arguments: IndexMap<String, Value>,
    /// The parameters of the action that users of the trigger can set.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub parameters: Vec<String>,
    /// The JSON pointer of the events in the action's output.
    pub items: String,
    /// The JSON pointer of an event's ID. An event with a known ID does not fire again.
    pub id: String,
    /// The JSON pointer of an event's time.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub time: Option<String>,
    /// Polling interval in seconds. Default: 600.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub every_seconds: Option<u32>,
}

impl PollingTrigger {
    /// Polling interval in seconds.
    #[must_use]
    pub fn every_seconds(&self) -> u32 {
        self.every_seconds.unwrap_or(600)
    }
}

/// A webhook trigger.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WebhookTrigger {
    /// The vendor's names of the events.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub events: Vec<String>,
    /// How to register the webhook URL, step by step. Markdown.
    pub setup: Vec<String>,
    /// How webhook requests are signed, or `{none: why}`.
    pub signature: Signature,
}

/// How webhook requests are signed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Signature {
    /// They are not signed; the reason.
    None(Waiver),
    /// A keyed hash of the body.
    Hmac {
        /// The header with the signature.
        header: String,
        /// The hash function.
        algorithm: SignatureAlgorithm,
        /// The encoding of the signature.
        encoding: SignatureEncoding,
        /// The prefix of the signature in the header.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        prefix: Option<String>,
        /// The header with the timestamp that is signed together with the body, and the separator between the two.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        timestamp_header: Option<String>,
    },
}
