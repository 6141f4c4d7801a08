//! Which addresses belong to the public internet: a response may lead to these only.

use std::net::IpAddr;

/// Whether an address is one that the whole internet knows.
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
    use super::is_global;

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
