//! Bytes, a file.

use serde_json::json;

use super::{Content, Kind, Shown};
use crate::catalog::Output;
use crate::markdown::code;

/// Bytes, a file.
pub(super) struct Binary;

impl Kind for Binary {
    fn shown(&self) -> Shown {
        Shown::NoExample
    }

    fn sentence(&self, output: &Output) -> String {
        match &output.media_type {
            Some(media_type) => format!("Binary data of type {}.", code(media_type)),
            None => "Binary data.".to_owned(),
        }
    }

    fn marker(&self) -> Option<&'static str> {
        Some("Binary")
    }

    fn sample(&self) -> &'static str {
        "bytes().len()"
    }

    fn success(&self) -> &'static str {
        "Success."
    }

    fn content(&self) -> Content {
        Content::Opaque(json!({ "type": "string", "format": "binary" }))
    }
}
