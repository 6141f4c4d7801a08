//! Bytes, a file.

use super::Kind;
use crate::protocol::Protocol;

/// Bytes, a file.
pub(super) struct Binary;

impl Kind for Binary {
    fn name(&self) -> &'static str {
        "binary"
    }

    fn accept(&self) -> &'static str {
        "application/octet-stream"
    }

    fn is_structured(&self) -> bool {
        false
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }
}
