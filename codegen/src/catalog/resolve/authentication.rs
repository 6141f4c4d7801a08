//! Authentication schemes.

use indexmap::IndexMap;

use super::report::{Report, join};
use super::{signing, transport};
use crate::catalog::{Protocol, names};
use crate::diagnostics::Code;
use crate::spec::{Authentication, AwsSigV4, Credential, IntegrationSpec};

/// Names that the generated builder has for itself.
const TAKEN: &[&str] =
    &["base_url", "build", "configure", "header", "timeout", "transport", "server"];

pub(super) fn resolve(
    spec: &IntegrationSpec,
    report: &mut Report,
) -> IndexMap<String, Authentication> {
    for (name, scheme) in &spec.authentication {
        let pointer = join("/authentication", name);
        if !names::is_id(name) || TAKEN.contains(&name.as_str()) {
            report
                .error_at_key(
                    Code::BadId,
                    &pointer,
                    format!("`{name}` cannot name an authentication scheme"),
                )
                .help("use lower-case words with underscores: `basic`, `access_token`");
        }
        let facts = scheme.facts();
        report.not_blank(&join(&pointer, "title"), facts.title);
        if let Some(url) = facts.documentation {
            report.url(&join(&pointer, "documentation"), url);
        }
        if let Some(server) = facts.server
            && !spec.servers.contains_key(server)
        {
            report.unknown(
                &join(&pointer, "server"),
                "server",
                server,
                spec.servers.keys().map(String::as_str),
            );
        }
        for (index, step) in facts.setup.iter().enumerate() {
            report.not_blank(&join(&join(&pointer, "setup"), index), step);
        }
        check_protocol(scheme, &pointer, transport::protocol(spec), report);
        check_optional(scheme, &pointer, report);
        check_kind(scheme, &pointer, spec, report);
    }
    spec.authentication.clone()
}

/// A line carries no credentials, and a login by TDS a user name and password.
fn check_protocol(scheme: &Authentication, pointer: &str, protocol: Protocol, report: &mut Report) {
    let (fits, help) = match protocol {
        Protocol::Http => (true, ""),
        Protocol::Tcp => {
            (false, "write `authentication: {}`: requests over `tcp://` cannot carry credentials")
        }
        Protocol::Tds => (matches!(scheme, Authentication::Basic(_)), "use `kind: basic`"),
    };
    if !fits {
        let message = format!(
            "a `{}://` server does not support this authentication scheme",
            protocol.scheme()
        );
        report.error_at_key(Code::BadAuthentication, pointer, message).help(help);
    }
}

/// What is left empty is left out, which only API keys and an exchange of keys know how to do.
fn check_optional(scheme: &Authentication, pointer: &str, report: &mut Report) {
    let may = |name: &str| match scheme {
        Authentication::ApiKey(_) => true,
        Authentication::AwsSigV4(AwsSigV4 { exchange: Some(exchange), .. }) => {
            exchange.credentials.contains_key(name)
        }
        _ => false,
    };
    let credentials: IndexMap<String, Credential> =
        scheme.forms().into_iter().flat_map(|form| form.credentials).collect();
    for (name, _) in credentials.iter().filter(|(name, one)| one.optional && !may(name)) {
        report
            .error_at_key(
                Code::BadAuthentication,
                pointer,
                format!("the credential `{name}` cannot be optional"),
            )
            .help(
                "remove `optional`: only API keys, and what an `exchange` of keys \
                names, may be left empty",
            );
    }
}

fn check_kind(scheme: &Authentication, pointer: &str, spec: &IntegrationSpec, report: &mut Report) {
    match scheme {
        Authentication::Oauth2(scheme) => signing::oauth2(scheme, pointer, spec, report),
        Authentication::Jwt(scheme) => {
            check_token_prefix(scheme.token_prefix.as_ref(), pointer, report);
            signing::own_jwt(&scheme.token, &scheme.credentials, pointer, report);
        }
        Authentication::AwsSigV4(scheme) => signing::aws(scheme, pointer, spec, report),
        Authentication::Signature(scheme) => {
            scheme.headers.keys().for_each(|name| {
                check_wire_name(name, &join(&join(pointer, "headers"), name), report);
            });
            signing::signature(scheme, pointer, report);
        }
        Authentication::Session(scheme) => {
            scheme.carry.keys().for_each(|name| {
                check_wire_name(name, &join(&join(pointer, "carry"), name), report);
            });
            signing::session(scheme, pointer, report);
        }
        Authentication::ApiKey(scheme) => {
            scheme.keys.keys().for_each(|name| {
                check_wire_name(name, &join(&join(pointer, "keys"), name), report);
            });
        }
        Authentication::Bearer(scheme) => {
            check_token_prefix(scheme.token_prefix.as_ref(), pointer, report)
        }
        Authentication::Basic(_)
        | Authentication::Digest(_)
        | Authentication::ClientCertificate(_) => {}
    }
}

fn check_wire_name(name: &str, pointer: &str, report: &mut Report) {
    if name.is_empty()
        || name.contains(|c: char| !c.is_ascii_graphic() || matches!(c, ':' | ';' | '=' | '&'))
    {
        report.error_at_key(
            Code::BadAuthentication,
            pointer,
            format!("`{name}` cannot name a header, query parameter or cookie"),
        );
    }
}

fn check_token_prefix(prefix: Option<&String>, pointer: &str, report: &mut Report) {
    if let Some(prefix) = prefix
        && (prefix.is_empty() || !prefix.chars().all(|c| c.is_ascii_graphic()))
    {
        report.error(
            Code::BadAuthentication,
            &join(pointer, "scheme"),
            "`scheme` must be a non-empty token",
        );
    }
}
