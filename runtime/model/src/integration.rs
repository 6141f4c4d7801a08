//! Integrations: what holds for all actions of one system.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::deprecation::Deprecation;
use crate::policy::{ErrorEnvelope, RateLimit, RetryPolicy};
use crate::scheme::Authentication;
use crate::server::Server;
use crate::trigger::Trigger;

/// What holds for all actions of one system: `integration.json` of a generated crate.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Integration {
    /// The id: the first part of action names, in snake case.
    pub id: String,
    /// The name as the vendor writes it.
    pub title: String,
    /// The company or project behind it.
    pub vendor: String,
    /// What it is, one sentence of Markdown.
    pub summary: String,
    /// The vendor's documentation.
    pub documentation: String,
    /// Where the API is; the first one is the default.
    pub servers: Vec<Server>,
    /// Authentication schemes, by name. Empty: the API is open to all.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub authentication: IndexMap<String, Authentication>,
    /// Headers that every request carries.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// Where a failed response says what went wrong.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub errors: ErrorEnvelope,
    /// When failed requests are sent again.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub retry: RetryPolicy,
    /// How many requests the vendor accepts.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub rate_limit: Option<RateLimit>,
    /// The id of the action that tests a connection.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub connection_test: Option<String>,
    /// The triggers, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// The deprecation notice, if the integration is deprecated.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub deprecated: Option<Deprecation>,
    /// The JSON Schema of every named type as it is received, by name, and of those that are sent, as `Name-Input`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Box<RawValue>>,
    /// The types that parameters refer to by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schemas: Option<Box<RawValue>>,
}

impl Integration {
    /// A trigger by its id.
    #[must_use]
    pub fn trigger(&self, id: &str) -> Option<&Trigger> {
        self.triggers.iter().find(|trigger| trigger.id == id)
    }
}
