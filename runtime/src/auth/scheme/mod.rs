//! Authentication schemes: how the client authenticates its requests.
//!
//! One file a scheme, with the name that it has in the model, the generator and the mock server, and one row each in the table below.
//! What belongs here: whatever a client does for a scheme. What does not: what an author declares (the model), when tokens are cached and
//! renewed (`token_cache`), and when a request is authenticated (`attempt`).
//!
//! A scheme [prepares](Scheme::prepare) what its credentials are used for. There are four kinds of use, each a trait or a variant of
//! [`Prepared`].

mod api_key;
#[cfg(feature = "aws")]
mod aws_sig_v4;
mod basic;
mod bearer;
mod client_certificate;
#[cfg(feature = "digest")]
mod digest;
#[cfg(feature = "jwt")]
mod jwt;
mod oauth2;
#[cfg(feature = "oci")]
mod oci_signature;
mod session;
#[cfg(feature = "hmac")]
mod signature;
#[cfg(test)]
mod tests;

use http::HeaderMap;
use secrecy::SecretString;

use super::token_cache::Grant;
use super::{Carrier, Credentials, Problem, Signable};
use crate::client::Client;
use crate::descriptor::Authentication;
use crate::transport::BoxFuture;

pub(crate) use oauth2::RefreshHook;
#[cfg(feature = "hmac")]
pub(crate) use signature::hash_text;

/// What a scheme does with the credentials of a client. No method has a default, so that a new scheme cannot omit one.
pub(super) trait Scheme: Sync {
    /// Whether a credential may be empty, although it is not declared optional.
    fn may_be_empty(&self, credential: &str) -> bool;

    /// Where a credential is sent as the user gave it.
    fn carried(&self, credential: &str) -> Carried;

    /// The names of the query parameters that carry credentials.
    fn query_keys(&self) -> Vec<&str>;

    /// What else is wrong with the credentials. The message contains no secret.
    fn check(&self, credentials: &Credentials) -> Option<String>;

    /// Prepares the use of credentials that passed all checks. Returns everything that is wrong, without secrets.
    fn prepare(
        &'static self,
        credentials: &Credentials,
        setup: &Setup<'_>,
    ) -> Result<Prepared, Vec<String>>;
}

/// Where a credential is sent as the user gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    /// Nowhere, or encoded so that it may contain any character.
    Computed,
    /// In a header.
    InHeader,
    /// In a cookie.
    InCookie,
}

/// The settings of a client that schemes are prepared with.
pub(crate) struct Setup<'a> {
    /// Fills the servers' variables into a text; or returns what is wrong with them.
    pub(crate) fill: &'a dyn Fn(&'static str) -> Result<String, Vec<String>>,
    /// The same for an address, which no variable may move to another host.
    pub(crate) address: &'a dyn Fn(&'static str) -> Result<String, Vec<String>>,
    /// The address of a server.
    pub(crate) server: &'a dyn Fn(Option<&'static str>) -> Result<String, String>,
    /// Replaces the token address.
    pub(crate) token_url: Option<Result<String, String>>,
    /// Receives new refresh tokens.
    pub(crate) hook: Option<RefreshHook>,
}

/// How credentials are used.
pub(super) enum Prepared {
    /// They are written when a request is built.
    Fixed(Box<dyn Fixed>),
    /// TLS presents a certificate; requests carry nothing.
    Tls {
        /// The certificate with its chain, PEM.
        certificate: SecretString,
        /// Its private key, PEM.
        key: SecretString,
    },
    /// Each attempt is signed.
    #[cfg_attr(
        not(any(feature = "aws", feature = "digest", feature = "hmac", feature = "oci")),
        expect(dead_code, reason = "no signing scheme is compiled in")
    )]
    Signed(Box<dyn Signer>),
    /// A token or session is obtained, cached and renewed.
    Cached(Box<dyn TokenSource>),
}

/// Credentials that are the same in every request.
pub(super) trait Fixed: Send + Sync {
    /// Writes them.
    fn write(&self, credentials: &Credentials, carrier: &mut Carrier<'_>) -> Result<(), Problem>;
}

/// Credentials that sign each attempt.
pub(super) trait Signer: Send + Sync {
    /// Signs a request to a server. Returns the number of the challenge that was answered; 0 if there was none.
    fn sign(
        &self,
        credentials: &Credentials,
        request: &mut Signable<'_>,
        server: &str,
    ) -> Result<u64, Problem>;

    /// Whether a request that answered a challenge of this number, and that the server refused, may be sent again.
    fn challenged(&self, answered: u64, headers: &HeaderMap) -> bool;
}

/// Credentials that a token, temporary keys or a session are obtained with.
pub(super) trait TokenSource: Send + Sync {
    /// Obtains them.
    fn obtain<'a>(
        &'a self,
        credentials: &'a Credentials,
        client: &'a Client,
    ) -> BoxFuture<'a, Result<Grant, Problem>>;

    /// Whether they can be obtained again.
    fn can_renew(&self) -> bool;

    /// Adds them to a request to a server.
    fn carry(&self, grant: &Grant, request: &mut Signable<'_>, server: &str)
    -> Result<(), Problem>;

    /// Secrets of the source itself, in addition to the credentials and the cached values.
    fn secrets(&self) -> Vec<SecretString>;

    /// Ends them on the server, if the vendor supports that.
    fn end<'a>(
        &'a self,
        grant: &'a Grant,
        client: &'a Client,
    ) -> BoxFuture<'a, Result<(), Problem>>;
}

/// Declares the table of schemes. A scheme with a feature is in the table only if that feature is enabled.
macro_rules! schemes {
    ($($variant:ident $(if $feature:literal)?,)*) => {
        /// The scheme of a declaration; or the Cargo feature that it needs.
        pub(super) fn of(
            declared: &'static Authentication,
        ) -> Result<&'static dyn Scheme, &'static str> {
            match declared {
                $(
                    $(#[cfg(feature = $feature)])?
                    Authentication::$variant(scheme) => Ok(scheme),
                    $(
                        #[cfg(not(feature = $feature))]
                        Authentication::$variant(_) => Err($feature),
                    )?
                )*
            }
        }
    };
}

schemes! {
    Basic,
    Bearer,
    ApiKey,
    Oauth2,
    Jwt if "jwt",
    AwsSigV4 if "aws",
    Signature if "hmac",
    OciSignature if "oci",
    Session,
    Digest if "digest",
    ClientCertificate,
}
