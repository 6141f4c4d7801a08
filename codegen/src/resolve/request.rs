//! Requests and steps.

use std::collections::BTreeSet;

use super::checks::{check_header_value, check_request_header, is_relative};
use super::context::Context;
use super::protocol;
use crate::catalog::{HttpRequest, Parameter, Request, Step};
use crate::diagnostics::Code;
use crate::report::{Report, check_pointer, join};
use crate::spec::{ActionSpec, BodyKind, Location, Method, RequestLine, RequestSpec};
use crate::text::placeholders;

/// The steps of an action as written; bodies are settled by [`settle`], when the parameters are known.
pub(super) fn steps(spec: &ActionSpec, context: &Context, report: &mut Report) -> Vec<Step> {
    match (&spec.request, spec.steps.as_slice()) {
        (Some(_), [_, ..]) => {
            report
                .error_at_key(Code::BadStep, "/steps", "an action has either `request` or `steps`")
                .help("make the request a step");
        }
        (None, []) => {
            report
                .error_at_key(Code::BadStep, "", "the action has no request")
                .help("add `request: GET /path`");
        }
        _ => {}
    }
    if let Some(line) = &spec.request {
        return vec![step(line, "/request", context, report)];
    }
    let mut steps: Vec<Step> = Vec::new();
    for (index, written) in spec.steps.iter().enumerate() {
        let pointer = join("/steps", index);
        let mut step = step(&written.request, &join(&pointer, "request"), context, report);
        step.name.clone_from(&written.name);
        step.capture.clone_from(&written.capture);
        step.poll.clone_from(&written.poll);
        if steps.iter().any(|earlier| earlier.name == step.name) {
            report.error(
                Code::BadStep,
                &join(&pointer, "name"),
                format!("duplicate step `{}`", step.name),
            );
        }
        for (name, from) in &step.capture {
            check_pointer(from, &join(&join(&pointer, "capture"), name), report);
        }
        if let Some(poll) = &step.poll {
            if poll.done.is_empty() {
                report
                    .error(
                        Code::BadStep,
                        &join(&pointer, "poll/done"),
                        "the poll has no final state",
                    )
                    .help("name the state that means success");
            }
            check_pointer(&poll.state, &join(&pointer, "poll/state"), report);
            let every = poll.every_seconds();
            if !(every > 0.0 && poll.timeout_seconds >= every && poll.timeout_seconds <= 86_400.0) {
                report
                    .error(Code::BadStep, &join(&pointer, "poll"), "invalid limits of the poll")
                    .help(
                        "`everySeconds` is more than 0, `timeoutSeconds` at least as much and \
                        at most a day",
                    );
            }
        }
        steps.push(step);
    }
    steps
}

fn step(line: &RequestLine, pointer: &str, context: &Context, report: &mut Report) -> Step {
    protocol::check_protocol(line, protocol::protocol(context.spec), pointer, report);
    if let Some(step) = protocol::step(line) {
        check_server(step.server.as_ref(), pointer, context, report);
        return step;
    }
    let (spec, line_pointer) = match line {
        RequestLine::Tcp(_) | RequestLine::Sql(_) => (RequestSpec::default(), pointer.to_owned()),
        RequestLine::Line(line) => {
            (RequestSpec { line: line.clone(), ..RequestSpec::default() }, pointer.to_owned())
        }
        RequestLine::Full(spec) => ((**spec).clone(), join(pointer, "line")),
    };
    let (method, path) = spec.line.split_once(' ').unwrap_or(("GET", "/"));
    if path.contains("//") || path.split('/').any(is_relative) {
        report
            .error(Code::BadBody, &line_pointer, "the path has an empty segment, `.` or `..`")
            .help("write the path as the server receives it");
    }
    if path.contains(char::is_control) || path.contains("%00") {
        report.error(Code::BadBody, &line_pointer, "the path must not contain control characters");
    }
    check_braces(path, &line_pointer, report);
    check_server(spec.server.as_ref(), pointer, context, report);
    for (name, value) in &spec.headers {
        let at = join(&join(pointer, "headers"), name);
        check_request_header(name, &at, report);
        check_header_value(value, &at, report);
    }
    for at in spec.constants.keys() {
        check_pointer(at, &join(&join(pointer, "constants"), at), report);
    }
    let http = HttpRequest {
        method: parse_method(method),
        path: path.to_owned(),
        query: spec.query,
        headers: spec.headers,
        body: spec.body,
        constants: spec.constants,
        checksum: spec.checksum,
        graphql: spec.graphql,
    };
    Step { server: spec.server, request: Request::Http(http), ..Step::default() }
}

