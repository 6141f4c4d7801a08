//! Authentication schemes: how a client proves who it is.
//!
//! One file a scheme, one row each in the table [`Authentication`]. What belongs here: what an author declares, which the client reads
//! as it is, and which credentials a scheme takes. What does not: how a request is signed (the runtime) and how pages describe it.

mod api_key;
mod aws_sig_v4;
mod basic;
mod bearer;
mod client_certificate;
mod credential;
mod digest;
mod jwt;
mod oauth2;
mod oci_signature;
mod session;
mod signature;

use serde::{Deserialize, Serialize};

pub use api_key::{ApiKey, ApiKeyLocation};
pub use aws_sig_v4::{AwsSigV4, ExchangedKeys, KeyExchange};
pub use basic::BasicAuthentication;
pub use bearer::Bearer;
pub use client_certificate::ClientCertificate;
pub use credential::{Credential, Facts, Form, KeyLocation};
pub use digest::Digest;
pub use jwt::{Jwt, JwtAlgorithm, JwtToken};
pub use oauth2::{ClientAuthentication, OAuth2, OAuth2Flow};
pub use oci_signature::OciSignature;
pub use session::{Login, Session, SessionBody, SessionKey, TokenPlace};
pub use signature::{
    Hash, KeyEncoding, Keyed, REQUEST_PLACEHOLDERS, SignatureValue, SignedRequests,
};

/// The prefix before a token in the `Authorization` header, unless a spec sets another (RFC 6750).
pub const BEARER: &str = "Bearer";

/// The facts that every scheme has.
trait Scheme {
    /// What all schemes have in common.
    fn facts(&self) -> Facts<'_>;

    /// The sets of credentials that a user may give, the usual one first; its name is empty.
    fn forms(&self) -> Vec<Form>;
}

/// Declares [`Authentication`] from a table of schemes.
macro_rules! schemes {
    ($($(#[$doc:meta])* $kind:literal: $variant:ident($scheme:ty),)*) => {
        /// One authentication scheme. An integration may declare several; the user chooses one.
        #[expect(
            clippy::large_enum_variant,
            reason = "there are a few of them an integration, and a box would complicate every match"
        )]
        #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(tag = "kind")]
        pub enum Authentication {
            $($(#[$doc])* #[serde(rename = $kind)] $variant($scheme),)*
        }

        impl Authentication {
            /// The value of `kind` of every scheme.
            pub const KINDS: &[&str] = &[$($kind,)*];

            fn scheme(&self) -> &dyn Scheme {
                match self {
                    $(Self::$variant(scheme) => scheme,)*
                }
            }
        }
    };
}

schemes! {
    /// HTTP Basic (RFC 7617); of `tds` servers, the user name and password of the login.
    "basic": Basic(BasicAuthentication),
    /// A token in the `Authorization` header (RFC 6750), or with another prefix than `Bearer`.
    "bearer": Bearer(Bearer),
    /// One or more keys, each in a header, the query or a cookie.
    "apiKey": ApiKey(ApiKey),
    /// OAuth 2 (RFC 6749): the client requests tokens and renews them.
    "oauth2": Oauth2(OAuth2),
    /// A JSON Web Token (RFC 7519) that the client signs for itself, in the `Authorization` header.
    "jwt": Jwt(Jwt),
    /// AWS Signature Version 4.
    "awsSigV4": AwsSigV4(AwsSigV4),
    /// A keyed hash (HMAC, RFC 2104) of each request, built from templates.
    "signature": Signature(SignedRequests),
    /// HTTP signatures of Oracle Cloud Infrastructure (draft-cavage-http-signatures-08): each request is signed with RSA.
    "ociSignature": OciSignature(OciSignature),
    /// A login request returns the token or cookie of later requests.
    "session": Session(Session),
    /// HTTP Digest (RFC 7616).
    "digest": Digest(Digest),
    /// A client certificate (mutual TLS, RFC 8446, section 4.4.2).
    "clientCertificate": ClientCertificate(ClientCertificate),
}

impl Authentication {
    /// What all schemes have in common.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        self.scheme().facts()
    }

    /// The sets of credentials that a user may give, the usual one first; its name is empty.
    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        self.scheme().forms()
    }
}

/// Declares a scheme: a struct with the common fields and its own. `forms` are the sets of credentials that it takes.
macro_rules! authentication {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* }
        forms($this:ident) $forms:block
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
        // In a JSON Schema the tag beside these fields would count as unknown.
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(!deny_unknown_fields))]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        pub struct $name {
            /// The name that people see.
            pub title: String,
            /// When to choose this scheme. Markdown.
            #[serde(default, skip_serializing_if = "crate::is_default")]
            pub description: Option<String>,
            /// How to get the credentials, step by step. Markdown.
            #[serde(default, skip_serializing_if = "crate::is_default")]
            pub setup: Vec<String>,
            /// The vendor's documentation of the scheme, an absolute `https` URL.
            #[serde(default, skip_serializing_if = "crate::is_default")]
            #[cfg_attr(feature = "schema", schemars(url))]
            pub documentation: Option<String>,
            /// The server to use (a name of the integration's `servers`). Default: the first.
            #[serde(default, skip_serializing_if = "crate::is_default")]
            pub server: Option<String>,
            $($(#[$field_doc])* pub $field: $ty,)*
        }

        impl Scheme for $name {
            fn facts(&self) -> $crate::scheme::Facts<'_> {
                $crate::scheme::Facts {
                    title: &self.title,
                    description: self.description.as_deref(),
                    setup: &self.setup,
                    documentation: self.documentation.as_deref(),
                    server: self.server.as_deref(),
                }
            }

            fn forms(&self) -> Vec<Form> {
                let $this = self;
                $forms
            }
        }
    };
}

use authentication;
