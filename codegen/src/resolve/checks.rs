//! What several files check: the spelling of ids and headers, and that names in requests have parameters and parameters a place.

use actionspec_model::is_framing_header;

use crate::catalog::{Parameter, names};
use crate::diagnostics::Code;
use crate::report::{Report, join};

/// An id is a file's or folder's name, so its place is the file as a whole.
pub(super) fn check_id(id: &str, what: &str, report: &mut Report) {
    if names::is_device(id) {
        report
            .error_at_key(
                Code::BadId,
                "",
                format!("`{id}` cannot be the name of a file on Windows"),
            )
            .help("rename it");
    } else if !names::is_id(id) {
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

/// The value of a header that never varies: without control characters, since a line end would begin another header.
pub(super) fn check_header_value(value: &str, pointer: &str, report: &mut Report) {
    if value.contains(char::is_control) {
        report
            .error(Code::BadLocation, pointer, "a header must not contain control characters")
            .note("see RFC 9110, section 5.5");
    }
}

/// Whether a segment of a path is `.` or `..`, as it is written or percent-encoded: servers and proxies take the one for the other.
pub(super) fn is_relative(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    matches!(plain.as_str(), "." | "..")
}

pub(super) fn missing<'p>(
    name: &str,
    place: &str,
    written: &str,
    pointer: &str,
    parameters: impl Iterator<Item = &'p Parameter>,
    report: &mut Report,
) {
    let known: Vec<&str> = parameters.map(|parameter| parameter.key.as_str()).collect();
    let help = match crate::report::nearest(name, &known) {
        Some(near) => format!("did you mean `{}`?", written.replace(name, near)),
        None => format!("add `{name}` to `parameters`"),
    };
    let message = format!("{place} refers to the unknown parameter `{written}`");
    report.error(Code::PathVariable, pointer, message).help(help);
}

pub(super) fn unplaced(parameter: &Parameter, place: &str, written: &str, report: &mut Report) {
    let message = format!("{place} does not use the parameter `{}`", parameter.key);
    report
        .error_at_key(Code::BadLocation, &join("/parameters", &parameter.key), message)
        .help(format!("write `{written}` where its value belongs, or remove the parameter"));
}

pub(super) fn not_bound(parameter: &Parameter, what: &str, report: &mut Report) {
    let message = format!("`{}` cannot be bound: it must be {what}", parameter.key);
    report.error_at_key(Code::BadLocation, &join("/parameters", &parameter.key), message);
}
