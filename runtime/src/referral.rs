//! Answers over TCP that name the server to ask next. Nobody whom an answer names learns more than the question, and no answer leads into a
//! private network.

#[cfg(any(feature = "tcp", test))]
use std::net::IpAddr;

use url::{Host, Url};

use crate::client::Client;
use crate::encode::PreparedRequest;

/// Where the question goes next; `None` if the answer names no server that may be asked. `asked` are the addresses so far.
pub(crate) fn next(
    client: &Client,
    request: &PreparedRequest,
    answer: &[u8],
    asked: &[String],
) -> Option<PreparedRequest> {
    let rule = request.hops()?.rule;
    if asked.len() > usize::try_from(rule.most).unwrap_or(usize::MAX) {
        return None;
    }
    let from = Url::parse(request.url()).ok()?;
    let text = String::from_utf8_lossy(answer);
    let found = text.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        rule.fields
            .iter()
            .any(|field| field.eq_ignore_ascii_case(name.trim()))
            .then(|| value.trim())
    });
    let (host, port) = found
        .filter_map(|value| address(value, &from))
        .find(|(host, port)| may_be_asked(client, &from, host, *port))?;
    let next = request.clone().referred_to(&host, port);
    let known = asked.iter().any(|other| other.eq_ignore_ascii_case(next.url()));
    (!known).then_some(next)
}

/// `host`, `host:port` or `whois://host:port`; without a port the one that was asked first.
fn address(value: &str, from: &Url) -> Option<(String, u16)> {
    let value = match value.split_once("://") {
        None => value,
        Some(("whois" | "tcp", rest)) => rest,
        Some(_) => return None,
    };
    let value = value.trim_end_matches('/');
    let (host, port) = match value.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (value, from.port()?),
    };
    let host = Host::parse(host).ok()?;
    Some((host.to_string().to_ascii_lowercase(), port))
}

/// A public name on the usual port; or the very host that was asked, on any port. Who replaced the address stays with it.
fn may_be_asked(client: &Client, from: &Url, host: &str, port: u16) -> bool {
    let same = from.host_str().is_some_and(|known| known.eq_ignore_ascii_case(host));
    let public = matches!(Host::parse(host), Ok(Host::Domain(name)) if name.trim_end_matches('.').contains('.'));
    same || (public && !client.is_replaced() && Some(port) == from.port())
}

/// Whether an address is one that the whole internet knows.
#[cfg(any(feature = "tcp", test))]
pub(crate) fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || shared
                || a == 0
                || a >= 240)
        }
        IpAddr::V6(ip) => {
            let embedded = ip.to_ipv4_mapped().map(IpAddr::V4);
            embedded.map_or_else(
                || ip.segments()[0] & 0xe000 == 0x2000 && ip.segments()[..2] != [0x2001, 0xdb8],
                is_global,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{address, is_global};

    #[test]
    fn an_answer_names_hosts_in_several_forms() {
        let from = Url::parse("tcp://whois.example.net:43").expect("an address");
        let read = |value: &str| address(value, &from);
        assert_eq!(read("whois.Example.com"), Some(("whois.example.com".to_owned(), 43)));
        assert_eq!(
            read("whois://whois.example.com:43"),
            Some(("whois.example.com".to_owned(), 43))
        );
        assert_eq!(read("whois.example.com:4343/"), Some(("whois.example.com".to_owned(), 4343)));
        for no in [
            "",
            "rwhois://rwhois.example.com:4321",
            "https://example.com",
            "two words",
            "host:port",
            "a\tb",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
    }

    #[test]
    fn private_networks_are_told_apart() {
        for global in ["8.8.8.8", "2606:4700::1111", "192.1.1.1"] {
            assert!(is_global(global.parse().expect("an address")), "{global}");
        }
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "2001:db8::1",
        ];
        for private in private {
            assert!(!is_global(private.parse().expect("an address")), "{private}");
        }
    }
}
