//! Text.

use serde_json::json;

use super::{Content, Kind, Shown};
use crate::catalog::Output;

/// Text.
pub(super) struct Text;

impl Kind for Text {
    fn shown(&self) -> Shown {
        Shown::Either
    }

    fn sentence(&self, _: &Output) -> String {
        "Text.".to_owned()
    }

    fn marker(&self) -> Option<&'static str> {
        Some("Text")
    }

    fn sample(&self) -> &'static str {
        "text()"
    }

    fn success(&self) -> &'static str {
        "Success."
    }

    fn content(&self) -> Content {
        Content::Opaque(json!({ "type": "string" }))
    }
}
