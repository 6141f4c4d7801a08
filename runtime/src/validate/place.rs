//! What a value's place in the request forbids, beyond its type.

use actionspec_model::Checker;
use serde_json::Value;

use crate::descriptor::{Line, Location, Parameter, Request, Sql, Step, Style};
use crate::encode::{is_host, style};
use crate::sql;

pub(super) fn check(
    checker: &mut Checker<'_>,
    parameter: &Parameter,
    value: &Value,
    step: Option<&Step>,
) {
    match step.map(|step| &step.request) {
        Some(Request::Line(line)) => return check_line(checker, parameter, value, line),
        Some(Request::Sql(sql)) => return check_sql(checker, parameter, value, sql),
        Some(Request::Http(_)) | None => {}
    }
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

/// A line break would begin another line.
fn check_line(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value, line: &Line) {
    if style::text(value).chars().any(char::is_control) {
        checker.report(
            "line",
            "must not hold line breaks or other control characters, because it is sent in a line",
        );
    } else if line.host_names.contains(&parameter.key) && !is_host(value) {
        checker.report("host_name", "must be a host name");
    }
}

/// Names are no values: they cannot be bound, so they must be names and nothing else.
fn check_sql(checker: &mut Checker<'_>, parameter: &Parameter, value: &Value, sql: &Sql) {
    match value {
        Value::String(name) if sql.procedure_from.as_ref() == Some(&parameter.key) => {
            if !sql::is_procedure(name) {
                checker.report(
                    "procedure",
                    "must name a stored procedure, with or without database and schema",
                );
            }
        }
        Value::Object(arguments) if sql.arguments_from.as_ref() == Some(&parameter.key) => {
            for (name, argument) in arguments {
                if let Err(problem) = sql::argument(name, argument) {
                    checker.report(
                        "argument",
                        format!("must be arguments of SQL: `{}` {problem}", name.escape_debug()),
                    );
                }
            }
        }
        _ if sql.statement_from.as_ref() == Some(&parameter.key) => {}
        value => {
            let sql_type = parameter.sql_type.as_deref().unwrap_or_default();
            if let Err(problem) = sql::bind(sql_type, value) {
                checker.report("sql_type", problem);
            }
        }
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
