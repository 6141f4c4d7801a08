//! Triggers: what starts a workflow.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::deprecation::Deprecation;
use crate::signing::{SignatureAlgorithm, SignatureEncoding};
use crate::waiver::Waiver;

/// What starts a workflow.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Trigger {
    /// The id within the integration.
    pub id: String,
    /// The name in title case.
    pub title: String,
    /// When it fires, Markdown.
    pub description: String,
    /// The vendor's page about the event.
    pub documentation: String,
    /// How it learns of events.
    pub on: TriggerKind,
    /// The JSON Schema of an event.
    pub event_schema: Box<RawValue>,
    /// An example of an event.
    pub event: Box<RawValue>,
    /// The deprecation notice, if the trigger is deprecated.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub deprecated: Option<Deprecation>,
}

/// How a trigger learns of events.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TriggerKind {
    /// It asks again and again.
    Polling(PollingTrigger),
    /// The vendor calls.
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

/// A trigger that asks an action again and again.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PollingTrigger {
    /// The action of this integration that is asked. It must be a `read`.
    pub action: String,
    /// What the action's parameters are set to. `{since}` stands for the time of the last event and `{now}` for the present, as the `format` of
    /// the parameter has them: seconds since 1970 for `unix-time`, milliseconds for `unix-time-ms`, otherwise RFC 3339.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub arguments: IndexMap<String, Value>,
    /// The action's parameters that the user of the trigger may set.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub parameters: Vec<String>,
    /// The JSON pointer of the events in the action's output.
    pub items: String,
    /// The JSON pointer, in an event, of what identifies it: seen once, it does not fire again.
    pub id: String,
    /// The JSON pointer, in an event, of its time.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub time: Option<String>,
    /// Seconds between two requests. Default: 600.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub every_seconds: Option<u32>,
}

impl PollingTrigger {
    /// Seconds between two requests.
    #[must_use]
    pub fn every_seconds(&self) -> u32 {
        self.every_seconds.unwrap_or(600)
    }
}

/// A trigger that the vendor calls.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WebhookTrigger {
    /// The vendor's names of the events that fire.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub events: Vec<String>,
    /// How to register the address with the vendor, step by step. Markdown.
    pub setup: Vec<String>,
    /// How a call proves that it comes from the vendor, or `{none: why}`.
    pub signature: Signature,
}

/// How a webhook call proves that it comes from the vendor.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Signature {
    /// It does not, and why.
    None(Waiver),
    /// A keyed hash of the body.
    Hmac {
        /// The header that carries the signature.
        header: String,
        /// The hash function.
        algorithm: SignatureAlgorithm,
        /// How the signature is written.
        encoding: SignatureEncoding,
        /// What stands before the signature in the header.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        prefix: Option<String>,
        /// The header with the time of the call that is signed together with the body, and what joins the two.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        timestamp_header: Option<String>,
    },
}
