//! Keys in headers, queries or cookies.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Credential, Form, KeyLocation, Scheme, authentication};

authentication! {
    /// One or more keys.
    ApiKey {
        /// The keys, by the name of the header, query parameter or cookie that carries each.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        keys: IndexMap<String, ApiKeyLocation>,
    }
    forms(this) {
        Form::usual(this.keys.iter().map(|(name, key)| (name.as_str(), &key.credential)))
    }
}

/// A key and the place that carries it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ApiKeyLocation {
    /// Where the key travels: `header`, `query` or `cookie`.
    #[serde(rename = "in")]
    pub location: KeyLocation,
    /// What stands before the key, its space included.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub prefix: Option<String>,
    /// The key.
    #[serde(flatten)]
    pub credential: Credential,
}
