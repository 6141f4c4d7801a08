//! How a client proves who it is.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One way to authenticate. An integration may declare several; the user chooses one.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Authentication {
    /// HTTP Basic (RFC 7617).
    Basic(BasicAuthentication),
    /// A token in the `Authorization` header (RFC 6750), or with another word than `Bearer`.
    Bearer(Bearer),
    /// One or more keys, each in a header, the query or a cookie.
    ApiKey(ApiKey),
    /// OAuth 2 (RFC 6749).
    Oauth2(OAuth2),
}

/// What every way to authenticate has.
macro_rules! authentication {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// The name that people see.
            pub title: String,
            /// When to choose this way. Markdown.
            #[serde(default)]
            pub description: Option<String>,
            /// How to get the credentials, step by step. Markdown.
            #[serde(default)]
            pub setup: Vec<String>,
            /// The vendor's page about it, an absolute `https` address.
            #[serde(default)]
            #[schemars(url)]
            pub documentation: Option<String>,
            /// The server to use (a name of the integration's `servers`). Default: the first.
            #[serde(default)]
            pub server: Option<String>,
            $($(#[$field_doc])* pub $field: $ty,)*
        }
    };
}

authentication! {
    /// HTTP Basic (RFC 7617).
    BasicAuthentication {
        /// The user name.
        username: Credential,
        /// The password.
        password: Credential,
    }
}

authentication! {
    /// A token in the `Authorization` header.
    Bearer {
        /// The token.
        token: Credential,
        /// The word before the token. Default: `Bearer`.
        #[serde(default)]
        scheme: Option<String>,
    }
}

authentication! {
    /// One or more keys.
    ApiKey {
        /// The keys, by the name of the header, query parameter or cookie that carries each.
        #[schemars(length(min = 1))]
        keys: IndexMap<String, ApiKeyLocation>,
    }
}

authentication! {
    /// OAuth 2. The client is given an access token.
    OAuth2 {
        /// The flow that gives the token.
        flow: OAuth2Flow,
        /// Where the token is asked for.
        #[schemars(url)]
        token_url: String,
        /// Where the user grants access, in the authorization code flow.
        #[serde(default)]
        #[schemars(url)]
        authorization_url: Option<String>,
        /// Every scope that an action may name, with its meaning.
        scopes: IndexMap<String, String>,
    }
}

/// OAuth 2 flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OAuth2Flow {
    /// RFC 6749, section 4.1.
    AuthorizationCode,
    /// RFC 6749, section 4.4.
    ClientCredentials,
}

/// A key and the place that carries it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ApiKeyLocation {
    /// Where the key travels: `header`, `query` or `cookie`.
    #[serde(rename = "in")]
    pub location: KeyLocation,
    /// What stands before the key, its space included.
    #[serde(default)]
    pub prefix: Option<String>,
    /// The key.
    #[serde(flatten)]
    pub credential: Credential,
}

/// Where a key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum KeyLocation {
    /// In a request header.
    Header,
    /// In the query string.
    Query,
    /// In a cookie.
    Cookie,
}

/// Something that the user gives once, when connecting.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// The name that people see.
    pub title: String,
    /// What it is. Markdown.
    #[serde(default)]
    pub description: Option<String>,
    /// A made-up value of the right form.
    #[serde(default)]
    pub example: Option<String>,
    /// It may be shown and logged. Default: it is a secret, except for user names.
    #[serde(default)]
    pub public: bool,
}
