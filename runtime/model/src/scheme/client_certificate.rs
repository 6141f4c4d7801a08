//! A client certificate (mutual TLS, RFC 8446, section 4.4.2).

use serde::{Deserialize, Serialize};

use super::{Credential, Form, Scheme, authentication};

authentication! {
    /// A client certificate (mutual TLS).
    ClientCertificate {
        /// The certificate with its chain, PEM.
        certificate: Credential,
        /// Its private key, PEM.
        private_key: Credential,
    }
    forms(this) {
        Form::usual([("certificate", &this.certificate), ("private_key", &this.private_key)])
    }
}
