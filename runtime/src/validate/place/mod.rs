//! What a value's place in the request forbids, beyond its type: a file for each protocol.

mod http;
mod line;
mod sql;

use actionspec_model::Checker;
use serde_json::Value;

use crate::descriptor::{Parameter, Request, Step};

pub(super) fn check(
    checker: &mut Checker<'_>,
    parameter: &Parameter,
    value: &Value,
    step: Option<&Step>,
) {
    match step.map(|step| &step.request) {
        Some(Request::Http(_)) | None => http::check(checker, parameter, value),
        Some(Request::Line(request)) => line::check(checker, parameter, value, request),
        Some(Request::Sql(request)) => sql::check(checker, parameter, value, request),
    }
}
