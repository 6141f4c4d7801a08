//! XML, read as JSON.

use super::{Content, Kind, Shown, typed};
use crate::catalog::Output;

/// XML, read as JSON.
pub(super) struct Xml;

impl Kind for Xml {
    fn shown(&self) -> Shown {
        Shown::ExampleOrType
    }

    fn sentence(&self, output: &Output) -> String {
        typed("XML, converted to JSON", output)
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
        Content::Xml
    }
}
