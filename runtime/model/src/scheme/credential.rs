//! What users give, and what all schemes have in common.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What all authentication schemes have in common.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The name that people see.
    pub title: &'a str,
    /// When to choose this scheme.
    pub description: Option<&'a str>,
    /// How to get the credentials.
    pub setup: &'a [String],
    /// The vendor's documentation of the scheme.
    pub documentation: Option<&'a str>,
    /// The server to use.
    pub server: Option<&'a str>,
}

/// A set of credentials that a scheme takes.
#[derive(Clone, Debug)]
pub struct Form {
    /// What distinguishes it from the others; empty for the usual one.
    pub name: &'static str,
    /// Names and meanings, in order. Names are snake case, those of API keys the names of their headers, query parameters or cookies.
    pub credentials: Vec<(String, Credential)>,
}

impl Form {
    /// The usual set of credentials, or the only one.
    pub(super) fn usual<'a>(
        credentials: impl IntoIterator<Item = (&'a str, &'a Credential)>,
    ) -> Vec<Self> {
        let credentials =
            credentials.into_iter().map(|(name, credential)| (name.to_owned(), credential.clone()));
        vec![Self { name: "", credentials: credentials.collect() }]
    }

    /// A set of credentials that the scheme itself defines: name, title, and whether it may be shown.
    pub(super) fn new<const N: usize>(
        name: &'static str,
        credentials: [(&str, &str, bool); N],
    ) -> Self {
        let credentials = credentials.map(|(name, title, public)| {
            (
                name.to_owned(),
                Credential { title: title.to_owned(), public, ..Credential::default() },
            )
        });
        Self { name, credentials: credentials.into() }
    }
}

/// The declared credentials of a scheme, in order.
pub(super) fn declared(
    credentials: &IndexMap<String, Credential>,
) -> impl Iterator<Item = (&str, &Credential)> {
    credentials.iter().map(|(name, credential)| (name.as_str(), credential))
}

/// The location of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum KeyLocation {
    /// In a request header.
    Header,
    /// In the query string.
    Query,
    /// In a cookie.
    Cookie,
}

/// A credential that the user provides when connecting.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// The name that people see.
    pub title: String,
    /// What it is. Markdown.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub description: Option<String>,
    /// An example value in the correct form.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub example: Option<String>,
    /// Not a secret: it may be shown and logged. Default: secret, except for user names.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub public: bool,
    /// Optional: if empty, it is not sent. Default: required. Only for API keys and for the credentials of a key exchange.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub optional: bool,
}

impl Credential {
    /// The same, which may be shown and logged: a user name.
    #[must_use]
    pub(super) fn shown(&self) -> Self {
        Self { public: true, ..self.clone() }
    }
}
