//! Requests that are not HTTP: lines over TCP, and SQL.

use std::sync::LazyLock;

use regex::Regex;

use crate::catalog::{Output, Parameter, Step, Type};
use crate::catalog::{Protocol, Request};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{ActionSpec, IntegrationSpec, Line, Location, RequestLine, Sql};
use crate::text::placeholders;

/// The most referrals that an action may follow.
const MOST_REFERRALS: u32 = 5;

/// Types that parameters are bound as.
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static SQL_TYPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(bit|tinyint|smallint|int|bigint|real|float|date|time|datetime2|datetimeoffset|uniqueidentifier|xml|decimal\([1-9][0-9]?,[0-9]{1,2}\)|(nvarchar|varbinary)\(([1-9][0-9]{0,3}|max)\))$",
    )
    .unwrap()
});

/// What the servers of an integration speak.
pub(super) fn protocol(spec: &IntegrationSpec) -> Protocol {
    spec.servers.values().next().map_or(Protocol::Http, |server| Protocol::of(&server.url))
}

/// The step of a request that is not HTTP; `None` if it is.
pub(super) fn step(line: &RequestLine) -> Option<Step> {
    let (request, server) = match line {
        RequestLine::Line(_) | RequestLine::Full(_) => return None,
        RequestLine::Tcp(request) => (Request::Line(request.tcp.clone()), request.server.clone()),
        RequestLine::Sql(request) => (Request::Sql(request.sql.clone()), request.server.clone()),
    };
    Some(Step { server, request, ..Step::default() })
}

/// A request needs a server that understands it.
pub(super) fn check_protocol(
    line: &RequestLine,
    protocol: Protocol,
    pointer: &str,
    report: &mut Report,
) {
    let (wanted, what) = match line {
        RequestLine::Line(_) | RequestLine::Full(_) => (Protocol::Http, "an HTTP request"),
        RequestLine::Tcp(_) => (Protocol::Tcp, "a line over TCP"),
        RequestLine::Sql(_) => (Protocol::Tds, "a request in SQL"),
    };
    if wanted != protocol {
        let message = format!(
            "{what} requires `{}://` servers, but this integration has \
            `{}://` servers",
            wanted.scheme(),
            protocol.scheme()
        );
        report.error(Code::BadTransport, pointer, message).help(
            "write a request for this protocol, or correct `servers` in \
            `integration.yaml`",
        );
    }
}

/// Whether every name has a value and every parameter a place.
pub(super) fn settle(
    index: usize,
    step: &Step,
    pointer: &str,
    parameters: &[Parameter],
    captured: &[String],
    report: &mut Report,
) {
    let carried: Vec<&Parameter> =
        parameters.iter().filter(|parameter| parameter.step == index).collect();
    match &step.request {
        Request::Http(_) => {}
        Request::Line(tcp) => {
            settle_line(tcp, &join(pointer, "tcp"), parameters, &carried, captured, report);
        }
        Request::Sql(sql) => settle_sql(sql, &join(pointer, "sql"), &carried, report),
    }
    for parameter in carried.iter().filter(|_| !matches!(step.request, Request::Http(_))) {
        if parameter.location != Location::Body
            || !parameter.media_type.as_deref().unwrap_or_default().is_empty()
        {
            let message =
                format!("`{}` has an HTTP location, but the request is not HTTP", parameter.key);
            report
                .error_at_key(Code::BadLocation, &join("/parameters", &parameter.key), message)
                .help("remove `in` and `mediaType`");
        }
    }
}

fn settle_line(
    tcp: &Line,
    pointer: &str,
    parameters: &[Parameter],
    carried: &[&Parameter],
    captured: &[String],
    report: &mut Report,
) {
    let mut lines = vec![(join(pointer, "send"), &tcp.send)];
    if let Some(referral) = &tcp.referral {
        let at = join(pointer, "referral");
        lines.extend(
            referral.send.iter().map(|(host, line)| (join(&join(&at, "send"), host), line)),
        );
        if referral.most.is_some_and(|most| !(1..=MOST_REFERRALS).contains(&most)) {
            report.error(
                Code::BadConstraint,
                &join(&at, "most"),
                format!("the number of referrals must be between 1 and {MOST_REFERRALS}"),
            );
        }
        for (index, field) in referral.fields.iter().enumerate() {
            report.not_blank(&join(&join(&at, "fields"), index), field);
        }
    }
    for (at, line) in &lines {
        if line.chars().any(char::is_control) {
            report.error(
                Code::BadTransport,
                at,
                "a line must not contain control characters; the line ending is added",
            );
        }
        for name in placeholders(line) {
            if !captured.contains(&name)
                && !parameters.iter().any(|parameter| parameter.key == name)
            {
                missing(&name, "the line", &format!("{{{name}}}"), at, parameters.iter(), report);
            }
        }
    }
    for (index, name) in tcp.host_names.iter().enumerate() {
        if !parameters.iter().any(|parameter| parameter.key == *name) {
            let known = parameters.iter().map(|parameter| parameter.key.as_str());
            report.unknown(&join(&join(pointer, "hostNames"), index), "parameter", name, known);
        }
    }
    for parameter in carried {
        if !placeholders(&tcp.send).contains(&parameter.key) {
            unplaced(parameter, "the line", &format!("{{{}}}", parameter.key), report);
        }
        if !matches!(parameter.schema.ty, Type::String | Type::Integer) {
            not_bound(parameter, "a text or a whole number", report);
        }
    }
}

