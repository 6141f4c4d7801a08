//! Lines of `name: value` over TCP, read as JSON.

use serde_json::json;

use super::{Content, Kind, Shown, typed};
use crate::catalog::Output;

/// Lines of `name: value` over TCP, read as JSON.
pub(super) struct Fields;

impl Kind for Fields {
    fn shown(&self) -> Shown {
        Shown::ExampleOrType
    }

    fn sentence(&self, output: &Output) -> String {
        typed("Lines of `name: value`, converted to JSON", output)
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
        // Fields are what lines over TCP have, which no document describes.
        Content::Opaque(json!({ "type": "string" }))
    }
}
