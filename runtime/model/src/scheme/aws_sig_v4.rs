//! AWS Signature Version 4.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Credential, Form, Scheme, SessionBody, authentication};

authentication! {
    /// AWS Signature Version 4.
    AwsSigV4 {
        /// The access key id.
        access_key_id: Credential,
        /// The secret access key.
        secret_access_key: Credential,
        /// The session token of temporary credentials.
        session_token: Credential,
        /// The service's name in signatures.
        service: String,
        /// The region in signatures. May be a variable of the servers, as `{region}`.
        region: String,
        /// Services of other names, by server.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        services: IndexMap<String, String>,
        /// Other regions, by server. May be variables of the servers too.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        regions: IndexMap<String, String>,
        /// A request, signed with these keys, that returns temporary keys for all other requests: an assumed role. Default: none,
        /// these keys sign all requests.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        exchange: Option<KeyExchange>,
    }
    forms(this) {
        let mut keys = vec![
            ("access_key_id".to_owned(), this.access_key_id.clone()),
            ("secret_access_key".to_owned(), this.secret_access_key.clone()),
        ];
        let mut temporary = keys.clone();
        temporary.push(("session_token".to_owned(), this.session_token.clone()));
        let more = this.exchange.iter().flat_map(|exchange| &exchange.credentials);
        let more: Vec<_> =
            more.map(|(name, credential)| (name.clone(), credential.clone())).collect();
        keys.extend_from_slice(&more);
        temporary.extend(more);
        // Long-term keys, or temporary ones; each with what an exchange needs.
        vec![Form { name: "", credentials: keys }, Form { name: "session", credentials: temporary }]
    }
}

/// A signed request that returns the keys for other requests. The client caches the keys and renews them before they expire.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct KeyExchange {
    /// Further credentials in addition to the access keys, by snake case names.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub credentials: IndexMap<String, Credential>,
    /// Method and path.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^(GET|POST|PUT|PATCH|DELETE) /[^\s?#{}]*$"), example = &"POST /"))]
    pub request: String,
    /// The server of the request (a name of the integration's `servers`). Default: the server of the other requests.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub server: Option<String>,
    /// Headers. Values may contain credentials as `{name}`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// The encoding of the fields. Default: `json`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub body: SessionBody,
    /// The fields of the body, by name. Values may contain credentials as `{name}`, and `{nonce}` (a new UUID). A field with a credential that
    /// is empty is not sent.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub fields: IndexMap<String, String>,
    /// Where the response, JSON or XML, contains the keys.
    pub keys: ExchangedKeys,
}

/// JSON pointers of temporary keys in the response.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExchangedKeys {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token.
    pub session_token: String,
    /// When they expire (RFC 3339).
    pub expires: String,
}