fn settle_sql(sql: &Sql, pointer: &str, carried: &[&Parameter], report: &mut Report) {
    let ways = [&sql.statement, &sql.statement_from, &sql.procedure, &sql.procedure_from];
    if ways.iter().filter(|way| way.is_some()).count() != 1 {
        report
            .error_at_key(
                Code::BadTransport,
                pointer,
                "specify exactly one of `statement`, `statementFrom`, `procedure`, `procedureFrom`",
            )
            .help("keep one of the four keys");
    }
    let named = [
        ("statementFrom", &sql.statement_from),
        ("procedureFrom", &sql.procedure_from),
        ("argumentsFrom", &sql.arguments_from),
    ];
    for (key, name) in named {
        let Some(name) = name else { continue };
        let at = join(pointer, key);
        match carried.iter().find(|parameter| parameter.key == *name) {
            None => report.unknown(
                &at,
                "parameter",
                name,
                carried.iter().map(|parameter| parameter.key.as_str()),
            ),
            Some(parameter) if key == "argumentsFrom" => {
                if !matches!(parameter.schema.ty, Type::Object(_) | Type::Map(_)) {
                    not_bound(parameter, "an object, name to value", report);
                }
            }
            Some(parameter) => {
                if parameter.schema.ty != Type::String || !parameter.schema.required {
                    not_bound(parameter, "a required text", report);
                }
            }
        }
    }
    let bound: Vec<&&Parameter> = carried
        .iter()
        .filter(|parameter| {
            !named.iter().any(|(_, name)| name.as_deref() == Some(parameter.key.as_str()))
        })
        .collect();
    for parameter in &bound {
        let scalar = matches!(
            parameter.schema.ty,
            Type::String | Type::Integer | Type::Number | Type::Boolean
        );
        if !scalar {
            not_bound(parameter, "a text, number or boolean", report);
        }
        if !is_name(&parameter.wire_name) {
            let message = format!("`{}` cannot name a parameter of SQL", parameter.wire_name);
            report
                .error_at_key(Code::BadTransport, &join("/parameters", &parameter.key), message)
                .help("use letters, digits and underscores, or give it another `wireName`");
        }
    }
    if let Some(procedure) = &sql.procedure
        && procedure
            .contains(|c: char| c.is_control() || c.is_whitespace() || "{}'\";@".contains(c))
    {
        report
            .error(
                Code::BadTransport,
                &join(pointer, "procedure"),
                format!("`{procedure}` is not the name of a procedure"),
            )
            .help("write `schema.name`, without arguments");
    }
    if let Some(statement) = &sql.statement {
        check_statement(statement, &join(pointer, "statement"), &bound, report);
    }
}

/// Names that the statement uses and parameters that it is given are the same.
fn check_statement(statement: &str, pointer: &str, bound: &[&&Parameter], report: &mut Report) {
    if let Some(name) = placeholders(statement).first() {
        report
            .error(
                Code::BadTransport,
                pointer,
                format!("`{{{name}}}` would become part of the statement's text"),
            )
            .help(format!("bind the value: write `@{name}`"))
            .note(
                "names of tables and columns cannot be bound; they are part of the \
                statement, and no caller can choose them",
            );
    }
    let used = variables(statement);
    for name in &used.named {
        let known = bound.iter().any(|parameter| parameter.wire_name.eq_ignore_ascii_case(name));
        if !known && !used.declared.iter().any(|declared| declared.eq_ignore_ascii_case(name)) {
            missing(
                name,
                "the statement",
                &format!("@{name}"),
                pointer,
                bound.iter().map(|parameter| **parameter),
                report,
            );
        }
    }
    for parameter in bound {
        if !used.named.iter().any(|name| name.eq_ignore_ascii_case(&parameter.wire_name)) {
            unplaced(parameter, "the statement", &format!("@{}", parameter.wire_name), report);
        }
    }
}

fn missing<'p>(
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

fn unplaced(parameter: &Parameter, place: &str, written: &str, report: &mut Report) {
    let message = format!("{place} does not use the parameter `{}`", parameter.key);
    report
        .error_at_key(Code::BadLocation, &join("/parameters", &parameter.key), message)
        .help(format!("write `{written}` where its value belongs, or remove the parameter"));
}

