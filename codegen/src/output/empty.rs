//! No response body.

use super::{Content, Kind, Shown};
use crate::catalog::Output;

/// No response body.
pub(super) struct Empty;

impl Kind for Empty {
    fn shown(&self) -> Shown {
        Shown::NoExample
    }

    fn sentence(&self, _: &Output) -> String {
        "No response body. A 2xx status means success.".to_owned()
    }

    fn marker(&self) -> Option<&'static str> {
        Some("Empty")
    }

    fn sample(&self) -> &'static str {
        "status()"
    }

    fn success(&self) -> &'static str {
        "Success, and nothing more."
    }

    fn content(&self) -> Content {
        Content::Nothing
    }
}
