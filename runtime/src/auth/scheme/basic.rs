//! HTTP Basic (RFC 7617), and the login of TDS.

use super::{Carried, Fixed, Prepared, Scheme, Setup};
use crate::auth::credentials::basic;
use crate::auth::{Carrier, Credentials, Problem};
use crate::descriptor::scheme::BasicAuthentication;

impl Scheme for BasicAuthentication {
    fn may_be_empty(&self, _: &str) -> bool {
        true
    }

    fn carried(&self, _: &str) -> Carried {
        Carried::InHeader
    }

    fn query_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    fn check(&self, credentials: &Credentials) -> Option<String> {
        let colon = credentials.value("username").contains(':');
        colon.then(|| "the user name must not contain a colon".to_owned())
    }

    fn prepare(&'static self, _: &Credentials, _: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        Ok(Prepared::Fixed(Box::new(Basic)))
    }
}

struct Basic;

impl Fixed for Basic {
    fn write(&self, credentials: &Credentials, carrier: &mut Carrier<'_>) -> Result<(), Problem> {
        let pair = basic(credentials.value("username"), credentials.value("password"));
        carrier.authorization(["Basic ", &pair].concat())
    }
}
