//! How a client proves who it is.

use super::Location;

/// A way to authenticate.
#[derive(Debug)]
pub struct Authentication {
    /// Its name in the spec.
    pub name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// The server to use; `None`: the first.
    pub server: Option<&'static str>,
    /// How credentials travel.
    pub scheme: Scheme,
}

/// How credentials travel.
#[derive(Debug)]
pub enum Scheme {
    /// HTTP Basic (RFC 7617); credentials: user name, password.
    Basic,
    /// The `Authorization` header, with this word before the token; credential: the token.
    Bearer(&'static str),
    /// Keys, each in its place; credentials: as many, in this order.
    ApiKey(&'static [Key]),
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
