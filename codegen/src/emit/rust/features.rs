//! Which features of the runtime a protocol needs, as Cargo names them.

use crate::catalog::Request;

/// The feature that a request of a protocol needs.
pub(super) fn protocol(request: &Request) -> Option<&'static str> {
    match request {
        Request::Http(_) => None,
        Request::Line(_) => Some("tcp"),
        Request::Sql(_) => Some("tds"),
    }
}
