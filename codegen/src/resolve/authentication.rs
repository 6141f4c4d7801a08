//! Authentication schemes: the checks that all of them share.

use indexmap::IndexMap;

use super::protocol;
use crate::catalog::{Protocol, names};
use crate::diagnostics::Code;
use crate::report::{Report, join};
use crate::scheme;
use crate::spec::{Authentication, Credential, IntegrationSpec};

pub(super) fn resolve(
    spec: &IntegrationSpec,
    report: &mut Report,
) -> IndexMap<String, Authentication> {
    for (name, declared) in &spec.authentication {
        let pointer = join("/authentication", name);
        if !names::is_id(name) || scheme::reserved(name) {
            report
                .error_at_key(
                    Code::BadId,
                    &pointer,
                    format!("`{name}` cannot name an authentication scheme"),
                )
                .help("use lower-case words with underscores: `basic`, `access_token`");
        }
        let facts = declared.facts();
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
        check_protocol(declared, &pointer, protocol::protocol(spec), report);
        check_optional(declared, &pointer, report);
        scheme::of(declared).check(&pointer, spec, report);
    }
    spec.authentication.clone()
}

/// A line carries no credentials, and a login by TDS a user name and password.
fn check_protocol(scheme: &Authentication, pointer: &str, protocol: Protocol, report: &mut Report) {
    if !scheme::of(scheme).supports(protocol) {
        let message = format!(
            "a `{}://` server does not support this authentication scheme",
            protocol.scheme()
        );
        let help = match protocol {
            Protocol::Http => "choose another kind",
            Protocol::Tcp => {
                "write `authentication: {}`: requests over `tcp://` cannot carry credentials"
            }
            Protocol::Tds => "use `kind: basic`",
        };
        report.error_at_key(Code::BadAuthentication, pointer, message).help(help);
    }
}

/// What is left empty is left out, which only API keys and an exchange of keys know how to do.
fn check_optional(scheme: &Authentication, pointer: &str, report: &mut Report) {
    let credentials: IndexMap<String, Credential> =
        scheme.forms().into_iter().flat_map(|form| form.credentials).collect();
    let refused = |(name, one): &(&String, &Credential)| {
        one.optional && !scheme::of(scheme).may_be_optional(name)
    };
    for (name, _) in credentials.iter().filter(refused) {
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
