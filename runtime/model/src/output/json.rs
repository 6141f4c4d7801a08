//! JSON.

use super::Kind;
use crate::protocol::Protocol;

/// JSON.
pub(super) struct Json;

impl Kind for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn accept(&self) -> &'static str {
        "application/json"
    }

    fn is_structured(&self) -> bool {
        true
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        matches!(protocol, Protocol::Http | Protocol::Tds)
    }
}
