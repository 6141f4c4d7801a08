//! HTTP signatures of Oracle Cloud Infrastructure (draft-cavage-http-signatures-08).

use serde::{Deserialize, Serialize};

use super::{Credential, Form, Scheme, authentication};

authentication! {
    /// HTTP signatures of Oracle Cloud Infrastructure.
    OciSignature {
        /// The OCID of the tenancy.
        tenancy: Credential,
        /// The OCID of the user.
        user: Credential,
        /// The fingerprint of the public key that the user has uploaded.
        fingerprint: Credential,
        /// The private key, PEM without a passphrase.
        private_key: Credential,
    }
    forms(this) {
        Form::usual([
            ("tenancy", &this.tenancy.shown()),
            ("user", &this.user.shown()),
            ("fingerprint", &this.fingerprint.shown()),
            ("private_key", &this.private_key),
        ])
    }
}