fn check_server(server: Option<&String>, pointer: &str, context: &Context, report: &mut Report) {
    if let Some(server) = server
        && !context.spec.servers.contains_key(server)
    {
        report.unknown(
            &join(pointer, "server"),
            "server",
            server,
            context.spec.servers.keys().map(String::as_str),
        );
    }
}

fn parse_method(word: &str) -> Method {
    match word {
        "HEAD" => Method::Head,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        "OPTIONS" => Method::Options,
        _ => Method::Get,
    }
}

fn check_braces(path: &str, pointer: &str, report: &mut Report) {
    let mut open = false;
    let balanced = path.chars().all(|c| match c {
        '{' => !std::mem::replace(&mut open, true),
        '}' => std::mem::replace(&mut open, false),
        _ => true,
    });
    if !balanced || open {
        report
            .error(Code::PathVariable, pointer, "unmatched brace in the path")
            .help("write a variable as `{name}`");
    }
}

/// Settles the bodies, and checks that every placeholder has a value and every parameter a place.
pub(super) fn settle(
    steps: &mut [Step],
    parameters: &[Parameter],
    single: bool,
    report: &mut Report,
) {
    let mut captured: Vec<String> = Vec::new();
    for (index, step) in steps.iter_mut().enumerate() {
        let pointer =
            if single { "/request".to_owned() } else { format!("/steps/{index}/request") };
        let line = if report.tree().node(&join(&pointer, "line")).is_some() {
            join(&pointer, "line")
        } else {
            pointer.clone()
        };
        if let Request::Http(http) = &mut step.request {
            check_placeholders(http, &line, parameters, &captured, report);
            settle_body(index, http, &line, parameters, report);
        } else {
            protocol::settle(index, step, &pointer, parameters, &captured, report);
        }
        captured.extend(step.capture.keys().cloned());
    }
    for parameter in parameters.iter().filter(|parameter| parameter.location == Location::Path) {
        let named = steps.iter().any(|step| placeholders(step.path()).contains(&parameter.key));
        if !named {
            report
                .error_at_key(
                    Code::BadLocation,
                    &join("/parameters", &parameter.key),
                    format!("the path parameter `{}` is not part of any path", parameter.key),
                )
                .help(format!("add `{{{}}}` to the path, or change `in`", parameter.key));
        }
    }
}

fn check_placeholders(
    http: &HttpRequest,
    line: &str,
    parameters: &[Parameter],
    captured: &[String],
    report: &mut Report,
) {
    for name in placeholders(&http.path) {
        let parameter = parameters.iter().find(|parameter| parameter.key == name);
        match parameter {
            Some(parameter) if parameter.location == Location::Path => {}
            Some(_) => {
                report
                    .error(
                        Code::BadLocation,
                        line,
                        format!("`{name}` is part of the path but not a path parameter"),
                    )
                    .help(format!("remove `in` from the parameter `{name}`"));
            }
            None if captured.contains(&name) => {}
            None => {
                let known: Vec<&str> =
                    parameters.iter().map(|parameter| parameter.key.as_str()).collect();
                let help = match crate::report::nearest(&name, &known) {
                    Some(near) => format!("did you mean `{{{near}}}`?"),
                    None => format!("add `{name}` to `parameters`"),
                };
                let message = format!("the path refers to the unknown parameter `{name}`");
                report.error(Code::PathVariable, line, message).help(help);
            }
        }
    }
    let constants = http.query.iter().chain(&http.headers).map(|(_, value)| value.clone());
    let texts = http.constants.values().filter_map(|value| value.as_str().map(str::to_owned));
    for name in constants.chain(texts).flat_map(|value| placeholders(&value)) {
        if !captured.contains(&name) && !parameters.iter().any(|parameter| parameter.key == name) {
            report.error(
                Code::PathVariable,
                line,
                format!(
                    "a constant refers to `{name}`, which is neither a parameter nor a capture"
                ),
            );
        }
    }
}

