//! What holds for all actions of one system.

use super::{Authentication, ErrorEnvelope, LazyAction, RateLimit, RetryPolicy, Schemas, Trigger};

/// One system.
#[derive(Debug)]
pub struct Integration {
    /// The id: the first part of action names.
    pub id: &'static str,
    /// The name as the vendor writes it.
    pub title: &'static str,
    /// The company or project behind it.
    pub vendor: &'static str,
    /// What it is, one sentence of Markdown.
    pub summary: &'static str,
    /// The vendor's documentation.
    pub documentation: &'static str,
    /// Where the API is; the first one is the default.
    pub servers: &'static [Server],
    /// Ways to authenticate. Empty: the API is open to all.
    pub authentication: &'static [Authentication],
    /// Headers that every request carries.
    pub headers: &'static [(&'static str, &'static str)],
    /// Where a failed response says what went wrong.
    pub errors: ErrorEnvelope,
    /// When failed requests are sent again.
    pub retry: RetryPolicy,
    /// How many requests the vendor accepts.
    pub rate_limit: Option<RateLimit>,
    /// The id of the action that tests a connection.
    pub connection_test: Option<&'static str>,
    /// JSON text: an object with the JSON Schema of every named type as it is received, by name, and of those that are sent, as `Name-Input`.
    pub types: &'static str,
    /// The types that parameters refer to by name; `None`: there is none.
    pub schemas: Option<&'static Schemas>,
    /// The actions, by id.
    pub actions: &'static [&'static LazyAction],
    /// The triggers, by id.
    pub triggers: &'static [&'static Trigger],
    /// Why, if it is deprecated.
    pub deprecated: Option<&'static str>,
}

/// Where an API is.
#[derive(Debug)]
pub struct Server {
    /// Its name.
    pub name: &'static str,
    /// The address template, without a slash at the end.
    pub url: &'static str,
    /// The variables of the template.
    pub variables: &'static [Variable],
}

/// A variable of a server's address.
#[derive(Debug)]
pub struct Variable {
    /// Its name in the template.
    pub name: &'static str,
    /// The value when the user gives none.
    pub default: Option<&'static str>,
    /// Allowed values; empty: all that match the pattern.
    pub values: &'static [&'static str],
    /// A regular expression for the whole value. `None`: one label of a host name.
    pub pattern: Option<&'static str>,
}
