//! HTTP Digest (RFC 7616).

mod challenge;
mod state;
#[cfg(test)]
mod tests;

use http::HeaderMap;

use super::{Carried, Prepared, Scheme, Setup, Signer};
use crate::auth::{Credentials, Problem, Signable};
use crate::descriptor::scheme::Digest;
use state::DigestState;

impl Scheme for Digest {
    fn may_be_empty(&self, _: &str) -> bool {
        true
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

    fn prepare(&'static self, _: &Credentials, _: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        Ok(Prepared::Signed(Box::new(DigestState::default())))
    }
}

impl Signer for DigestState {
    fn sign(
        &self,
        credentials: &Credentials,
        request: &mut Signable<'_>,
        _: &str,
    ) -> Result<u64, Problem> {
        Ok(self.answer(credentials.value("username"), credentials.value("password"), request))
    }

    fn challenged(&self, answered: u64, headers: &HeaderMap) -> bool {
        self.may_be_sent_again(answered, headers)
    }
}
