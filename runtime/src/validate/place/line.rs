//! Lines over TCP.

use actionspec_model::Checker;
use serde_json::Value;

use crate::descriptor::{Line, Parameter};
use crate::encode::{is_host, style};

/// A line break would begin another line.
pub(super) fn check(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value, line: &Line) {
    if style::text(value).chars().any(char::is_control) {
        checker.report(
            "line",
            "must not hold line breaks or other control characters, because it is sent in a line",
        );
    } else if line.host_names.contains(&parameter.key) && !is_host(value) {
        checker.report("host_name", "must be a host name");
    }
}
