//! OAuth 2 (RFC 6749).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::credential::declared;
use super::{Credential, Form, JwtToken, Scheme, authentication};

authentication! {
    /// OAuth 2. The client asks for access tokens, keeps them, and renews them before they end.
    OAuth2 {
        /// The flow that gives the token.
        flow: OAuth2Flow,
        /// Where the token is asked for. `{name}` stands for a variable of the servers; an address that begins with `/` is on the
        /// server itself.
        #[cfg_attr(feature = "schema", schemars(example = &"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"))]
        token_url: String,
        /// Where the user grants access, in the authorization code flow. May hold variables too.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        authorization_url: Option<String>,
        /// How the client proves itself to the token address. Default: `basic`.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        client_authentication: ClientAuthentication,
        /// Every scope that an action may name, with its meaning.
        scopes: IndexMap<String, String>,
        /// The scopes that a token is asked for, where the vendor wants them named. Default: none, which means all that were granted.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        default_scopes: Vec<String>,
        /// What the token request carries besides: form fields by name. Values may hold variables of the servers.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        parameters: IndexMap<String, String>,
        /// What the user gives in the `jwtBearer` flow, by snake case names.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        credentials: IndexMap<String, Credential>,
        /// The token that the client signs in the `jwtBearer` flow.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        assertion: Option<JwtToken>,
    }
    forms(this) {
        const TOKEN: (&str, &str, bool) = ("token", "Access token", false);
        const ID: (&str, &str, bool) = ("client_id", "Client ID", true);
        const SECRET: (&str, &str, bool) = ("client_secret", "Client secret", false);
        match this.flow {
            OAuth2Flow::AuthorizationCode => vec![
                Form::new("", [TOKEN]),
                Form::new("refresh", [ID, SECRET, ("refresh_token", "Refresh token", false)]),
                Form::new(
                    "code",
                    [
                        ID,
                        SECRET,
                        ("code", "Code", false),
                        ("redirect_uri", "Callback address", true),
                    ],
                ),
            ],
            OAuth2Flow::ClientCredentials => {
                vec![Form::new("", [ID, SECRET]), Form::new("token", [TOKEN])]
            }
            OAuth2Flow::JwtBearer => {
                let mut forms = Form::usual(declared(&this.credentials));
                forms.push(Form::new("token", [TOKEN]));
                forms
            }
        }
    }
}

/// OAuth 2 flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum OAuth2Flow {
    /// RFC 6749, section 4.1. The user gives an access token; or a refresh token, or a code, with the client's id and secret.
    AuthorizationCode,
    /// RFC 6749, section 4.4. The user gives the client's id and secret.
    ClientCredentials,
    /// RFC 7523, section 2.1: service accounts. The client signs an assertion with the account's key.
    JwtBearer,
}

/// How a client proves itself when it asks for a token (RFC 6749, section 2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ClientAuthentication {
    /// HTTP Basic, with id and secret.
    #[default]
    Basic,
    /// The form fields `client_id` and `client_secret`.
    Body,
}
