//! Lines of `name: value` over TCP, read as JSON.

use super::Kind;
use crate::protocol::Protocol;

/// Lines of `name: value` over TCP, read as JSON.
pub(super) struct Fields;

impl Kind for Fields {
    fn name(&self) -> &'static str {
        "fields"
    }

    fn accept(&self) -> &'static str {
        "text/*"
    }

    fn is_structured(&self) -> bool {
        true
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Tcp
    }
}
