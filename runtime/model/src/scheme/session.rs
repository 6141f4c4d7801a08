//! Sessions: a login request gives what later requests carry.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::credential::declared;
use super::{Credential, Form, KeyLocation, Scheme, authentication};

authentication! {
    /// A login request gives what later requests carry. The client logs in when it must, and again when the session has ended.
    Session {
        /// What the user gives, by snake case names.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        credentials: IndexMap<String, Credential>,
        /// The request that begins a session.
        login: Login,
        /// What later requests carry, by the name of the header, query parameter or cookie.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        carry: IndexMap<String, SessionKey>,
        /// Method and path of the request that ends a session. It carries what every request of the session carries.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^(GET|POST|PUT|PATCH|DELETE) /[^\s?#{}]*$"), example = &"DELETE /api/session"))]
        logout: Option<String>,
        /// How long a session lasts, in seconds. Default: until a request is refused with 401.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        lifetime_seconds: Option<u32>,
    }
    forms(this) {
        Form::usual(declared(&this.credentials))
    }
}

/// The request that begins a session.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Login {
    /// Method and path on the server.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^(GET|POST|PUT|PATCH|DELETE) /[^\s?#{}]*$"), example = &"POST /api/login"))]
    pub request: String,
    /// Headers. Values may hold credentials as `{name}`; `{basic}` is the base64 text of `username:password`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// How the fields are written. Default: `json`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub body: SessionBody,
    /// The fields of the body, by name. Values may hold credentials as `{name}`. Default: no body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub fields: IndexMap<String, String>,
}

/// How a login's fields are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SessionBody {
    /// A JSON object of texts.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
}

/// What requests of a session carry, and where the login gave it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SessionKey {
    /// Where it travels: `header`, `query` or `cookie`.
    #[serde(rename = "in")]
    pub location: KeyLocation,
    /// What stands before it, its space included.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub prefix: Option<String>,
    /// Where the answer to the login holds it.
    pub from: TokenPlace,
}

/// A place in the answer to a login.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TokenPlace {
    /// The JSON pointer of a text or number in the body.
    Body(String),
    /// The name of a response header.
    Header(String),
    /// The name of a cookie that is set.
    Cookie(String),
}
