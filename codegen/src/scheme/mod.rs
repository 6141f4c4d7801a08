//! Authentication schemes: their checks, page texts, samples, OpenAPI forms, imports and recordings.
//!
//! One file a scheme, one row each in the table below. What belongs here: whatever differs from scheme to scheme. What does not: the
//! fields that an author writes (the model), and how a client computes credentials (the runtime).

mod api_key;
mod aws_sig_v4;
pub(crate) mod basic;
pub(crate) mod bearer;
mod check;
mod client_certificate;
mod digest;
mod import;
mod jwt;
mod oauth2;
mod oci_signature;
mod security;
mod session;
mod signature;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use serde_json::Value;

use crate::catalog::Protocol;
use crate::report::Report;
use crate::spec::{Authentication, IntegrationSpec};

pub(crate) use actionspec_model::scheme::BEARER;

pub(crate) use check::reserved;
pub(crate) use import::{Described, DescribedFlow, DescribedKey};
pub(crate) use security::Security;

/// The generator's facts about an authentication scheme. No method has a default, so that a new scheme cannot omit one.
pub(crate) trait Scheme {
    /// Reports what the schema of the language cannot check. `at` points to the scheme in the file.
    fn check(&self, at: &str, spec: &IntegrationSpec, report: &mut Report);

    /// Whether servers of a protocol accept it.
    fn supports(&self, protocol: Protocol) -> bool;

    /// Whether a credential may be declared optional: left empty, it is not sent.
    fn may_be_optional(&self, credential: &str) -> bool;

    /// The feature of the runtime that it needs.
    fn feature(&self) -> Option<&'static str>;

    /// Whether its credentials are named as the headers, query parameters and cookies that carry them.
    fn credentials_are_keys(&self) -> bool;

    /// Its kind, as pages show it.
    fn kind(&self, protocol: Protocol) -> &'static str;

    /// Where a credential is sent, if it is sent, as pages show it.
    fn place(&self, credential: &str) -> String;

    /// Further facts that pages show: label and value.
    fn facts(&self) -> Vec<(String, String)>;

    /// The scopes that actions may name, each with its meaning; `None` if it knows no scopes.
    fn scopes(&self) -> Option<&IndexMap<String, String>>;

    /// What a curl command carries.
    fn curl(&self, server: &CurlServer<'_>) -> Vec<Curl>;

    /// Its form in OpenAPI. `address` makes a token address absolute.
    fn security(&self, address: &dyn Fn(&str) -> String) -> Security;

    /// Whether it sends what a recorded request carried; `recorded` was made from the recording.
    fn covers(&self, recorded: &Authentication) -> bool;

    /// The scheme of this kind that an OpenAPI Security Scheme Object describes, in the spec language; `None` if that object describes
    /// another kind.
    fn import(described: &Described) -> Option<Value>
    where
        Self: Sized;

    /// The prefixes of `Authorization` headers, in lower case, that a recording cannot be turned into a scheme of this kind from,
    /// because it does not show how the value was computed.
    fn signs_with() -> &'static [&'static str]
    where
        Self: Sized;
}

/// The server that a curl command goes to.
pub(crate) struct CurlServer<'a> {
    /// Its name in the spec.
    pub(crate) name: &'a str,
    /// Replaces the server's variables by example values.
    pub(crate) fill: &'a dyn Fn(&str) -> String,
}

/// A part of a curl command. Values are placeholders or examples, never secrets.
pub(crate) enum Curl {
    /// Options, and the value of the last one.
    Option(&'static str, Option<String>),
    /// A header.
    Header(String, String),
    /// A query parameter.
    Query(String, String),
    /// A cookie.
    Cookie(String, String),
}

impl Curl {
    /// A placeholder for a token in the `Authorization` header.
    fn token(prefix: &str) -> Vec<Self> {
        vec![Self::Header("Authorization".to_owned(), format!("{prefix} TOKEN"))]
    }
}

/// What is known of a kind of scheme before there is a scheme.
pub(crate) struct Kind {
    /// Its `kind` in the spec language.
    #[cfg_attr(not(test), expect(dead_code, reason = "only the test of the table asks for names"))]
    pub(crate) name: &'static str,
    /// [`Scheme::import`].
    pub(crate) import: fn(&Described) -> Option<Value>,
    /// [`Scheme::signs_with`].
    pub(crate) signs_with: fn() -> &'static [&'static str],
    /// The features of the runtime that its schemes may need, each with what it is for.
    pub(crate) features: &'static [(&'static str, &'static str)],
}

/// Declares the table of schemes: the name in the spec language, the variant and its type, and the feature of the runtime with its meaning.
macro_rules! schemes {
    ($($name:literal: $variant:ident($scheme:ty) $(needs $feature:literal, $about:literal)?,)*) => {
        /// The facts about a scheme.
        pub(crate) fn of(scheme: &Authentication) -> &dyn Scheme {
            match scheme {
                $(Authentication::$variant(scheme) => scheme,)*
            }
        }

        /// All kinds of schemes. An importer takes the first one that recognizes a description.
        pub(crate) const KINDS: &[Kind] = &[
            $(Kind {
                name: $name,
                import: <$scheme as Scheme>::import,
                signs_with: <$scheme as Scheme>::signs_with,
                features: &[$(($feature, $about))?],
            },)*
        ];
    };
}

schemes! {
    "basic": Basic(crate::spec::BasicAuthentication),
    "bearer": Bearer(crate::spec::Bearer),
    "apiKey": ApiKey(crate::spec::ApiKey),
    "oauth2": Oauth2(crate::spec::OAuth2),
    "jwt": Jwt(crate::spec::Jwt) needs "jwt", "JSON Web Tokens that the client signs.",
    "awsSigV4": AwsSigV4(crate::spec::AwsSigV4) needs "aws", "AWS Signature Version 4.",
    "signature": Signature(crate::spec::SignedRequests) needs "hmac", "Requests signed by HMAC.",
    "ociSignature": OciSignature(actionspec_model::scheme::OciSignature)
        needs "oci", "HTTP signatures of Oracle Cloud Infrastructure.",
    "session": Session(crate::spec::Session),
    "digest": Digest(crate::spec::Digest) needs "digest", "HTTP Digest authentication.",
    "clientCertificate": ClientCertificate(crate::spec::ClientCertificate),
}
