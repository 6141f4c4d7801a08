//! Secrets, and people, hosts and addresses that exist.

use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use regex::Regex;

use super::Findings;
use super::file::{Leaf, SpecFile, domain, host, strings};
use crate::catalog::secrets;

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by a test")]
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9._%+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})").unwrap());

#[expect(clippy::unwrap_used, reason = "constant patterns, compiled by a test")]
static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:https?|wss?|ldaps?|ftp)://[^\s<>|]+").unwrap());

/// Endings that never belong to anybody (RFC 2606, RFC 6761, RFC 6762, RFC 9476), and those of networks without a public name.
const NOBODYS: &[&str] = &[
    "test",
    "example",
    "invalid",
    "localhost",
    "local",
    "internal",
    "arpa",
    "alt",
    "lan",
    "svc",
    "corp",
    "home",
];
/// Domains that are there for examples (RFC 2606).
const EXAMPLE_DOMAINS: &[&str] = &["example.com", "example.org", "example.net", "example.edu"];
/// Where standards and schemas have their names.
const STANDARDS: &[&str] = &[
    "w3.org",
    "ietf.org",
    "iana.org",
    "json-schema.org",
    "schema.org",
    "mitre.org",
    "nist.gov",
    "icann.org",
    "first.org",
];
/// Resolvers that everybody knows.
const RESOLVERS: &[&str] = &[
    "1.1.1.1",
    "1.0.0.1",
    "8.8.8.8",
    "8.8.4.4",
    "9.9.9.9",
    "149.112.112.112",
    "2606:4700:4700::1111",
    "2606:4700:4700::1001",
    "2001:4860:4860::8888",
    "2001:4860:4860::8844",
    "2620:fe::fe",
];

pub(super) fn check(file: &SpecFile, findings: &mut Findings) {
    check_secrets(file, findings);
    let mut seen = HashSet::new();
    for example in &file.examples {
        for leaf in example.leaves() {
            if let Some((message, help)) = fault(file, &leaf)
                && seen.insert(message.clone())
            {
                findings.add(leaf.span.clone(), message).help(help).note("examples are published");
            }
        }
    }
}

/// A credential must not stand anywhere: neither in an example nor in a text or header.
fn check_secrets(file: &SpecFile, findings: &mut Findings) {
    let mut spans = Vec::new();
    for example in &file.examples {
        spans.extend(
            example
                .leaves()
                .into_iter()
                .filter(|leaf| secrets::is_real(leaf.text))
                .map(|leaf| leaf.span),
        );
    }
    if strings(&file.tree.root).iter().any(|text| secrets::is_real(text)) {
        let prose = file
            .prose
            .iter()
            .filter(|prose| secrets::is_real(&prose.text))
            .map(|prose| prose.span.clone());
        let before = spans.len();
        spans.extend(prose);
        if spans.len() == before && before == 0 {
            spans.push(file.tree.file.beginning());
        }
    }
    for span in spans {
        findings.add(span, "this looks like a real credential").help(
            "put a made-up value there that says `EXAMPLE`, and revoke the \
            credential if it was real",
        );
    }
}

/// Whom a value may concern, and what to write instead.
fn fault(file: &SpecFile, leaf: &Leaf) -> Option<(String, &'static str)> {
    if leaf.bare {
        return None;
    }
    if let Some(found) = EMAIL.captures_iter(leaf.text).find(|found| !is_nobodys(file, &found[1])) {
        return Some((
            format!("the e-mail address `{}` may be somebody's", &found[0]),
            "use an address at `example.com`",
        ));
    }
    for address in ADDRESS.find_iter(leaf.text) {
        let host = host(address.as_str());
        if let Some(ip) = public_ip(host) {
            return Some((format!("the address `{ip}` is somebody's"), OTHER_IP));
        }
        if domain(host).is_some() && !is_nobodys(file, host) {
            return Some((
                format!("the host `{host}` is neither an example nor the vendor's"),
                "use a host below `example.com`",
            ));
        }
    }
    if is_host_key(leaf.key) && looks_like_host(leaf.text) && !is_nobodys(file, leaf.text) {
        return Some((
            format!("the host `{}` is neither an example nor the vendor's", leaf.text),
            "use a host below `example.com`",
        ));
    }
    let ip =
        (!leaf.key.to_lowercase().contains("version")).then(|| public_ip(leaf.text)).flatten()?;
    Some((format!("the address `{ip}` is somebody's"), OTHER_IP))
}

const OTHER_IP: &str = "use one of RFC 5737 (`192.0.2.0/24`, `198.51.100.0/24`, \
     `203.0.113.0/24`) or RFC 3849 (`2001:db8::/32`)";

fn is_nobodys(file: &SpecFile, host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let last = host.rsplit('.').next().unwrap_or_default();
    let registered = domain(&host).unwrap_or_default();
    NOBODYS.contains(&last)
        || EXAMPLE_DOMAINS.contains(&registered.as_str())
        || STANDARDS.contains(&registered.as_str())
        // Tenants of a vendor, and what its own examples are called.
        || host.split(['.', '-']).any(|label| matches!(label, "example" | "examples"))
        || file.home.owns(&host)
}

fn is_host_key(key: &str) -> bool {
    let key = key.to_lowercase();
    ["hostname", "domain", "fqdn", "host", "dns_name", "dnsname"]
        .iter()
        .any(|word| key.ends_with(word))
}

fn looks_like_host(text: &str) -> bool {
    !text.contains('@') && host(text) == text && domain(text).is_some()
}

/// A public address, alone or with a prefix length or port, that is neither for documentation nor a well-known resolver.
fn public_ip(text: &str) -> Option<&str> {
    let bare = text.split_once('/').map_or(text, |(address, _)| address);
    let bare = if bare.matches(':').count() == 1 {
        bare.split(':').next().unwrap_or_default()
    } else {
        bare
    };
    let bare = bare.trim_start_matches('[').trim_end_matches(']');
    let public = match (bare.parse::<Ipv4Addr>(), bare.parse::<Ipv6Addr>()) {
        (Ok(ip), _) => is_public_v4(ip),
        (_, Ok(ip)) => is_public_v6(ip),
        _ => false,
    };
    (public && !RESOLVERS.contains(&bare)).then_some(bare)
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmark = a == 198 && (b == 18 || b == 19);
    let reserved = a == 0 || a >= 224 || (a == 192 && b == 0 && c == 0);
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || shared
        || benchmark
        || reserved)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let documentation =
        (first == 0x2001 && second == 0xdb8) || (first == 0x3fff && second < 0x1000);
    let global = first & 0xe000 == 0x2000;
    global && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_told_from_those_for_documents() {
        for fine in [
            "192.0.2.7",
            "10.0.0.1",
            "203.0.113.0/24",
            "8.8.8.8",
            "2001:db8::1",
            "fe80::1",
            "127.0.0.1:8080",
            "10.0.22631.4460",
            "text",
        ] {
            assert_eq!(public_ip(fine), None, "{fine}");
        }
        for bad in ["1.2.3.4", "52.95.110.1/32", "2a00:1450:4001:81b::200e", "4.4.4.4:53"] {
            assert!(public_ip(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn the_patterns_match_what_they_name() {
        let host = EMAIL.captures("mail ada@mail.example.com now").map(|found| found[1].to_owned());
        assert_eq!(host.as_deref(), Some("mail.example.com"));
        assert!(ADDRESS.is_match("see https://example.com/a"));
    }
}
