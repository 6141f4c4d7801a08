//! Protocols: what servers speak, and whether requests and outputs fit it. What a protocol demands of its requests is in a file of its own.

use super::{line, sql};
use crate::catalog::{Output, Parameter, Protocol, Request, Step};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{ActionSpec, IntegrationSpec, Location, RequestLine};

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
            line::settle(tcp, &join(pointer, "tcp"), parameters, &carried, captured, report);
        }
        Request::Sql(sql) => sql::settle(sql, &join(pointer, "sql"), &carried, report),
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
