//! Response headers, as an object.

use super::{Content, Kind, Shown, typed};
use crate::catalog::{Output, Protocol};

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

    fn shown(&self) -> Shown {
        Shown::ExampleOrType
    }

    fn sentence(&self, output: &Output) -> String {
        typed("Response headers, as JSON", output)
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
        Content::Nothing
    }
}
