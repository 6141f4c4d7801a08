//! No response body.

use super::Kind;
use crate::protocol::Protocol;

/// No response body.
pub(super) struct Empty;

impl Kind for Empty {
    fn name(&self) -> &'static str {
        "empty"
    }

    fn accept(&self) -> &'static str {
        "*/*"
    }

    fn is_structured(&self) -> bool {
        false
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        matches!(protocol, Protocol::Http | Protocol::Tds)
    }
}
