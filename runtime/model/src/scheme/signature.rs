//! A keyed hash (HMAC, RFC 2104) of each request, put together by templates.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::credential::declared;
use super::{Credential, Form, Scheme, authentication};
use crate::signing::{SignatureAlgorithm, SignatureEncoding};

authentication! {
    /// A keyed hash of each request. Values are computed in order from templates and sent in headers.
    SignedRequests {
        /// The credentials, by snake case names.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        credentials: IndexMap<String, Credential>,
        /// The computed values, by snake case names; later values may contain earlier ones as `{name}`.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        values: IndexMap<String, SignatureValue>,
        /// The headers of every request, by name, with templates as values.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        headers: IndexMap<String, String>,
    }
    forms(this) {
        Form::usual(declared(&this.credentials))
    }
}

/// The placeholders of templates in addition to credentials and computed values, with their meaning. A name that ends with a dot
/// is followed by a header's name.
pub const REQUEST_PLACEHOLDERS: &[(&str, &str)] = &[
    ("method", "The method, in upper case."),
    ("scheme", "`https`, or `http` on this machine."),
    ("host", "The host, with the port if it is not the usual one."),
    ("path", "The path, percent-encoded as it is sent."),
    ("query", "The query without its `?`, as it is sent."),
    ("path_and_query", "The path and, if there is one, `?` and the query."),
    (
        "parameters",
        "The pairs of the query and of a form in the body: sorted, percent-encoded (RFC 3986), joined with `&`.",
    ),
    (
        "query_lines",
        "The query as lines `name:value`, each after a line break: names in lower case and sorted, values of one name joined with a comma.",
    ),
    ("body", "The body."),
    ("post_body", "The body of a POST; of other methods nothing."),
    ("content_length", "The length of the body; nothing if it is empty."),
    ("header.", "The value of a header; nothing if there is none: `{header.content-type}`."),
    (
        "headers.",
        "A line `name:value` for each header whose name begins so, sorted: `{headers.x-ms-}`.",
    ),
    ("timestamp", "Seconds since 1970."),
    ("timestamp_ms", "Milliseconds since 1970."),
    ("date.http", "`Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110)."),
    ("date.rfc2822", "`Sun, 06 Nov 1994 08:49:37 -0000`."),
    ("date.iso", "`1994-11-06T08:49:37Z`."),
    ("date.compact", "`19941106T08:49:37+0000`."),
    ("nonce", "A new UUID for each request."),
];

/// A computed value. Templates may contain credentials, earlier values and facts of the request as `{name}`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SignatureValue {
    /// The template itself.
    Text(String),
    /// The base64 text of the template.
    Base64(String),
    /// A hash.
    Hash(Hash),
    /// A keyed hash.
    Hmac(Keyed),
}

/// A hash.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Hash {
    /// The template of the hashed text.
    pub of: String,
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The encoding of the hash.
    pub encoding: SignatureEncoding,
    /// The number of bytes to hash. Default: all.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub max_bytes: Option<u64>,
    /// The hash of an empty text is an empty text. Default: the hash of zero bytes.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub skip_empty: bool,
}

/// A keyed hash (HMAC).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Keyed {
    /// The template of the signed text.
    pub of: String,
    /// The template of the key.
    pub key: String,
    /// The encoding of the key. Default: `text`, its bytes are the key.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub key_encoding: KeyEncoding,
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The encoding of the hash.
    pub encoding: SignatureEncoding,
}

/// The encoding of a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum KeyEncoding {
    /// As it is.
    #[default]
    Text,
    /// Hexadecimal.
    Hex,
    /// Base64 (RFC 4648, section 4).
    Base64,
}
