//! HTTP.

use actionspec_model::Checker;
use serde_json::Value;

use crate::descriptor::{Location, Parameter, Style};
use crate::encode::style;

pub(super) fn check(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value) {
    match parameter.location {
        Location::Path => check_path(checker, parameter, value),
        Location::Header => check_header(checker, parameter, value),
        Location::Body => {}
        Location::Query | Location::Cookie => check_items(checker, parameter.style, value),
    }
}

/// An empty segment, `.` and `..` name another resource than the one that is meant; servers and proxies resolve even their encoded forms.
fn check_path(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value) {
    let text = style::joined(value, parameter.style, style::plain);
    let climbs = |segment: &str| segment == "." || segment == "..";
    if parameter.style == Style::Segments && !text.is_empty() && text.split('/').any(climbs) {
        checker
            .report("path", "must not have a segment `.` or `..`, because it is part of the path");
    } else if text.is_empty() || climbs(&text) {
        checker.report("path", "must not be empty, `.` or `..`, because it is part of the path");
    }
    check_items(checker, parameter.style, value);
}

fn check_header(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value) {
    let text = style::joined(value, parameter.style, style::plain);
    if text.chars().any(|c| c.is_control() && c != '\t') {
        checker.report(
            "header",
            "must not hold line breaks or other control characters, because it is sent in a header",
        );
    }
    if let Value::Array(items) = value
        && items.iter().any(|item| style::text(item).contains(','))
    {
        checker
            .report("separator", "must not have items with a comma, because commas separate them");
    }
}

/// Commas in items are percent-encoded and the ones between items are not; of the other separators vendors see only the decoded form.
fn check_items(checker: &mut Checker<'_>, style: Style, value: &Value) {
    let separator = match style {
        Style::Pipe => '|',
        Style::Space => ' ',
        _ => return,
    };
    if let Value::Array(items) = value
        && items.iter().any(|item| style::text(item).contains(separator))
    {
        checker.report(
            "separator",
            format!("must not have items with `{separator}`, because it separates them"),
        );
    }
}
