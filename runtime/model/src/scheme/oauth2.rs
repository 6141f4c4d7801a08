//! OAuth 2 (RFC 6749).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::credential::declared;
use super::{Credential, Form, JwtToken, Scheme, authentication};

authentication! {
    /// OAuth 2. The client requests access tokens, caches them, and renews them before they expire.
    OAuth2 {
        /// The flow that issues the token.
        flow: OAuth2Flow,
        /// The token URL. `{name}` is replaced by a variable of the servers; a URL that starts with `/` is on the
        /// server itself.
        #[cfg_attr(feature = "schema", schemars(example = &"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"))]
        token_url: String,
        /// The authorization URL of the authorization code flow. It may contain variables too.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        authorization_url: Option<String>,
        /// How the client authenticates at the token URL. Default: `basic`.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        client_authentication: ClientAuthentication,
        /// The scopes that actions may list, with their meaning.
        scopes: IndexMap<String, String>,
        /// The scopes to request with a token, if the vendor requires them. Default: none, which means all granted scopes.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        default_scopes: Vec<String>,
        /// Further form fields of the token request, by name. Values may contain variables of the servers.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        parameters: IndexMap<String, String>,
        /// The credentials of the `jwtBearer` flow, by snake case names.
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
    /// RFC 6749, section 4.1. The user provides an access token; or a refresh token or a code, with the client's ID and secret.
    AuthorizationCode,
    /// RFC 6749, section 4.4. The user provides the client's ID and secret.
    ClientCredentials,
    /// RFC 7523, section 2.1: service accounts. The client signs an assertion with the account's key.
    JwtBearer,
}

/// How a client authenticates token requests (RFC 6749, section 2.3.1).
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
