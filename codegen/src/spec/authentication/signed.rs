//! Authentication schemes in which the client signs: each request, or a token.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Credential, Form, SessionBody, authentication};
use crate::spec::{SignatureAlgorithm, SignatureEncoding};

authentication! {
    /// A JSON Web Token that the client signs for itself.
    Jwt {
        /// What the user gives, by snake case names.
        #[schemars(length(min = 1))]
        credentials: IndexMap<String, Credential>,
        /// The token.
        token: JwtToken,
        /// The prefix before the token. Default: `Bearer`.
        #[serde(default, rename = "scheme")]
        token_prefix: Option<String>,
    }
}

/// A token that the client signs. It holds `iat` and `exp` by itself.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct JwtToken {
    /// The algorithm (RFC 7518, section 3.1).
    pub algorithm: JwtAlgorithm,
    /// The credential that is the key: PEM, or for `HS256` the secret itself.
    pub key: String,
    /// The header's `kid`. May hold credentials as `{name}`.
    #[serde(default)]
    pub key_id: Option<String>,
    /// The claims. Texts may hold credentials as `{name}`, and `{token_url}`, `{scope}` (of OAuth 2) and `{nonce}` (a new UUID).
    pub claims: IndexMap<String, Value>,
    /// How long a token lasts, in seconds. Default: 300.
    #[serde(default)]
    pub lifetime_seconds: Option<u32>,
}

/// Algorithms of JSON Web Tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum JwtAlgorithm {
    /// RSA PKCS #1 v1.5 with SHA-256.
    RS256,
    /// ECDSA with P-256 and SHA-256.
    ES256,
    /// HMAC with SHA-256.
    HS256,
}

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
        #[serde(default)]
        services: IndexMap<String, String>,
        /// Other regions, by server. May be variables of the servers too.
        #[serde(default)]
        regions: IndexMap<String, String>,
        /// A request that is signed with these keys and answered with temporary ones, which sign everything else: an assumed role. Default: none,
        /// the keys sign everything themselves.
        #[serde(default)]
        exchange: Option<KeyExchange>,
    }
}

/// A signed request whose answer holds the keys that other requests are signed with. The client keeps them, and asks anew before they end.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct KeyExchange {
    /// What the user gives beside the access keys, by snake case names.
    #[serde(default)]
    pub credentials: IndexMap<String, Credential>,
    /// Method and path.
    #[schemars(regex(pattern = r"^(GET|POST|PUT|PATCH|DELETE) /[^\s?#{}]*$"), example = &"POST /")]
    pub request: String,
    /// The server that is asked (a name of the integration's `servers`). Default: the one that other requests go to.
    #[serde(default)]
    pub server: Option<String>,
    /// Headers. Values may hold credentials as `{name}`.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// How the fields are written. Default: `json`.
    #[serde(default)]
    pub body: SessionBody,
    /// The fields of the body, by name. Values may hold credentials as `{name}`, and `{nonce}` (a new UUID). A field that holds a credential which
    /// the user left empty is not sent.
    #[serde(default)]
    pub fields: IndexMap<String, String>,
    /// Where the answer, JSON or XML, holds the keys.
    pub keys: ExchangedKeys,
}

/// JSON pointers of temporary keys in the answer that gives them.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExchangedKeys {
    /// The access key id.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token.
    pub session_token: String,
    /// When they end (RFC 3339).
    pub expires: String,
}

impl AwsSigV4 {
    /// The sets of credentials that a user may give: of long-term and of temporary keys, each with what an exchange needs.
    pub(super) fn forms(&self) -> Vec<Form> {
        let mut keys = vec![
            ("access_key_id".to_owned(), self.access_key_id.clone()),
            ("secret_access_key".to_owned(), self.secret_access_key.clone()),
        ];
        let mut temporary = keys.clone();
        temporary.push(("session_token".to_owned(), self.session_token.clone()));
        let more = self.exchange.iter().flat_map(|exchange| &exchange.credentials);
        let more: Vec<_> =
            more.map(|(name, credential)| (name.clone(), credential.clone())).collect();
        keys.extend_from_slice(&more);
        temporary.extend(more);
        vec![Form { name: "", credentials: keys }, Form { name: "session", credentials: temporary }]
    }
}

authentication! {
    /// A keyed hash of each request. Values are computed in order from templates; headers carry them.
    SignedRequests {
        /// What the user gives, by snake case names.
        #[schemars(length(min = 1))]
        credentials: IndexMap<String, Credential>,
        /// What is computed, by snake case names; later values may hold earlier ones as `{name}`.
        #[serde(default)]
        values: IndexMap<String, SignatureValue>,
        /// The headers that every request carries, by name, with templates as values.
        #[schemars(length(min = 1))]
        headers: IndexMap<String, String>,
    }
}

/// What templates of signed requests may hold beside credentials and computed values, and what each stands for. A name that ends with a dot
/// goes on with a header's name.
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

/// A computed value. Templates may hold credentials, earlier values and facts of the request as `{name}`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Hash {
    /// The template of what is hashed.
    pub of: String,
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// How the hash is written.
    pub encoding: SignatureEncoding,
    /// Only so many bytes count. Default: all.
    #[serde(default)]
    pub max_bytes: Option<u64>,
    /// Of nothing the hash is the empty text. Default: it is the hash of no bytes.
    #[serde(default)]
    pub skip_empty: bool,
}

/// A keyed hash (HMAC).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Keyed {
    /// The template of what is signed.
    pub of: String,
    /// The template of the key.
    pub key: String,
    /// What the key is written in. Default: `text`, its bytes are the key.
    #[serde(default)]
    pub key_encoding: KeyEncoding,
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// How the hash is written.
    pub encoding: SignatureEncoding,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
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
