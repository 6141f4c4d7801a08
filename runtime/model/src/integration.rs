//! Integrations: settings of all actions of one system.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::deprecation::Deprecation;
use crate::policy::{ErrorEnvelope, RateLimit, RetryPolicy};
use crate::read::{Damage, from_json};
use crate::schema::Schema;
use crate::scheme::Authentication;
use crate::server::Server;
use crate::trigger::Trigger;

/// The facts about one system that all its actions share: `integration.json` of a generated crate.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Integration {
    /// The id: the first part of action names, in snake case.
    pub id: String,
    /// The name, as the vendor spells it.
    pub title: String,
    /// The company or project that provides it.
    pub vendor: String,
    /// What it is, one sentence of Markdown.
    pub summary: String,
    /// The vendor's documentation.
    pub documentation: String,
    /// The servers of the API; the first one is the default.
    pub servers: Vec<Server>,
    /// Authentication schemes, by name. Empty: no authentication is required.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub authentication: IndexMap<String, Authentication>,
    /// Headers of every request.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// Where an error response contains the message and the code.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub errors: ErrorEnvelope,
    /// When failed requests are retried.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub retry: RetryPolicy,
    /// The rate limit of the API.
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
    /// The named types that parameters, results and events refer to, by name: a JSON object of [`Schema`]s, see
    /// [`named_types`](Self::named_types). It is kept as text because most programs need few of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<Box<RawValue>>,
}

impl Integration {
    /// A trigger by its id.
    #[must_use]
    pub fn trigger(&self, id: &str) -> Option<&Trigger> {
        self.triggers.iter().find(|trigger| trigger.id == id)
    }

    /// The named types, by name. Errors if the text is not as the generator writes it.
    pub fn named_types(&self) -> Result<BTreeMap<String, Schema>, Damage> {
        match &self.types {
            Some(types) => from_json(types.get()),
            None => Ok(BTreeMap::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Integration;
    use crate::from_json;

    fn desk() -> Value {
        json!({
            "id": "desk",
            "title": "Desk",
            "vendor": "Example",
            "summary": "A made-up help desk.",
            "documentation": "https://docs.example.com",
            "servers": [{"name": "main", "url": "https://desk.example.com"}],
            "authentication": {
                "basic": {"kind": "basic", "title": "Password", "username": {"title": "User"}, "password": {"title": "Password"}},
            },
            "retry": {"maxTries": 2},
            "triggers": [{
                "id": "new_ticket",
                "title": "New Ticket",
                "description": "Fires for each new ticket.",
                "documentation": "https://docs.example.com/events",
                "on": {"polling": {"action": "list_tickets", "items": "/tickets", "id": "/id"}},
                "eventSchema": {"type": "object"},
                "event": {"id": 1.50},
            }],
            "types": {"Ticket": {}},
        })
    }

    fn read(value: &Value) -> Result<Integration, String> {
        from_json(&value.to_string()).map_err(|damage| damage.to_string())
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let desk = desk();
        let read = read(&desk).expect("readable");
        assert_eq!(json!(read), desk);
    }

    #[test]
    fn what_is_not_said_is_the_default_of_the_language() {
        let read = read(&desk()).expect("readable");
        assert_eq!((read.retry.max_tries(), read.retry.after_header()), (2, "Retry-After"));
        assert!(read.retry.statuses().contains(&503));
        let forms = read.authentication["basic"].forms();
        let public: Vec<bool> = forms[0].credentials.iter().map(|(_, one)| one.public).collect();
        assert_eq!(public, [true, false], "a user name is not a secret");
    }

    #[test]
    fn what_the_types_do_not_know_is_an_error_with_its_place() {
        for (pointer, place) in [
            ("", "newer"),
            ("/servers/0", "servers[0].newer"),
            ("/retry", "retry.newer"),
            ("/triggers/0", "triggers[0].newer"),
            ("/triggers/0/on/polling", "triggers[0].on.polling.newer"),
            // A scheme is read by its kind, when all of it is there: the place is the scheme's.
            ("/authentication/basic", "authentication.basic"),
        ] {
            let mut changed = desk();
            changed.pointer_mut(pointer).expect("a place")["newer"] = 1.into();
            let error = read(&changed).expect_err("an unknown field");
            assert!(error.starts_with(&format!("{place}: unknown field `newer`")), "{error}");
        }
        assert!(from_json::<Integration>("{").is_err());
        assert!(from_json::<Integration>(&format!("{} []", desk())).is_err(), "one value only");
    }
}
