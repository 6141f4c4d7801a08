//! HTTP Basic (RFC 7617).

use serde::{Deserialize, Serialize};

use super::{Credential, Form, Scheme, authentication};

authentication! {
    /// HTTP Basic (RFC 7617).
    BasicAuthentication {
        /// The user name.
        username: Credential,
        /// The password.
        password: Credential,
    }
    forms(this) {
        Form::usual([("username", &this.username.shown()), ("password", &this.password)])
    }
}
