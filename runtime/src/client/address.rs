//! Server URLs. A variable fills only its own place in the template and cannot change the host in another way.

use url::{Host, Url};

use crate::descriptor::{Protocol, ServerVariable};
use crate::pattern::matches_whole;

/// One label of a host name.
const LABEL: &str = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/// A variable: its name, and what it may be.
pub(super) type Variable<'a> = (&'a str, &'a ServerVariable);

/// The address of a template; or everything that is wrong with the variables.
pub(super) fn fill(
    template: &str,
    variables: &[Variable<'_>],
    given: &[(String, String)],
) -> Result<String, Vec<String>> {
    let address = fill_text(template, variables, given)?;
    check_filled(template, &address)
        .map(|()| address.trim_end_matches('/').to_owned())
        .map_err(|problem| vec![problem])
}

/// A text with the variables that it names; or everything that is wrong with them.
pub(super) fn fill_text(
    template: &str,
    variables: &[Variable<'_>],
    given: &[(String, String)],
) -> Result<String, Vec<String>> {
    let mut address = template.to_owned();
    let mut problems = Vec::new();
    for (name, variable) in
        variables.iter().filter(|(name, _)| template.contains(&format!("{{{name}}}")))
    {
        let value = given
            .iter()
            .rev()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .or(variable.default.as_deref());
        let Some(value) = value else {
            problems.push(format!("`{name}` is missing"));
            continue;
        };
        match check_variable(variable, value) {
            Ok(()) => address = address.replace(&format!("{{{name}}}"), value),
            Err(problem) => problems.push(format!("`{name}` {problem}")),
        }
    }
    if problems.is_empty() { Ok(address) } else { Err(problems) }
}

fn check_variable(variable: &ServerVariable, value: &str) -> Result<(), String> {
    if !variable.values.is_empty() {
        return if variable.values.contains_key(value) {
            Ok(())
        } else {
            let known: Vec<&str> = variable.values.keys().map(String::as_str).collect();
            Err(format!("must be one of `{}`", known.join("`, `")))
        };
    }
    let pattern = variable.pattern.as_deref().unwrap_or(LABEL);
    if !matches_whole(pattern, value) {
        return Err(match &variable.pattern {
            Some(pattern) => format!("must match the pattern `{pattern}`"),
            None => "must be one label of a host name: letters, digits and hyphens".to_owned(),
        });
    }
    // Whatever a pattern lets through, these begin another part of an address.
    let stray = |c: char| c.is_control() || c.is_whitespace() || "?#@\\%{}".contains(c);
    if value.is_empty()
        || value.contains(stray)
        || value.split('/').any(|segment| matches!(segment, "." | ".."))
    {
        return Err("contains characters that are not allowed in a URL".to_owned());
    }
    Ok(())
}

/// The host must be the template's text with the variables in place, not something that a value made of it.
fn check_filled(template: &str, address: &str) -> Result<(), String> {
    let wrong = || "the variables do not make a valid URL".to_owned();
    let url = Url::parse(address).map_err(|_| wrong())?;
    let authority = |text: &str| {
        text.split_once("://")
            .map(|(_, rest)| rest.split('/').next().unwrap_or_default().to_owned())
    };
    let slashes =
        |text: &str| text.split_once("://").map_or(0, |(_, rest)| rest.matches('/').count());
    let (Some(host), Some(expected)) = (url.host_str(), authority(address)) else {
        return Err(wrong());
    };
    let actual = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let path_is_templated = template
        .split_once("://")
        .is_some_and(|(_, rest)| rest.split_once('/').is_some_and(|(_, path)| path.contains('{')));
    let same_shape = path_is_templated || slashes(template) == slashes(address);
    let default_port = expected.strip_suffix(":443").unwrap_or(&expected);
    if same_shape && actual.eq_ignore_ascii_case(default_port) { Ok(()) } else { Err(wrong()) }
}

/// An address that the user gives instead of a server's.
pub(super) fn check_override(
    address: &str,
    protocol: Protocol,
    plain: bool,
) -> Result<String, String> {
    let url = Url::parse(address).map_err(|_| "the base URL is not an absolute URL".to_owned())?;
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err("the base URL must not contain credentials, a query or a fragment".to_owned());
    }
    // Hosts of schemes that are no web's are not told apart yet.
    let host = url.host_str().and_then(|host| Host::parse(host).ok());
    let near = plain || host.as_ref().is_some_and(is_loopback);
    let has_port = url.port().is_some();
    let (good, form) = match (protocol, url.scheme()) {
        (Protocol::Http, scheme) => (
            scheme == "https" || (scheme == "http" && near),
            "start with `https://`; plain `http://` is allowed only for the local machine, unless `allow_plain_http` is set",
        ),
        (Protocol::Tcp, scheme) => (
            scheme == "tcp" && has_port && url.path().is_empty(),
            "be of the form `tcp://host:port`",
        ),
        (Protocol::Tds, scheme) => (
            has_port && (scheme == "tds" || (scheme == "tds+plain" && near)),
            "be of the form `tds://host:port/database`; `tds+plain://` is allowed only for the local machine, unless `allow_plain_http` is set",
        ),
    };
    if host.is_none() || !good {
        return Err(format!("the base URL must {form}"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn is_loopback(host: &Host<String>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::check_override;
    use crate::descriptor::{Protocol, Server, ServerVariable};

    fn server(url: &str, variables: &[(&str, Option<&str>, Option<&str>)]) -> Server {
        let variables = variables.iter().map(|(name, default, pattern)| {
            let variable = ServerVariable {
                default: default.map(str::to_owned),
                pattern: pattern.map(str::to_owned),
                ..ServerVariable::default()
            };
            ((*name).to_owned(), variable)
        });
        Server { url: url.to_owned(), variables: variables.collect(), ..Server::default() }
    }

    fn with_site() -> Server {
        server("https://{site}.example.com/wiki", &[("site", None, None)])
    }

    fn anything() -> Server {
        server(
            "https://{host}/api/{version}",
            &[("host", None, Some("(?s).*")), ("version", Some("v2"), Some("(?s).*"))],
        )
    }

    fn fill(server: &Server, given: &[(String, String)]) -> Result<String, Vec<String>> {
        let variables: Vec<_> =
            server.variables.iter().map(|(name, variable)| (name.as_str(), variable)).collect();
        super::fill(&server.url, &variables, given)
    }

    fn given(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn variables_fill_the_template() {
        assert_eq!(
            fill(&with_site(), &given(&[("site", "acme")])).expect("valid"),
            "https://acme.example.com/wiki"
        );
        assert_eq!(
            fill(&anything(), &given(&[("host", "own.example:8443")])).expect("valid"),
            "https://own.example:8443/api/v2"
        );
    }

    #[test]
    fn a_missing_variable_is_named() {
        assert_eq!(fill(&with_site(), &[]).expect_err("missing"), ["`site` is missing"]);
    }

    #[test]
    fn no_value_moves_the_host() {
        for site in [
            "",
            "a.b",
            "evil.test/",
            "evil.test#",
            "evil.test?",
            "a@evil.test",
            "a:80",
            "-",
            "a\n",
            "ä",
            "evil.test\\",
        ] {
            assert!(fill(&with_site(), &given(&[("site", site)])).is_err(), "{site}");
        }
        for host in ["a@b", "a/b", "a?b", "a#b", "a\\b", "a b", "%61", ""] {
            assert!(
                fill(&anything(), &given(&[("host", host)])).is_err() || host == "a/b",
                "{host}"
            );
        }
        assert!(fill(&anything(), &given(&[("host", "h"), ("version", "../../x")])).is_err());
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        assert_eq!(
            check_override("http://127.0.0.1:8080/", Protocol::Http, false).expect("loopback"),
            "http://127.0.0.1:8080"
        );
        assert!(check_override("http://localhost", Protocol::Http, false).is_ok());
        assert!(check_override("http://[::1]:1", Protocol::Http, false).is_ok());
        assert!(check_override("http://example.com", Protocol::Http, false).is_err());
        assert!(check_override("http://localhost.example.com", Protocol::Http, false).is_err());
        assert!(check_override("http://example.com", Protocol::Http, true).is_ok());
        assert!(check_override("ftp://127.0.0.1", Protocol::Http, true).is_err());
        assert!(check_override("https://user:secret@example.com", Protocol::Http, false).is_err());
    }

    #[test]
    fn what_is_not_http_has_addresses_of_its_own() {
        assert_eq!(
            check_override("tcp://127.0.0.1:4343", Protocol::Tcp, false).expect("a port"),
            "tcp://127.0.0.1:4343"
        );
        assert_eq!(
            check_override("tds://db.example.com:1433/hr", Protocol::Tds, false).expect("TLS"),
            "tds://db.example.com:1433/hr"
        );
        assert!(check_override("tds+plain://[::1]:1433", Protocol::Tds, false).is_ok());
        assert!(check_override("tds+plain://db.example.com:1433", Protocol::Tds, true).is_ok());
        assert!(check_override("tds+plain://db.example.com:1433", Protocol::Tds, false).is_err());
        for (address, protocol) in [
            ("tcp://127.0.0.1", Protocol::Tcp),
            ("tcp://127.0.0.1:43/path", Protocol::Tcp),
            ("https://127.0.0.1:43", Protocol::Tcp),
            ("tcp://127.0.0.1:43", Protocol::Http),
            ("tds://127.0.0.1", Protocol::Tds),
            ("tds://user:secret@127.0.0.1:1433", Protocol::Tds),
        ] {
            assert!(check_override(address, protocol, false).is_err(), "{address}");
        }
    }

    proptest! {
        #[test]
        fn a_site_stays_a_subdomain(site in "\\PC{0,20}|[a-z./@:#?%\\\\-]{1,12}") {
            if let Ok(address) = fill(&with_site(), &[("site".to_owned(), site)]) {
                let url = Url::parse(&address).expect("an address");
                prop_assert!(url.host_str().is_some_and(|host| host.ends_with(".example.com")));
                prop_assert_eq!(url.path(), "/wiki");
            }
        }
    }
}
