//! Requests that are not HTTP: what of the runtime they need.

use crate::catalog::Wire;

/// The feature of the runtime that sends such requests.
pub(super) fn feature(wire: &Wire) -> Option<&'static str> {
    match wire {
        Wire::Http => None,
        Wire::Tcp(_) => Some("tcp"),
        Wire::Sql(_) => Some("tds"),
    }
}
