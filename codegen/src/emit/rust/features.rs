//! Which features of the runtime an integration needs, as Cargo names them.

use crate::catalog::Wire;
use crate::spec::Authentication;

/// The feature that an authentication scheme needs.
pub(super) fn authentication(scheme: &Authentication) -> Option<&'static str> {
    match scheme {
        Authentication::Jwt(_) => Some("jwt"),
        Authentication::Oauth2(scheme) => scheme.assertion.as_ref().map(|_| "jwt"),
        Authentication::AwsSigV4(_) => Some("aws"),
        Authentication::Signature(_) => Some("hmac"),
        Authentication::Digest(_) => Some("digest"),
        Authentication::Basic(_)
        | Authentication::Bearer(_)
        | Authentication::ApiKey(_)
        | Authentication::Session(_)
        | Authentication::ClientCertificate(_) => None,
    }
}

/// The feature that a request of a protocol needs.
pub(super) fn protocol(wire: &Wire) -> Option<&'static str> {
    match wire {
        Wire::Http => None,
        Wire::Tcp(_) => Some("tcp"),
        Wire::Sql(_) => Some("tds"),
    }
}
