//! How a client proves who it is.

mod oauth2;
mod session;
mod signed;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use oauth2::{ClientAuthentication, OAuth2, OAuth2Flow};
pub use session::{Login, Session, SessionBody, SessionKey, TokenPlace};
pub use signed::{
    AwsSigV4, ExchangedKeys, Hash, Jwt, JwtAlgorithm, JwtToken, KeyEncoding, KeyExchange, Keyed,
    REQUEST_PLACEHOLDERS, SignatureValue, SignedRequests,
};

/// One authentication scheme. An integration may declare several; the user chooses one.
#[expect(
    clippy::large_enum_variant,
    reason = "there are a few of them an integration, and a box would stand in every match"
)]
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Authentication {
    /// HTTP Basic (RFC 7617); of `tds` servers, the user name and password of the login.
    Basic(BasicAuthentication),
    /// A token in the `Authorization` header (RFC 6750), or with another word than `Bearer`.
    Bearer(Bearer),
    /// One or more keys, each in a header, the query or a cookie.
    ApiKey(ApiKey),
    /// OAuth 2 (RFC 6749): the client asks for tokens and renews them.
    Oauth2(OAuth2),
    /// A JSON Web Token (RFC 7519) that the client signs for itself, in the `Authorization` header.
    Jwt(Jwt),
    /// AWS Signature Version 4.
    AwsSigV4(AwsSigV4),
    /// A keyed hash (HMAC, RFC 2104) of each request, put together by templates.
    Signature(SignedRequests),
    /// A login request gives what later requests carry.
    Session(Session),
    /// HTTP Digest (RFC 7616).
    Digest(Digest),
    /// A client certificate (mutual TLS, RFC 8446, section 4.4.2).
    ClientCertificate(ClientCertificate),
}

impl Authentication {
    /// What every authentication scheme has.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        match self {
            Self::Basic(scheme) => scheme.facts(),
            Self::Bearer(scheme) => scheme.facts(),
            Self::ApiKey(scheme) => scheme.facts(),
            Self::Oauth2(scheme) => scheme.facts(),
            Self::Jwt(scheme) => scheme.facts(),
            Self::AwsSigV4(scheme) => scheme.facts(),
            Self::Signature(scheme) => scheme.facts(),
            Self::Session(scheme) => scheme.facts(),
            Self::Digest(scheme) => scheme.facts(),
            Self::ClientCertificate(scheme) => scheme.facts(),
        }
    }

    /// The sets of credentials that a user may give, the usual one first; its name is empty.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        let usual = |credentials: Vec<(String, Credential)>| vec![Form { name: "", credentials }];
        let named = |pairs: &[(&str, &Credential)]| {
            pairs
                .iter()
                .map(|(name, credential)| ((*name).to_owned(), (*credential).clone()))
                .collect()
        };
        let declared = |credentials: &IndexMap<String, Credential>| {
            credentials
                .iter()
                .map(|(name, credential)| (name.clone(), credential.clone()))
                .collect()
        };
        match self {
            Self::Basic(scheme) => {
                usual(named(&[("username", &scheme.username), ("password", &scheme.password)]))
            }
            Self::Digest(scheme) => {
                usual(named(&[("username", &scheme.username), ("password", &scheme.password)]))
            }
            Self::Bearer(scheme) => usual(named(&[("token", &scheme.token)])),
            Self::ApiKey(scheme) => usual(
                scheme
                    .keys
                    .iter()
                    .map(|(name, key)| (name.clone(), key.credential.clone()))
                    .collect(),
            ),
            Self::ClientCertificate(scheme) => usual(named(&[
                ("certificate", &scheme.certificate),
                ("private_key", &scheme.private_key),
            ])),
            Self::Jwt(scheme) => usual(declared(&scheme.credentials)),
            Self::Signature(scheme) => usual(declared(&scheme.credentials)),
            Self::Session(scheme) => usual(declared(&scheme.credentials)),
            Self::AwsSigV4(scheme) => scheme.forms(),
            Self::Oauth2(scheme) => scheme.forms(),
        }
    }
}

/// What every authentication scheme has.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The name that people see.
    pub title: &'a str,
    /// When to choose this scheme.
    pub description: Option<&'a str>,
    /// How to get the credentials.
    pub setup: &'a [String],
    /// The vendor's page about it.
    pub documentation: Option<&'a str>,
    /// The server to use.
    pub server: Option<&'a str>,
}

/// A set of credentials that an authentication scheme takes.
#[derive(Clone, Debug)]
pub struct Form {
    /// What tells it from the others; empty for the usual one.
    pub name: &'static str,
    /// Names and meanings, in order. Names are snake case, those of API keys the names on the wire.
    pub credentials: Vec<(String, Credential)>,
}

impl Form {
    fn new<const N: usize>(name: &'static str, credentials: [(&str, &str, bool); N]) -> Self {
        let credentials = credentials.map(|(name, title, public)| {
            (
                name.to_owned(),
                Credential { title: title.to_owned(), public, ..Credential::default() },
            )
        });
        Self { name, credentials: credentials.into() }
    }
}

/// What every authentication scheme has.
macro_rules! authentication {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            /// The name that people see.
            pub title: String,
            /// When to choose this scheme. Markdown.
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

        impl $name {
            pub(super) fn facts(&self) -> $crate::spec::authentication::Facts<'_> {
                $crate::spec::authentication::Facts {
                    title: &self.title,
                    description: self.description.as_deref(),
                    setup: &self.setup,
                    documentation: self.documentation.as_deref(),
                    server: self.server.as_deref(),
                }
            }
        }
    };
}

pub(super) use authentication;

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
        /// The prefix before the token. Default: `Bearer`.
        #[serde(default, rename = "scheme")]
        token_prefix: Option<String>,
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
    /// HTTP Digest (RFC 7616).
    Digest {
        /// The user name.
        username: Credential,
        /// The password.
        password: Credential,
    }
}

authentication! {
    /// A client certificate (mutual TLS).
    ClientCertificate {
        /// The certificate with its chain, PEM.
        certificate: Credential,
        /// Its private key, PEM.
        private_key: Credential,
    }
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
    /// It may be left empty, and is not sent then. Default: it must be given. Only of API keys, and of what an exchange of keys names.
    #[serde(default)]
    pub optional: bool,
}
