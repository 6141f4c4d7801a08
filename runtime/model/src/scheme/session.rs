//! Sessions: a login request gives what later requests carry.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::credential::declared;
use super::{Credential, Form, KeyLocation, Scheme, authentication};

authentication! {
    /// A login request returns the token or cookie of later requests. The client logs in when required, and again when the session has expired.
    Session {
        /// The credentials, by snake case names.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        credentials: IndexMap<String, Credential>,
        /// The login request.
        login: Login,
        /// The values that later requests send, by the name of the header, query parameter or cookie.
        #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
        carry: IndexMap<String, SessionKey>,
        /// Method and path of the logout request. It sends the same values as all requests of the session.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^(GET|POST|PUT|PATCH|DELETE) /[^\s?#{}]*$"), example = &"DELETE /api/session"))]
        logout: Option<String>,
        /// How long a session lasts, in seconds. Default: until a request returns 401.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        lifetime_seconds: Option<u32>,
    }
    forms(this) {
        Form::usual(declared(&this.credentials))
    }
}

/// The login request.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Login {
    /// Method and path on the server.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^(GET|POST|PUT|PATCH|DELETE) /[^\s?#{}]*$"), example = &"POST /api/login"))]
    pub request: String,
    /// Headers. Values may contain credentials as `{name}`; `{basic}` is the base64 text of `username:password`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub headers: IndexMap<String, String>,
    /// The encoding of the fields. Default: `json`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub body: SessionBody,
    /// The fields of the body, by name. Values may contain credentials as `{name}`. Default: no body.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub fields: IndexMap<String, String>,
}

/// The encoding of a login's fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SessionBody {
    /// A JSON object of strings.
    #[default]
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
}

/// A value that requests of a session send, and where the login response contains it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SessionKey {
    /// Its location: `header`, `query` or `cookie`.
    #[serde(rename = "in")]
    pub location: KeyLocation,
    /// Its prefix, including the space.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub prefix: Option<String>,
    /// Where the login response contains it.
    pub from: TokenPlace,
}

/// A place in a login response.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum TokenPlace {
    /// The JSON pointer of a string or number in the body.
    Body(String),
    /// The name of a response header.
    Header(String),
    /// The name of a cookie.
    Cookie(String),
}
