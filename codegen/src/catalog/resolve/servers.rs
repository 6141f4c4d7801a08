//! Servers and their variables.

use indexmap::IndexMap;

use super::report::{Report, join};
use crate::catalog::model::Server;
use crate::catalog::names;
use crate::diagnostics::Code;
use crate::spec;

pub(super) fn resolve(servers: &IndexMap<String, spec::Server>, report: &mut Report) -> Vec<Server> {
    servers
        .iter()
        .map(|(name, server)| {
            let pointer = join("/servers", name);
            check_url(server, &join(&pointer, "url"), report);
            for (variable, facts) in &server.variables {
                check_variable(variable, facts, server, &join(&join(&pointer, "variables"), variable), report);
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
    let host = url.strip_prefix("https://").map(|rest| rest.split('/').next().unwrap_or_default());
    if host.is_none_or(str::is_empty) {
        report.error(Code::BadServer, pointer, format!("`{url}` is no `https` address"), |d| {
            d.help("begin with `https://`").note("the client refuses plain http, except to the machine it runs on")
        });
    }
    if url.ends_with('/') {
        report.error(Code::BadServer, pointer, "the address ends with a slash", |d| d.help("leave it out: every path begins with one"));
    }
    if url.contains(['?', '#', ' ']) {
        report.error(Code::BadServer, pointer, "an address before a path has neither query nor fragment", |d| d);
    }
    for name in super::request::placeholders(url) {
        if !server.variables.contains_key(&name) {
            let known = server.variables.keys().map(String::as_str);
            report.unknown_within(pointer, "variable", &name, known);
        }
    }
}

fn check_variable(name: &str, facts: &spec::ServerVariable, server: &spec::Server, pointer: &str, report: &mut Report) {
    if !server.url.contains(&format!("{{{name}}}")) {
        report.error_at_key(Code::Unused, pointer, format!("the address does not use the variable `{name}`"), |d| {
            d.help(format!("write `{{{name}}}` into `url`, or remove the variable"))
        });
    }
    if names::ident(name) == "unnamed" {
        report.error_at_key(Code::BadId, pointer, "the variable has no letter in its name", |d| d);
    }
    report.not_blank(&join(pointer, "description"), &facts.description);
    let Some(pattern) = &facts.pattern else { return };
    match regex::Regex::new(&format!("^(?:{pattern})$")) {
        Err(_) => report.error(Code::BadPattern, &join(pointer, "pattern"), "the pattern is not valid", |d| d),
        Ok(regex) => {
            for (key, value) in [("default", &facts.default), ("example", &facts.example)] {
                if let Some(value) = value
                    && !regex.is_match(value)
                {
                    report.error(Code::BadDefault, &join(pointer, key), format!("`{value}` does not match the pattern"), |d| d);
                }
            }
        }
    }
}
