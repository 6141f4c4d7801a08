//! Text.

use super::Kind;
use crate::protocol::Protocol;

/// Text.
pub(super) struct Text;

impl Kind for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn accept(&self) -> &'static str {
        "text/*"
    }

    fn is_structured(&self) -> bool {
        false
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        matches!(protocol, Protocol::Http | Protocol::Tcp)
    }
}