fn settle_body(
    index: usize,
    http: &mut HttpRequest,
    line: &str,
    parameters: &[Parameter],
    report: &mut Report,
) {
    let body: Vec<&Parameter> = parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Body && parameter.step == index)
        .collect();
    let has_file = body.iter().any(|parameter| parameter.schema.ty == crate::catalog::Type::File);
    if http.body.is_none() {
        http.body = if http.graphql.is_some() {
            Some(BodyKind::Graphql)
        } else if has_file {
            Some(BodyKind::Multipart)
        } else if body.is_empty() && http.constants.is_empty() {
            None
        } else {
            Some(BodyKind::Json)
        };
    }
    if http.body.is_some() && matches!(http.method, Method::Get | Method::Head) {
        report
            .error(Code::BadBody, line, "a GET or HEAD request cannot have a body")
            .note("RFC 9110, section 9.3.1: content in a GET request has no defined meaning");
    }
    if (http.body == Some(BodyKind::Graphql)) != http.graphql.is_some() {
        report.error(
            Code::BadBody,
            line,
            "`graphql` is required for GraphQL bodies, and only allowed there",
        );
    }
    if matches!(http.body, Some(BodyKind::Raw | BodyKind::JsonValue)) && body.len() != 1 {
        report
            .error(
                Code::BadBody,
                line,
                format!("this kind of body has exactly one parameter, not {}", body.len()),
            )
            .help("use `body: json` for a body of several parameters");
    }
    if has_file && !matches!(http.body, Some(BodyKind::Multipart | BodyKind::Raw)) {
        report.error(Code::BadBody, line, "a file requires a `multipart` or `raw` body");
    }
    if let Some(checksum) = &http.checksum {
        if http.body.is_none() || has_file {
            report
                .error(Code::BadBody, line, "a checksum requires a body that is built in memory")
                .help("remove `checksum`: this request has no body, or its body may be a stream");
        }
        check_request_header(&checksum.header, line, report);
    }
    if http.body == Some(BodyKind::Xml) {
        check_root(http, &body, line, report);
    }
    if !http.constants.is_empty() && matches!(http.body, Some(BodyKind::Raw | BodyKind::JsonValue))
    {
        report.error(Code::BadBody, line, "a body with a single parameter has no constants");
    }
    check_overlaps(http, &body, report);
}

/// An XML document is one element: everything in the body lies within it.
fn check_root(http: &HttpRequest, body: &[&Parameter], line: &str, report: &mut Report) {
    let pointers = body
        .iter()
        .map(|parameter| parameter.pointer.as_str())
        .chain(http.constants.keys().map(String::as_str));
    let mut roots: Vec<&str> =
        pointers.map(|pointer| pointer.split('/').nth(1).unwrap_or_default()).collect();
    roots.sort_unstable();
    roots.dedup();
    if roots.len() != 1 {
        report
            .error(Code::BadBody, line, "an XML document has exactly one root element")
            .label(format!(
                "here there are {}",
                if roots.is_empty() {
                    "none".to_owned()
                } else {
                    format!("`{}`", roots.join("`, `"))
                }
            ))
            .help(
                "start the `at` of every body parameter and constant with the name of \
                the root: `at: /Root/Name`",
            );
    }
}

/// No two values may claim one place of a body, or a place within the other's.
fn check_overlaps(http: &HttpRequest, body: &[&Parameter], report: &mut Report) {
    let mut taken: BTreeSet<&str> = http.constants.keys().map(String::as_str).collect();
    for parameter in body {
        let pointer = parameter.pointer.as_str();
        let around = pointer
            .rmatch_indices('/')
            .map(|(at, _)| &pointer[..at])
            .chain([pointer])
            .filter_map(|around| taken.get(around).copied());
        // In the order of the set, what is within a place need not follow it at once: `/a-b` is before `/a/b`.
        let below = format!("{pointer}/");
        let within =
            taken.range(below.as_str()..).copied().take_while(|other| other.starts_with(&below));
        let overlaps: Vec<&str> = around.chain(within).collect();
        for other in overlaps {
            let message = format!("two values have the same place `{pointer}` in the body");
            report
                .error_at_key(Code::BadBody, &join("/parameters", &parameter.key), message)
                .label(format!("overlaps with `{other}`"))
                .help("give one of them another `at`");
        }
        taken.insert(pointer);
    }
}
