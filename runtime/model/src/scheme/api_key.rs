//! Keys in headers, queries or cookies.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Credential, Form, KeyLocation, Scheme, authentication};

authentication! {
    /// One or more keys.
    ApiKey {
        /// The keys, by the name of the header, query parameter or cookie that contains each.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        keys: IndexMap<String, ApiKeyLocation>,
    }
    forms(this) {
        Form::usual(this.keys.iter().map(|(name, key)| (name.as_str(), &key.credential)))
    }
}

/// A key and its location.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ApiKeyLocation {
    /// The location of the key: `header`, `query` or `cookie`.
    #[serde(rename = "in")]
    pub location: KeyLocation,
    /// The prefix of the key, including its space.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub prefix: Option<String>,
    /// The key.
    #[serde(flatten)]
    pub credential: Credential,
}
