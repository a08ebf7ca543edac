//! How often something may be tried: exact counts in memory, of a bounded size (J3).
//!
//! An attempt is counted before its work begins and taken back when it turns out to be harmless, so that many at once do
//! not pass a limit together.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;

use domain::Timestamp;

use crate::Email;

/// Attempts that are remembered for one limit; beyond, the oldest is forgotten. More than hashing has time for in a window.
const ATTEMPTS_MAX: usize = 65_536;
const MINUTE_MS: i64 = 60_000;

/// So many within so long.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// How many.
    pub attempts_max: u32,
    /// Within how many milliseconds.
    pub within_ms: i64,
}

/// The limits in force. A network is an IPv4 address or an IPv6 /64.
#[derive(Debug, Clone, Copy)]
pub struct AttemptLimits {
    /// Wrong passwords for one address. Default 10 in 15 minutes.
    pub wrong_by_address: Window,
    /// Wrong passwords from one network. Default 30 in 15 minutes.
    pub wrong_by_network: Window,
    /// Sign-ups from one network, those included for an address that is taken. Default 10 in an hour.
    pub sign_ups_by_network: Window,
}

impl Default for AttemptLimits {
    fn default() -> Self {
        let quarter = |attempts_max| Window { attempts_max, within_ms: 15 * MINUTE_MS };
        Self {
            wrong_by_address: quarter(10),
            wrong_by_network: quarter(30),
            sign_ups_by_network: Window { attempts_max: 10, within_ms: 60 * MINUTE_MS },
        }
    }
}

/// It was tried too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOften {
    /// When it may be tried again.
    pub(crate) free_at: Timestamp,
}

/// An attempt that is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    at: Timestamp,
    network: u64,
    address: u64,
}

/// What was tried lately.
pub(crate) struct Attempts {
    wrong_by_address: Recent,
    wrong_by_network: Recent,
    sign_ups_by_network: Recent,
    /// Names are kept as numbers that nobody outside can foresee.
    hash: RandomState,
}

impl Attempts {
    pub(crate) fn new(limits: AttemptLimits) -> Self {
        Self {
            wrong_by_address: Recent::new(limits.wrong_by_address),
            wrong_by_network: Recent::new(limits.wrong_by_network),
            sign_ups_by_network: Recent::new(limits.sign_ups_by_network),
            hash: RandomState::new(),
        }
    }

    /// Counts a password as wrong, until [`Self::was_right`].
    pub(crate) fn password(
        &mut self,
        email: &Email,
        network: IpAddr,
        now: Timestamp,
    ) -> Result<Counted, TooOften> {
        let (address, network) = (self.hash.hash_one(email), self.hash.hash_one(network));
        self.wrong_by_address.check(address, now)?;
        self.wrong_by_network.check(network, now)?;
        self.wrong_by_address.note(address, now);
        self.wrong_by_network.note(network, now);
        Ok(Counted { at: now, network, address })
    }

    /// The password was right: nothing is counted.
    pub(crate) fn was_right(&mut self, counted: Counted) {
        self.wrong_by_address.take_back(counted.address, counted.at);
        self.wrong_by_network.take_back(counted.network, counted.at);
    }

    /// Counts a sign-up.
    pub(crate) fn sign_up(&mut self, network: IpAddr, now: Timestamp) -> Result<(), TooOften> {
        let network = self.hash.hash_one(network);
        self.sign_ups_by_network.check(network, now)?;
        self.sign_ups_by_network.note(network, now);
        Ok(())
    }
}

/// Moments by name, oldest first.
struct Recent {
    window: Window,
    by_name: HashMap<u64, VecDeque<Timestamp>>,
    order: VecDeque<(Timestamp, u64)>,
}

impl Recent {
    fn new(window: Window) -> Self {
        Self { window, by_name: HashMap::new(), order: VecDeque::new() }
    }

    fn check(&mut self, name: u64, now: Timestamp) -> Result<(), TooOften> {
        self.forget_until(now.plus_ms(-self.window.within_ms));
        let moments = self.by_name.get(&name).map(|moments| (moments.len(), moments.front().copied()));
        match moments {
            Some((count, Some(oldest))) if count >= self.window.attempts_max as usize => {
                Err(TooOften { free_at: oldest.plus_ms(self.window.within_ms) })
            }
            _ => Ok(()),
        }
    }

    fn note(&mut self, name: u64, at: Timestamp) {
        while self.order.len() >= ATTEMPTS_MAX {
            self.forget_oldest();
        }
        self.by_name.entry(name).or_default().push_back(at);
        self.order.push_back((at, name));
    }

    fn take_back(&mut self, name: u64, at: Timestamp) {
        let found = self.order.iter().rposition(|noted| *noted == (at, name));
        if let Some(place) = found {
            self.order.remove(place);
            self.forget(name, at);
        }
    }

    fn forget_until(&mut self, since: Timestamp) {
        while self.order.front().is_some_and(|(at, _)| *at <= since) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((at, name)) = self.order.pop_front() {
            self.forget(name, at);
        }
    }

    fn forget(&mut self, name: u64, at: Timestamp) {
        let Some(moments) = self.by_name.get_mut(&name) else { return };
        if let Some(place) = moments.iter().position(|noted| *noted == at) {
            moments.remove(place);
        }
        if moments.is_empty() {
            self.by_name.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests;
