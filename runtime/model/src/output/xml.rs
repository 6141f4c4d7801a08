//! XML, read as JSON.

use super::Kind;
use crate::protocol::Protocol;

/// XML, read as JSON.
pub(super) struct Xml;

impl Kind for Xml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn accept(&self) -> &'static str {
        "application/xml, text/xml"
    }

    fn is_structured(&self) -> bool {
        true
    }

    fn comes_over(&self, protocol: Protocol) -> bool {
        protocol == Protocol::Http
    }
}
