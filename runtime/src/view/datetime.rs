//! Points in time, as vendors write them.

use std::fmt;

use jiff::Timestamp;

use super::{FromView, Mismatch, Typed, View};

/// A point in time as the vendor wrote it; it is parsed when asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DateTime<'a>(&'a str);

/// A text that is no point in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date and time of RFC 3339")]
pub struct InvalidDateTime(String);

impl<'a> DateTime<'a> {
    /// The text in the document.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.0
    }

    /// The time. Beside RFC 3339 it reads offsets without a colon (`+0000`) or without minutes (`+00`), and a space for the `T`.
    pub fn timestamp(self) -> Result<Timestamp, InvalidDateTime> {
        self.0.trim().parse().map_err(|_| InvalidDateTime(self.0.chars().take(64).collect()))
    }
}

impl fmt::Debug for DateTime<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for DateTime<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<'a> FromView<'a> for DateTime<'a> {
    fn from_view(view: View<'a>) -> Result<Self, Mismatch> {
        view.as_str().map(Self).ok_or_else(|| view.mismatch("a date and time"))
    }
}

impl Typed for DateTime<'static> {
    type Of<'a> = DateTime<'a>;
}
