//! HTTP Digest (RFC 7616).

use serde::{Deserialize, Serialize};

use super::{Credential, Form, Scheme, authentication};

authentication! {
    /// HTTP Digest (RFC 7616).
    Digest {
        /// The user name.
        username: Credential,
        /// The password.
        password: Credential,
    }
    forms(this) {
        Form::usual([("username", &this.username.shown()), ("password", &this.password)])
    }
}
