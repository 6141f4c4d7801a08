//! A client certificate (mutual TLS, RFC 8446, section 4.4.2).

use super::{Carried, Prepared, Scheme, Setup};
use crate::auth::Credentials;
use crate::descriptor::scheme::ClientCertificate;

impl Scheme for ClientCertificate {
    fn may_be_empty(&self, _: &str) -> bool {
        false
    }

    fn carried(&self, _: &str) -> Carried {
        Carried::Computed
    }

    fn query_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(
        &'static self,
        credentials: &Credentials,
        _: &Setup<'_>,
    ) -> Result<Prepared, Vec<String>> {
        Ok(Prepared::Tls {
            certificate: credentials.value("certificate").into(),
            key: credentials.value("private_key").into(),
        })
    }
}
