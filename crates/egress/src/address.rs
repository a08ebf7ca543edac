//! Which addresses belong to the public internet. Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks of IPv4 that are not, as the IANA special-purpose registry has them: address and how many leading bits count.
const NOT_PUBLIC: [(Ipv4Addr, u32); 15] = [
    // "This network".
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    // Private.
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // Shared by a carrier's customers.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    // Loopback.
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local, where clouds answer questions about the machine and hand out its credentials.
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // Protocol assignments.
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation.
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // The way into 6to4, which leads to any IPv6 address.
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    // Benchmarks.
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // Multicast.
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    // Reserved, and the broadcast.
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Blocks inside IPv6's global unicast space that lead elsewhere: address and how many leading bits count.
const NOT_GLOBAL: [(Ipv6Addr, u32); 4] = [
    // Protocol assignments, Teredo among them, which carries IPv4 addresses.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation.
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
    // 6to4, which carries IPv4 addresses.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
];

/// Whether an address is one of the public internet: not private, not local, not shared, not a way around.
///
/// An IPv4 address inside an IPv6 one counts as nothing public: nobody needs that form to reach a public host.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC
            .iter()
            .any(|(block, bits)| (address.to_bits() ^ block.to_bits()).leading_zeros() >= *bits),
        IpAddr::V6(address) => {
            let global_unicast = address.segments()[0] & 0xe000 == 0x2000;
            global_unicast
                && !NOT_GLOBAL
                    .iter()
                    .any(|(block, bits)| (address.to_bits() ^ block.to_bits()).leading_zeros() >= *bits)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// J1: neither the host, nor its network, nor a cloud's metadata, in whatever form it is written.
    #[test]
    fn what_is_near_is_not_public() {
        let near = "0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 \
                    172.31.255.255 192.0.0.192 192.168.1.1 198.18.0.1 198.19.255.255 224.0.0.1 239.255.255.255 240.0.0.1 \
                    255.255.255.255 100.100.100.200 :: ::1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::a00:1 fe80::1 fc00::1 \
                    fd00:ec2::254 ff02::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1 3fff::1 100::1";
        for text in near.split_whitespace() {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    /// J1
    #[test]
    fn what_the_internet_is_made_of_is_public() {
        let far = "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 104.16.0.35 126.255.255.255 128.0.0.1 \
                   151.101.1.162 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 \
                   223.255.255.255 2606:4700::6810:23 2a04:4e42::162 2001:4860:4860::8888 2003::1";
        for text in far.split_whitespace() {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    proptest! {
        /// J1: the standard library's own idea of near is never wider than ours.
        #[test]
        fn nothing_that_the_standard_library_calls_near_is_public(bits: u32, wide: u128) {
            let v4 = Ipv4Addr::from_bits(bits);
            let near = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_multicast() || v4.is_unspecified();
            prop_assert!(!(near && is_public(v4.into())));
            let v6 = Ipv6Addr::from_bits(wide);
            let near = v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_multicast();
            prop_assert!(!(near && is_public(v6.into())));
            prop_assert!(!is_public(v4.to_ipv6_mapped().into()));
        }
    }
}
