//! Which features of the runtime a protocol needs, as Cargo names them.

use crate::catalog::Wire;

/// The feature that a request of a protocol needs.
pub(super) fn protocol(wire: &Wire) -> Option<&'static str> {
    match wire {
        Wire::Http => None,
        Wire::Tcp(_) => Some("tcp"),
        Wire::Sql(_) => Some("tds"),
    }
}
