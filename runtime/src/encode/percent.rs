//! Percent-encoding (RFC 3986), a set of bytes for each place.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters: what is left cannot be taken for syntax anywhere in an address.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same with slashes.
const SEGMENTS: &AsciiSet = &RESERVED.remove(b'/');
/// Names come from specs; vendors document `$filter` and `page:size` as they are.
const NAME: &AsciiSet = &RESERVED.remove(b'$').remove(b':').remove(b'@').remove(b'/');
/// What a path template may hold as it is. Its percent signs are its own.
const TEMPLATE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
/// Everything that is no `cookie-octet` (RFC 6265), and the percent sign itself.
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

/// A value in a path, query or form.
pub(crate) fn value(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// A value in a path that spans segments: its slashes stay.
pub(super) fn segments(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, SEGMENTS).into()
}

/// The name of a query or form parameter.
pub(super) fn name(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, NAME).into()
}

/// The constant part of a path.
pub(super) fn template(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, TEMPLATE).into()
}

/// A value in a cookie.
pub(super) fn cookie(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, COOKIE).into()
}
