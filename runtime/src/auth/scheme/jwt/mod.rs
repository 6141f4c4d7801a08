//! JSON Web Tokens (RFC 7519) that the client signs, in the compact form of RFC 7515.

mod signed_token;
#[cfg(test)]
mod tests;

use secrecy::SecretString;

use super::{Carried, Prepared, Scheme, Setup, TokenSource};
use crate::auth::token_cache::Grant;
use crate::auth::{Credentials, Problem, Signable};
use crate::client::Client;
use crate::descriptor::scheme::Jwt;
use crate::transport::BoxFuture;

pub(super) use signed_token::SignedToken;

impl Scheme for Jwt {
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
        let token = SignedToken::new(credentials, &self.token).map_err(|problem| vec![problem])?;
        Ok(Prepared::Cached(Box::new(Source { prefix: self.token_prefix(), token })))
    }
}

/// Signs a token when the last one ends.
struct Source {
    prefix: &'static str,
    token: SignedToken,
}

impl TokenSource for Source {
    fn obtain<'a>(
        &'a self,
        credentials: &'a Credentials,
        _: &'a Client,
    ) -> BoxFuture<'a, Result<Grant, Problem>> {
        Box::pin(async { self.token.grant(credentials) })
    }

    fn can_renew(&self) -> bool {
        true
    }

    fn carry(&self, grant: &Grant, request: &mut Signable<'_>, _: &str) -> Result<(), Problem> {
        request.carrier().authorization([self.prefix, " ", grant.first()].concat())
    }

    fn secrets(&self) -> Vec<SecretString> {
        Vec::new()
    }

    fn end<'a>(&'a self, _: &'a Grant, _: &'a Client) -> BoxFuture<'a, Result<(), Problem>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
