//! A security scheme of an OpenAPI document, from which each scheme recognizes its own kind.

use indexmap::IndexMap;
use serde_json::{Value, json};

/// A Security Scheme Object, or one flow of it, checked and in the words of version 3.
#[derive(Clone, Debug, Default)]
pub(crate) struct Described {
    /// `type`, in lower case.
    pub(crate) ty: String,
    /// `scheme`, as written.
    pub(crate) scheme: String,
    /// The title that the document gives it.
    pub(crate) title: Option<String>,
    /// What it is.
    pub(crate) description: Option<String>,
    /// Keys that are sent together.
    pub(crate) keys: Vec<DescribedKey>,
    /// A flow of OAuth 2 that is complete.
    pub(crate) flow: Option<DescribedFlow>,
}

/// A key and the place that carries it.
#[derive(Clone, Debug)]
pub(crate) struct DescribedKey {
    /// The name of the header, query parameter or cookie.
    pub(crate) name: String,
    /// `header`, `query` or `cookie`.
    pub(crate) place: &'static str,
    /// What it is.
    pub(crate) description: Option<String>,
}

/// A flow of OAuth 2.
#[derive(Clone, Debug)]
pub(crate) struct DescribedFlow {
    /// Its name in the spec language.
    pub(crate) name: &'static str,
    /// Where tokens are asked for.
    pub(crate) token_url: Option<String>,
    /// Where the user grants access.
    pub(crate) authorization_url: Option<String>,
    /// The scopes, each with its meaning.
    pub(crate) scopes: IndexMap<String, String>,
}

impl Described {
    /// The title, if the document gives none.
    pub(super) fn title_or(&self, otherwise: &str) -> String {
        self.title.clone().unwrap_or_else(|| otherwise.to_owned())
    }

    /// Whether it is HTTP authentication with a scheme, in lower case.
    pub(super) fn is_http(&self, scheme: &str) -> bool {
        self.ty == "http" && self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// A scheme with a user name and a password.
    pub(super) fn user(&self, kind: &str, title: &str) -> Value {
        json!({
            "kind": kind,
            "title": self.title_or(title),
            "description": self.description,
            "username": { "title": "User name", "public": true },
            "password": { "title": "Password" },
        })
    }
}
