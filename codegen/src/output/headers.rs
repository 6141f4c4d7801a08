//! Response headers, as an object.

use super::{Content, Kind, Shown, typed};
use crate::catalog::Output;

/// Response headers, as an object.
pub(super) struct Headers;

impl Kind for Headers {
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
