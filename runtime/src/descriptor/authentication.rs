//! How a client proves who it is.

use super::{Literal, Location, Signing};

/// A way to authenticate.
#[derive(Debug)]
pub struct Authentication {
    /// Its name in the spec.
    pub name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// The server to use; `None`: the first.
    pub server: Option<&'static str>,
    /// The sets of credentials that it takes, the usual one first.
    pub forms: &'static [Form],
    /// How credentials prove who the client is.
    pub scheme: Scheme,
}

/// A set of credentials that a way to authenticate takes.
#[derive(Debug)]
pub struct Form {
    /// What tells it from the others; empty for the usual one.
    pub name: &'static str,
    /// What the user gives, in order.
    pub credentials: &'static [Credential],
}

/// Something that the user gives once, when connecting.
#[derive(Debug)]
pub struct Credential {
    /// Its name.
    pub name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// It is never shown.
    pub secret: bool,
    /// It may be empty.
    pub optional: bool,
}

/// How credentials prove who the client is.
#[derive(Debug)]
pub enum Scheme {
    /// HTTP Basic (RFC 7617), or the login of TDS; credentials: user name, password.
    Basic,
    /// The `Authorization` header, with this word before the token; credential: the token.
    Bearer(&'static str),
    /// Keys, each in its place; credentials: as many, in this order.
    ApiKey(&'static [Key]),
    /// OAuth 2 (RFC 6749).
    OAuth2(OAuth2),
    /// A token that the client signs (RFC 7519), in the `Authorization` header after this word.
    Jwt(&'static str, Jwt),
    /// AWS Signature Version 4; credentials: key id, secret, perhaps a session token.
    AwsSigV4(AwsSigV4),
    /// A keyed hash of each request.
    Signature(Signing),
    /// A login gives what later requests carry.
    Session(Session),
    /// HTTP Digest (RFC 7616); credentials: user name, password.
    Digest,
    /// A certificate in TLS; credentials: chain and private key, PEM.
    ClientCertificate,
}

/// The place of a key.
#[derive(Debug)]
pub struct Key {
    /// Where it travels.
    pub location: Location,
    /// The name of header, query parameter or cookie.
    pub name: &'static str,
    /// What stands before the key.
    pub prefix: &'static str,
}

/// OAuth 2. The forms `refresh`, `code` and `token` take a refresh token, an authorization code and a ready access token.
#[derive(Debug)]
pub struct OAuth2 {
    /// The flow.
    pub flow: Flow,
    /// The token address; `{name}` is a variable of the servers, a leading slash means the server itself.
    pub token_url: &'static str,
    /// The client's id and secret travel in the body, not in a header.
    pub client_in_body: bool,
    /// The scopes that are asked for.
    pub scopes: &'static [&'static str],
    /// More form fields; values may hold variables of the servers.
    pub parameters: &'static [(&'static str, &'static str)],
    /// What is signed in the flow of service accounts.
    pub assertion: Option<Jwt>,
}

/// OAuth 2 flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// RFC 6749, section 4.1; credential: an access token.
    AuthorizationCode,
    /// RFC 6749, section 4.4; credentials: client id, client secret.
    ClientCredentials,
    /// RFC 7523, section 2.1; credentials: what the assertion names.
    JwtBearer,
}

/// A token that the client signs.
#[derive(Debug)]
pub struct Jwt {
    /// `RS256`, `ES256` or `HS256` (RFC 7518, section 3.1).
    pub algorithm: &'static str,
    /// The name of the credential that is the key.
    pub key: &'static str,
    /// The header's `kid`, a template; empty: none.
    pub key_id: &'static str,
    /// The claims; texts are templates.
    pub claims: &'static [(&'static str, Literal)],
    /// How long a token lasts.
    pub lifetime_seconds: u32,
}

/// AWS Signature Version 4.
#[derive(Debug)]
pub struct AwsSigV4 {
    /// The service's name.
    pub service: &'static str,
    /// The region, a template over the servers' variables.
    pub region: &'static str,
    /// Services of other names, by server.
    pub services: &'static [(&'static str, &'static str)],
    /// Other regions, by server; templates too.
    pub regions: &'static [(&'static str, &'static str)],
    /// The keys only sign the request for the ones that sign everything else.
    pub exchange: Option<KeyExchange>,
}

/// A signed request for temporary keys.
#[derive(Debug)]
pub struct KeyExchange {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// The server; `None`: the client's default.
    pub server: Option<&'static str>,
    /// The headers; values are templates.
    pub headers: &'static [(&'static str, &'static str)],
    /// The fields are a form, not JSON.
    pub form: bool,
    /// The fields of the body; values are templates. One that names an empty credential is left out.
    pub fields: &'static [(&'static str, &'static str)],
    /// JSON pointers of key id, secret and session token in the answer.
    pub keys: [&'static str; 3],
    /// JSON pointer of the time at which they end (RFC 3339).
    pub expires: &'static str,
}

/// A login gives what later requests carry.
#[derive(Debug)]
pub struct Session {
    /// The login's method.
    pub method: &'static str,
    /// The login's path.
    pub path: &'static str,
    /// The login's headers; values are templates.
    pub headers: &'static [(&'static str, &'static str)],
    /// The fields are a form, not JSON.
    pub form: bool,
    /// The fields of the login's body; values are templates.
    pub fields: &'static [(&'static str, &'static str)],
    /// What later requests carry, and where the login's answer holds it.
    pub carry: &'static [(Key, TokenPlace)],
    /// Method and path that end the session.
    pub logout: Option<(&'static str, &'static str)>,
    /// How long a session lasts; `None`: until it is refused.
    pub lifetime_seconds: Option<u32>,
}

/// A place in the answer to a login.
#[derive(Debug)]
pub enum TokenPlace {
    /// A JSON pointer.
    Body(&'static str),
    /// A response header.
    Header(&'static str),
    /// A cookie that is set.
    Cookie(&'static str),
}
