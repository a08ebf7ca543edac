//! Telling anonymous visitors apart without keeping who they are (A6).

use std::net::{IpAddr, Ipv6Addr};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The longest fingerprint, in characters.
pub const FINGERPRINT_CHARS_MAX: usize = 128;

/// Who asks: a network address joined with what the browser says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// The address, as the server saw it.
    pub address: IpAddr,
    /// The browser's fingerprint, if it sent one.
    pub fingerprint: Option<String>,
}

impl Visitor {
    /// A keyed hash: equal for the same visitor, and not to be undone without the key.
    pub(crate) fn hash(&self, key: &[u8; 32]) -> String {
        let fingerprint = self.fingerprint.as_deref().unwrap_or_default();
        keyed(key, &format!("{}\n{fingerprint}", self.network()))
    }

    /// The same for the network alone, whatever the browser says of itself.
    pub(crate) fn network_hash(&self, key: &[u8; 32]) -> String {
        keyed(key, &self.network().to_string())
    }

    /// The address as limits count it: an IPv6 /64 is one, and an IPv4 address in IPv6's clothes is itself.
    pub fn network(&self) -> IpAddr {
        match self.address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        }
    }
}

fn keyed(key: &[u8; 32], text: &str) -> String {
    HEXLOWER.encode(&Sha256::new().chain_update(key).chain_update(text).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(address: &str, fingerprint: Option<&str>) -> String {
        let address = address.parse().unwrap();
        Visitor { address, fingerprint: fingerprint.map(str::to_owned) }.hash(&[1; 32])
    }

    /// A6
    #[test]
    fn an_ipv6_network_counts_as_one_visitor_and_a_mapped_ipv4_as_itself() {
        assert_eq!(hash("2001:db8::1", None), hash("2001:db8::ffff:2", None));
        assert_ne!(hash("2001:db8::1", None), hash("2001:db8:0:1::1", None));
        assert_eq!(hash("192.0.2.1", None), hash("::ffff:192.0.2.1", None));
        assert_ne!(hash("192.0.2.1", None), hash("192.0.2.2", None));
        assert_ne!(hash("192.0.2.1", Some("a")), hash("192.0.2.1", Some("b")));
    }

    /// A6
    #[test]
    fn a_network_is_one_whatever_its_browsers_say() {
        let network = |address: &str, fingerprint: Option<&str>| {
            let address = address.parse().unwrap();
            Visitor { address, fingerprint: fingerprint.map(str::to_owned) }.network_hash(&[1; 32])
        };
        assert_eq!(network("192.0.2.1", Some("a")), network("::ffff:192.0.2.1", Some("b")));
        assert_eq!(network("2001:db8::1", Some("a")), network("2001:db8::2", None));
        assert_ne!(network("2001:db8::1", None), network("2001:db8:0:1::1", None));
    }

    #[test]
    fn without_the_key_the_hash_says_nothing() {
        let visitor = Visitor { address: "192.0.2.1".parse().unwrap(), fingerprint: None };
        assert_ne!(visitor.hash(&[1; 32]), visitor.hash(&[2; 32]));
    }
}
