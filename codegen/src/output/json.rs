//! JSON.

use super::{Content, Kind, Shown, typed};
use crate::catalog::{Output, Protocol};

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

    fn shown(&self) -> Shown {
        Shown::ExampleOrType
    }

    fn sentence(&self, output: &Output) -> String {
        typed("JSON", output)
    }

    fn marker(&self) -> Option<&'static str> {
        None
    }

    fn sample(&self) -> &'static str {
        "output()?"
    }

    fn success(&self) -> &'static str {
        "Success."
    }

    fn content(&self) -> Content {
        Content::Json
    }
}
