//! Response headers, as an object.

use super::Kind;
use crate::protocol::Protocol;

/// Response headers, as an object.
pub(super) struct Headers;

impl Kind for Headers {
    fn name(&self) -> &'static str {
        "headers"
    }

    fn accept(&self) -> &'static str {
        "*/*"
    }

    fn is_structured(&self) -> bool {
        true
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }
}