fn not_bound(parameter: &Parameter, what: &str, report: &mut Report) {
    let message = format!("`{}` cannot be bound: it must be {what}", parameter.key);
    report.error_at_key(Code::BadLocation, &join("/parameters", &parameter.key), message);
}

/// A name after `@`: a regular identifier of Transact-SQL, in ASCII.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.len() <= 127
}

/// The variables of a statement, without `@`.
#[derive(Default)]
struct Variables {
    named: Vec<String>,
    /// Those that the batch declares itself.
    declared: Vec<String>,
}

/// Finds variables outside of texts, comments and quoted names. `@@name` is a function.
fn variables(statement: &str) -> Variables {
    let mut found = Variables::default();
    let mut rest = statement;
    let mut declares = false;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '\'' | '"' => quoted(rest, first),
            '[' => quoted(rest, ']'),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '@' => {
                let name: String = rest[1..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || "@_$#".contains(*c))
                    .collect();
                if !name.is_empty() && !name.starts_with('@') {
                    if declares {
                        found.declared.push(name.clone());
                    }
                    found.named.push(name.clone());
                }
                declares = false;
                1 + name.len()
            }
            c if c.is_alphabetic() => {
                let word: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                declares = word.eq_ignore_ascii_case("declare");
                word.len()
            }
            c => {
                declares &= c.is_whitespace();
                c.len_utf8()
            }
        };
        rest = &rest[skipped..];
    }
    found
}

/// The length of a quoted text; a doubled quote stands for itself.
fn quoted(text: &str, close: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == close && chars.next_if(|(_, next)| *next == close).is_none() {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// The type that a parameter is bound as; `None` where nothing is bound.
pub(super) fn sql_type(
    written: Option<&String>,
    step: Option<&Step>,
    ty: &Type,
    pointer: &str,
    report: &mut Report,
) -> Option<String> {
    let is_sql = matches!(step.map(|step| &step.request), Some(Request::Sql(_)));
    let usual = match ty {
        Type::Integer => "bigint",
        Type::Number => "float",
        Type::Boolean => "bit",
        _ => "nvarchar(max)",
    };
    let Some(written) = written else { return is_sql.then(|| usual.to_owned()) };
    let at = join(pointer, "sqlType");
    if !is_sql {
        report
            .error_at_key(Code::BadTransport, &at, "`sqlType` applies only to SQL requests")
            .help("remove it");
    } else if !SQL_TYPE.is_match(written) {
        report
            .error(
                Code::BadTransport,
                &at,
                format!("`{written}` is not a type that parameters can be bound as"),
            )
            .help("for example `nvarchar(128)`, `int`, `decimal(18,2)` or `datetime2`")
            .note(
                "`varchar` and `char` are given as `nvarchar`, `datetime` as \
                `datetime2`; the server converts them",
            );
    }
    Some(written.clone())
}

/// An output must be what its request can give.
pub(super) fn check_output(
    spec: &ActionSpec,
    output: &Output,
    steps: &[Step],
    report: &mut Report,
) {
    let Some(last) = steps.last() else { return };
    let fits = output.kind.comes_over(last.request.protocol());
    if !fits {
        let (what, help) = match &last.request {
            Request::Http(_) => ("an answer over HTTP", "`fields` is for lines over TCP"),
            Request::Line(_) => ("the answer to a line", "write `kind: fields` or `kind: text`"),
            Request::Sql(_) => ("the answer to SQL", "it is JSON; see `sql`"),
        };
        let pointer = if spec.output.kind.is_some() { "/output/kind" } else { "/output" };
        report.error(Code::BadTransport, pointer, format!("{what} is not of this kind")).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::{SQL_TYPE, variables};

    #[test]
    fn variables_are_found_outside_of_texts_and_comments() {
        let found = variables(
            "DECLARE @n int = 1; SELECT '@no '' @no', [@no]]x], \"@no\" /* @no */ \
            -- @no\n FROM t WHERE a=@a AND b>@b_1 AND @@ROWCOUNT>@n",
        );
        assert_eq!(found.named, ["n", "a", "b_1", "n"]);
        assert_eq!(found.declared, ["n"]);
    }

    #[test]
    fn an_unclosed_text_ends_with_the_statement() {
        assert_eq!(variables("SELECT @ä, 'ü @no").named, ["ä"]);
        assert!(variables("/* @no").named.is_empty() && variables("[@no").named.is_empty());
    }

    #[test]
    fn types_have_no_room_for_sql() {
        for good in ["int", "decimal(18,2)", "nvarchar(4000)", "varbinary(max)"] {
            assert!(SQL_TYPE.is_match(good), "{good}");
        }
        for bad in ["int; DROP TABLE t", "decimal(18)", "nvarchar(0)", "varchar(10)", "int\n", ""] {
            assert!(!SQL_TYPE.is_match(bad), "{bad}");
        }
    }
}
