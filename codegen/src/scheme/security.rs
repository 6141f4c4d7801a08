//! Forms of schemes in OpenAPI: Security Scheme Objects without what all of them have.

use serde_json::{Value, json};

use super::BEARER;
use crate::spec::KeyLocation;

/// The Security Scheme Objects of a scheme.
pub(crate) enum Security {
    /// One object.
    One(Value),
    /// One object for each key, by the name of its header, query parameter or cookie.
    Keys(Vec<(String, Value)>),
}

impl Security {
    /// A value in the `Authorization` header, which OpenAPI has no other word for.
    pub(super) fn authorization(prefix: Option<&str>) -> Self {
        Self::One(key("Authorization", KeyLocation::Header, prefix))
    }

    /// A token in the `Authorization` header.
    pub(super) fn token(prefix: &str, format: Option<&str>) -> Self {
        if prefix == BEARER {
            Self::One(json!({ "type": "http", "scheme": "bearer", "bearerFormat": format }))
        } else {
            Self::authorization(Some(&format!("{prefix} ")))
        }
    }

    /// Keys, each in its place.
    pub(super) fn keys<'a>(
        keys: impl Iterator<Item = (&'a String, KeyLocation, Option<&'a str>)>,
    ) -> Self {
        Self::Keys(
            keys.map(|(name, location, prefix)| (name.clone(), key(name, location, prefix)))
                .collect(),
        )
    }
}

fn key(name: &str, location: KeyLocation, prefix: Option<&str>) -> Value {
    json!({ "type": "apiKey", "in": location, "name": name, "x-actionspec-prefix": prefix })
}
