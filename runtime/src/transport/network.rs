//! Which addresses belong to the public internet. A response may lead to these only, unless the user allows more.

use std::net::IpAddr;
#[cfg(any(feature = "reqwest", feature = "tcp"))]
use std::net::SocketAddr;

use url::{Host, Url};

#[cfg(any(feature = "reqwest", feature = "tcp"))]
use super::TransportError;

/// A mark among the extensions of a request: a response named its address, and that is on none of the integration's servers.
///
/// A [`Transport`](super::Transport) sends no client certificate there. If [`public_only`](Self::public_only) says so, it connects to addresses of
/// the public internet only, and otherwise fails with [`TransportError::private_network`](super::TransportError::private_network): the engine has
/// checked hosts that are addresses, and names remain to be checked when they are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stranger {
    public_only: bool,
}

impl Stranger {
    pub(crate) fn new(public_only: bool) -> Self {
        Self { public_only }
    }

    /// Whether the request may reach public addresses only. It may not, unless the user allows private networks.
    #[must_use]
    pub fn public_only(self) -> bool {
        self.public_only
    }
}

/// Whether the host of a URL is in a private network, as far as its text says: an address in any spelling, or a name of this machine
/// (RFC 6761, section 6.3).
pub(crate) fn is_private(url: &Url) -> bool {
    // Hosts of schemes that are no web's are not told apart yet.
    match url.host_str().map(Host::parse) {
        Some(Ok(Host::Domain(name))) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Ok(Host::Ipv4(ip))) => !is_global(ip.into()),
        Some(Ok(Host::Ipv6(ip))) => !is_global(ip.into()),
        Some(Err(_)) | None => true,
    }
}

/// The public addresses of a host.
#[cfg(any(feature = "reqwest", feature = "tcp"))]
pub(super) fn public(
    found: impl Iterator<Item = SocketAddr>,
) -> Result<Vec<SocketAddr>, TransportError> {
    let addresses: Vec<_> = found.filter(|address| is_global(address.ip())).collect();
    if addresses.is_empty() { Err(TransportError::private_network()) } else { Ok(addresses) }
}

/// Whether an address is one that the whole internet knows, by the registries of special addresses (RFC 6890).
pub(crate) fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let protocols = (a, b, c) == (192, 0, 0) || (a, b, c) == (192, 88, 99);
            let benchmarks = a == 198 && b & 0xfe == 18;
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_unspecified()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || shared
                || protocols
                || benchmarks
                || a == 0
                || a >= 240)
        }
        IpAddr::V6(ip) => {
            if let Some(embedded) = ip.to_ipv4_mapped() {
                return is_global(embedded.into());
            }
            let [first, second, ..] = ip.segments();
            // What tunnels to IPv4 (6to4, Teredo) may lead anywhere, and so may other protocols.
            let protocols = first == 0x2002 || (first == 0x2001 && second < 0x200);
            let documentation =
                (first == 0x2001 && second == 0xdb8) || (first == 0x3fff && second < 0x1000);
            first & 0xe000 == 0x2000 && !protocols && !documentation
        }
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{is_global, is_private};

    #[test]
    fn private_networks_are_told_apart() {
        for global in ["8.8.8.8", "2606:4700::1111", "192.1.1.1", "198.20.0.1", "2001:4860::8888"] {
            assert!(is_global(global.parse().expect("an address")), "{global}");
        }
        let private = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "192.88.99.1",
            "198.19.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::",
            "::1",
            "::10.0.0.5",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "64:ff9b::a00:5",
            "::ffff:10.0.0.1",
            "2001:db8::1",
            "2001:0:4136:e378::1",
            "2002:a00:5::1",
            "3fff::1",
        ];
        for private in private {
            assert!(!is_global(private.parse().expect("an address")), "{private}");
        }
    }

    #[test]
    fn every_spelling_of_a_private_address_is_seen() {
        for host in [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "017700000001",
            "0x7f000001",
            "0177.0.0.1",
            "127.0.0.1.",
            "169.254.169.254",
            "10.0.0.5",
            "167772165",
            "[::1]",
            "[::ffff:a00:5]",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "%31%30.0.0.5",
            "１０.0.0.5",
        ] {
            for scheme in ["http", "tcp"] {
                // Other schemes keep what is written, and the host is refused for that.
                let url = Url::parse(&format!("{scheme}://{host}:80/"));
                assert!(url.is_ok_and(|url| is_private(&url)), "{scheme} {host}");
            }
        }
        for host in ["example.com", "8.8.8.8", "[2606:4700::1111]", "localhost.example.com"] {
            let url = Url::parse(&format!("https://{host}/")).expect("a URL");
            assert!(!is_private(&url), "{host}");
        }
    }
}
