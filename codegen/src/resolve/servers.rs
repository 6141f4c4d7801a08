//! Servers and their variables.

use indexmap::IndexMap;

use super::checks::is_relative;
use crate::catalog::Protocol;
use crate::catalog::Server;
use crate::catalog::names;
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec;

pub(super) fn resolve(
    servers: &IndexMap<String, spec::Server>,
    report: &mut Report,
) -> Vec<Server> {
    let protocol =
        servers.values().next().map_or(Protocol::Http, |server| Protocol::of(&server.url));
    servers
        .iter()
        .map(|(name, server)| {
            let pointer = join("/servers", name);
            if Protocol::of(&server.url) != protocol {
                report
                    .error(
                        Code::BadTransport,
                        &join(&pointer, "url"),
                        "all servers of an integration must use the same protocol",
                    )
                    .label(format!("the first one is `{}://`", protocol.scheme()))
                    .help("describe servers with another protocol as a separate integration");
            }
            check_url(server, &join(&pointer, "url"), report);
            for (variable, facts) in &server.variables {
                check_variable(
                    variable,
                    facts,
                    server,
                    &join(&join(&pointer, "variables"), variable),
                    report,
                );
            }
            Server {
                name: name.clone(),
                url: server.url.clone(),
                description: server.description.clone(),
                variables: server.variables.clone(),
            }
        })
        .collect()
}

fn check_url(server: &spec::Server, pointer: &str, report: &mut Report) {
    let url = &server.url;
    let protocol = Protocol::of(url);
    let rest = url.strip_prefix(protocol.scheme()).and_then(|rest| rest.strip_prefix("://"));
    let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    if protocol != Protocol::Http {
        check_other_url(protocol, rest.unwrap_or_default(), pointer, report);
    } else if host.is_none_or(str::is_empty) {
        report
            .error(Code::BadServer, pointer, format!("`{url}` is not an `https` URL"))
            .help("start with `https://`")
            .note("the client refuses plain `http`, except to the local machine");
    }
    if url.ends_with('/') {
        report
            .error(Code::BadServer, pointer, "the URL ends with a slash")
            .help("remove it: every path starts with a slash");
    }
    if url.contains(['?', '#', ' ']) {
        report.error(Code::BadServer, pointer, "a server URL must not have a query or fragment");
    }
    if url.contains(char::is_control) || url.contains('\\') {
        report.error(
            Code::BadServer,
            pointer,
            "a server URL must not have control characters or backslashes",
        );
    }
    let mut parts = rest.unwrap_or_default().split('/');
    if parts.next().is_some_and(|authority| authority.contains('@')) {
        report
            .error(Code::BadServer, pointer, "a server URL must not have credentials")
            .help("declare them under `authentication`; callers give the values");
    }
    if parts.any(is_relative) {
        report.error(Code::BadServer, pointer, "the path has a segment `.` or `..`");
    }
    for name in crate::text::placeholders(url) {
        if !server.variables.contains_key(&name) {
            let known = server.variables.keys().map(String::as_str);
            report.unknown_within(pointer, "variable", &name, known);
        }
    }
}

/// Without HTTP there is no port that goes without saying, and a path is the name of a database.
fn check_other_url(protocol: Protocol, rest: &str, pointer: &str, report: &mut Report) {
    let (authority, path) =
        rest.split_once('/').map_or((rest, None), |(authority, path)| (authority, Some(path)));
    let has_port = authority.rsplit_once(':').is_some_and(|(host, port)| {
        !host.is_empty() && (port.starts_with('{') || port.parse::<u16>().is_ok())
    });
    if !has_port
        || (protocol == Protocol::Tcp && path.is_some())
        || path.is_some_and(|path| path.contains('/'))
    {
        let form =
            if protocol == Protocol::Tcp { "tcp://host:port" } else { "tds://host:port/database" };
        report
            .error(Code::BadServer, pointer, format!("the address is not of the form `{form}`"))
            .help(if has_port { "remove everything after the host" } else { "add the port" });
    }
}

fn check_variable(
    name: &str,
    facts: &spec::ServerVariable,
    server: &spec::Server,
    pointer: &str,
    report: &mut Report,
) {
    if !server.url.contains(&format!("{{{name}}}")) {
        report
            .error_at_key(
                Code::Unused,
                pointer,
                format!("the URL does not use the variable `{name}`"),
            )
            .help(format!("add `{{{name}}}` to `url`, or remove the variable"));
    }
    if names::ident(name) == "unnamed" {
        report.error_at_key(Code::BadId, pointer, "the variable's name must contain a letter");
    }
    report.not_blank(&join(pointer, "description"), &facts.description);
    let Some(pattern) = &facts.pattern else { return };
    match regex::Regex::new(&format!("^(?:{pattern})$")) {
        Err(_) => {
            report.error(Code::BadPattern, &join(pointer, "pattern"), "the pattern is not valid");
        }
        Ok(regex) => {
            for (key, value) in [("default", &facts.default), ("example", &facts.example)] {
                if let Some(value) = value
                    && !regex.is_match(value)
                {
                    report.error(
                        Code::BadDefault,
                        &join(pointer, key),
                        format!("`{value}` does not match the pattern"),
                    );
                }
            }
        }
    }
}
