//! The real clock, the real randomness, and this machine's own addresses.

use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::{Clock, Entropy, Timestamp};

/// The machine's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the door that the rule speaks of")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_unix_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The operating system's random numbers.
pub(crate) struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the door that the rule speaks of")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system has no random numbers");
    }
}

/// The addresses that this machine has itself.
///
/// # Errors
/// When the system does not tell.
pub(crate) fn own_addresses() -> std::io::Result<Vec<IpAddr>> {
    let interfaces = nix::ifaddrs::getifaddrs()?;
    let addresses = interfaces.filter_map(|interface| {
        let address = interface.address?;
        let v4 = address.as_sockaddr_in().map(|address| IpAddr::V4(address.ip()));
        v4.or_else(|| address.as_sockaddr_in6().map(|address| IpAddr::V6(address.ip())))
    });
    Ok(addresses.collect())
}

#[cfg(test)]
mod tests {
    use super::own_addresses;

    /// J1
    #[test]
    fn this_machine_knows_its_loopback() {
        assert!(own_addresses().unwrap().iter().any(|address| address.is_loopback()));
    }
}
