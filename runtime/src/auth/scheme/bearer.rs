//! A token in the `Authorization` header (RFC 6750).

use super::{Carried, Fixed, Prepared, Scheme, Setup};
use crate::auth::{Carrier, Credentials, Problem};
use crate::descriptor::scheme::Bearer;

impl Scheme for Bearer {
    fn may_be_empty(&self, _: &str) -> bool {
        false
    }

    fn carried(&self, _: &str) -> Carried {
        Carried::InHeader
    }

    fn query_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(&'static self, _: &Credentials, _: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        Ok(fixed(self.token_prefix()))
    }
}

/// A token that the user gave, after a prefix.
pub(super) fn fixed(prefix: &'static str) -> Prepared {
    Prepared::Fixed(Box::new(Token { prefix }))
}

struct Token {
    prefix: &'static str,
}

impl Fixed for Token {
    fn write(&self, credentials: &Credentials, carrier: &mut Carrier<'_>) -> Result<(), Problem> {
        carrier.authorization([self.prefix, " ", credentials.value("token")].concat())
    }
}
