//! Ways to authenticate.

use indexmap::IndexMap;

use super::report::{Report, join};
use crate::catalog::names;
use crate::diagnostics::Code;
use crate::spec::{Authentication, IntegrationSpec};

/// Names that the generated builder has for itself.
const TAKEN: &[&str] = &["build", "base_url", "header", "timeout", "transport", "server"];

pub(super) fn resolve(spec: &IntegrationSpec, report: &mut Report) -> IndexMap<String, Authentication> {
    for (name, way) in &spec.authentication {
        let pointer = join("/authentication", name);
        if !names::is_id(name) || TAKEN.contains(&name.as_str()) {
            report.error_at_key(Code::BadId, &pointer, format!("`{name}` cannot name a way to authenticate"), |d| {
                d.help("use lower-case words with underscores: `basic`, `access_token`")
            });
        }
        let (title, documentation, server, setup) = facts(way);
        report.not_blank(&join(&pointer, "title"), title);
        if let Some(url) = documentation {
            report.url(&join(&pointer, "documentation"), url);
        }
        if let Some(server) = server
            && !spec.servers.contains_key(server)
        {
            report.unknown(&join(&pointer, "server"), "server", server, spec.servers.keys().map(String::as_str));
        }
        for (index, step) in setup.iter().enumerate() {
            report.not_blank(&join(&join(&pointer, "setup"), index), step);
        }
        check_kind(way, &pointer, report);
    }
    spec.authentication.clone()
}

fn facts(way: &Authentication) -> (&str, Option<&String>, Option<&String>, &[String]) {
    match way {
        Authentication::Basic(way) => (&way.title, way.documentation.as_ref(), way.server.as_ref(), &way.setup),
        Authentication::Bearer(way) => (&way.title, way.documentation.as_ref(), way.server.as_ref(), &way.setup),
        Authentication::ApiKey(way) => (&way.title, way.documentation.as_ref(), way.server.as_ref(), &way.setup),
        Authentication::Oauth2(way) => (&way.title, way.documentation.as_ref(), way.server.as_ref(), &way.setup),
    }
}

fn check_kind(way: &Authentication, pointer: &str, report: &mut Report) {
    match way {
        Authentication::Oauth2(way) => {
            report.url(&join(pointer, "tokenUrl"), &way.token_url);
            match (&way.authorization_url, way.flow) {
                (Some(url), _) => report.url(&join(pointer, "authorizationUrl"), url),
                (None, crate::spec::OAuth2Flow::AuthorizationCode) => {
                    report.error_at_key(Code::BadAuthentication, pointer, "the authorization code flow needs `authorizationUrl`", |d| {
                        d.help("add the address where the user grants access")
                    });
                }
                (None, crate::spec::OAuth2Flow::ClientCredentials) => {}
            }
        }
        Authentication::ApiKey(way) => {
            for name in way.keys.keys() {
                if name.is_empty() || name.contains(|c: char| !c.is_ascii_graphic() || matches!(c, ':' | ';' | '=' | '&')) {
                    report.error_at_key(
                        Code::BadAuthentication,
                        &join(&join(pointer, "keys"), name),
                        format!("`{name}` cannot name a header, query parameter or cookie"),
                        |d| d,
                    );
                }
            }
        }
        Authentication::Bearer(way) => {
            if let Some(scheme) = &way.scheme
                && (scheme.is_empty() || !scheme.chars().all(|c| c.is_ascii_graphic()))
            {
                report.error(Code::BadAuthentication, &join(pointer, "scheme"), "the word before the token is no word", |d| d);
            }
        }
        Authentication::Basic(_) => {}
    }
}
