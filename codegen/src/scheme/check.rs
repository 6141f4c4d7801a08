//! Checks that several schemes share: names, templates, addresses.

use actionspec_model::is_framing_header;
use indexmap::IndexMap;

use crate::catalog::names;
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::spec::{Credential, IntegrationSpec};

/// Whether a name is reserved for a method of the generated builder.
pub(crate) fn reserved(name: &str) -> bool {
    const METHODS: &[&str] =
        &["base_url", "build", "configure", "header", "timeout", "transport", "server"];
    METHODS.contains(&name)
}

/// Checks the names of declared credentials.
pub(super) fn credential_names(
    credentials: &IndexMap<String, Credential>,
    at: &str,
    report: &mut Report,
) {
    for name in credentials.keys().filter(|name| !names::is_id(name)) {
        report
            .error_at_key(
                Code::BadId,
                &join(&join(at, "credentials"), name),
                format!("`{name}` cannot name a credential"),
            )
            .help("use lower-case words with underscores: `client_id`");
    }
}

/// Checks that every placeholder of a template is known. A known name that ends with a dot covers all names that begin with it.
pub(super) fn template<'a>(
    template: &str,
    at: &str,
    known: &(impl Iterator<Item = &'a str> + Clone),
    report: &mut Report,
) {
    for name in placeholders(template) {
        let open = known.clone().any(|known| known.ends_with('.') && name.starts_with(known));
        if !open && !known.clone().any(|known| known == name) {
            report.unknown_within(at, "placeholder", name, known.clone());
        }
    }
}

/// The names in braces. Braces around anything but a name are text, as JSON in a claim may be.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
    };
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .filter(is_name)
}

/// The variables of all servers.
pub(super) fn variables(spec: &IntegrationSpec) -> impl Iterator<Item = &str> + Clone {
    spec.servers.values().flat_map(|server| server.variables.keys()).map(String::as_str)
}

/// Checks an address: absolute, `https`, and no variables but the servers'; or a path on the server.
pub(super) fn address(url: &str, at: &str, spec: &IntegrationSpec, report: &mut Report) {
    template(url, at, &variables(spec), report);
    if !url.starts_with('/') {
        let filled = variables(spec)
            .fold(url.to_owned(), |url, name| url.replace(&format!("{{{name}}}"), "x"));
        report.url(at, &filled);
    }
}

/// Checks the path of a request line.
pub(super) fn path(line: &str, at: &str, report: &mut Report) {
    if line.split('/').any(|segment| matches!(segment, "." | "..")) {
        report.error(
            Code::BadAuthentication,
            at,
            "the path must not contain a segment `.` or `..`",
        );
    }
}

/// Checks the names of headers, query parameters or cookies under a key of a scheme.
pub(super) fn carriers<'a>(names: impl Iterator<Item = &'a String>, at: &str, report: &mut Report) {
    for name in names {
        if name.is_empty()
            || name.contains(|c: char| !c.is_ascii_graphic() || matches!(c, ':' | ';' | '=' | '&'))
        {
            report.error_at_key(
                Code::BadAuthentication,
                &join(at, name),
                format!("`{name}` cannot name a header, query parameter or cookie"),
            );
        }
    }
}

/// Checks the names of headers under a key of a scheme: the client alone sets those that frame a message.
pub(super) fn headers<'a>(names: impl Iterator<Item = &'a String>, at: &str, report: &mut Report) {
    for name in names.filter(|name| is_framing_header(name)) {
        report.error_at_key(
            Code::BadAuthentication,
            &join(at, name),
            format!("`{name}` is set by the client"),
        );
    }
}

/// Checks the prefix before a token.
pub(super) fn token_prefix(prefix: Option<&String>, at: &str, report: &mut Report) {
    if let Some(prefix) = prefix
        && (prefix.is_empty() || !prefix.chars().all(|c| c.is_ascii_graphic()))
    {
        report.error(
            Code::BadAuthentication,
            &join(at, "scheme"),
            "`scheme` must be a non-empty token",
        );
    }
}
