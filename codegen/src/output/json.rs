//! JSON.

use super::{Content, Kind, Shown, typed};
use crate::catalog::Output;

/// JSON.
pub(super) struct Json;

impl Kind for Json {
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
