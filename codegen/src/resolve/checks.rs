//! The spelling of ids, headers, which several files check.

use actionspec_model::is_framing_header;

use crate::catalog::names;
use crate::diagnostics::Code;
use crate::report::Report;

/// An id is a file's or folder's name, so its place is the file as a whole.
pub(super) fn check_id(id: &str, what: &str, report: &mut Report) {
    if !names::is_id(id) {
        report
            .error_at_key(
                Code::BadId,
                "",
                format!("`{id}` cannot be the id of an {what}").replace("an trigger", "a trigger"),
            )
            .help(
                "rename it: lower-case words with underscores, a letter first, at most \
                64 characters",
            )
            .note(
                "the id is the name of the file or folder, of the Rust method and of \
                the page",
            );
    }
}

/// Checks the name of a header that requests send: the client alone sets those that frame a message.
pub(super) fn check_request_header(name: &str, pointer: &str, report: &mut Report) {
    check_header(name, pointer, report);
    if is_framing_header(name) {
        report
            .error_at_key(Code::BadLocation, pointer, format!("`{name}` is set by the client"))
            .note("it frames the message: another value would let a request be read as two");
    }
}

/// A header's name is a token (RFC 9110, section 5.6.2).
pub(super) fn check_header(name: &str, pointer: &str, report: &mut Report) {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if name.is_empty() || !name.chars().all(token) {
        report
            .error_at_key(Code::BadLocation, pointer, format!("`{name}` cannot name a header"))
            .note("see RFC 9110, section 5.6.2");
    }
}
