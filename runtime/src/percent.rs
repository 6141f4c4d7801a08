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
const TEMPLATE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// Everything that is no `cookie-octet` (RFC 6265), and the percent sign itself.
const COOKIE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

fn encoded<'a>(text: &'a str, set: &'static AsciiSet) -> Cow<'a, str> {
    let mut pieces = utf8_percent_encode(text, set);
    let first = pieces.next().unwrap_or_default();
    if first == text {
        return Cow::Borrowed(text);
    }
    let mut encoded = String::with_capacity(2 * text.len() + first.len());
    encoded.push_str(first);
    encoded.extend(pieces);
    Cow::Owned(encoded)
}

/// A value in a path, query or form.
pub(crate) fn value(text: &str) -> Cow<'_, str> {
    encoded(text, RESERVED)
}

/// A value in a path that spans segments: its slashes stay.
pub(crate) fn segments(text: &str) -> Cow<'_, str> {
    encoded(text, SEGMENTS)
}

/// The name of a query or form parameter.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    encoded(text, NAME)
}

/// The constant part of a path.
pub(crate) fn template(text: &str) -> Cow<'_, str> {
    encoded(text, TEMPLATE)
}

/// A value in a cookie.
pub(crate) fn cookie(text: &str) -> Cow<'_, str> {
    encoded(text, COOKIE)
}
