//! Names of headers: which of them no spec and no user may set.

/// The headers that frame a message or manage its connection (RFC 9110, sections 7.2, 7.6 and 8.6; RFC 9112, section 6). The client
/// computes them: another value would let a request be read as two.
pub const FRAMING_HEADERS: &[&str] = &[
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Whether a header frames a message or manages its connection.
#[must_use]
pub fn is_framing_header(name: &str) -> bool {
    FRAMING_HEADERS.iter().any(|framing| framing.eq_ignore_ascii_case(name))
}
