//! Bounds over all pools of a process: how many sandboxes may exist, and how many may be made at once (H1).
//!
//! A place is reserved before a sandbox's row is written and given back when the row is gone, under one lock: however many
//! pools and claims ask at once, the bounds hold exactly.

use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::config::SettingError;
use crate::lock;

/// The bounds that pools share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapsConfig {
    /// Sandboxes that may exist at once, in every pool and state together. Default 50.
    pub max_total_sandboxes: u32,
    /// Sandboxes that may be in the making at once, warm and cold together. Default 10.
    pub max_concurrent_creates: u32,
}

impl Default for CapsConfig {
    fn default() -> Self {
        Self { max_total_sandboxes: 50, max_concurrent_creates: 10 }
    }
}

impl CapsConfig {
    /// Refuses what can't work.
    ///
    /// # Errors
    /// [`SettingError`] with the first such setting and the fix.
    pub fn check(&self) -> Result<(), SettingError> {
        for (key, value) in [
            ("max_total_sandboxes", self.max_total_sandboxes),
            ("max_concurrent_creates", self.max_concurrent_creates),
        ] {
            if value == 0 {
                return Err(SettingError::new(key, value, "it must be at least 1"));
            }
        }
        Ok(())
    }
}

/// The bounds and what is used of them. Pools that share them hold the same `Arc`.
#[derive(Debug)]
pub struct Caps {
    config: CapsConfig,
    used: Mutex<Used>,
    /// Moves on when something is given back while a bound was reached.
    freed: watch::Sender<u64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Used {
    total: u32,
    creates: u32,
}

/// How much is left of each bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Sandboxes that may still come to exist.
    pub total: u32,
    /// Creations that may still begin.
    pub creates: u32,
}

impl Caps {
    /// Bounds of which nothing is used yet.
    pub fn new(config: CapsConfig) -> Arc<Self> {
        Arc::new(Self { config, used: Mutex::default(), freed: watch::Sender::new(0) })
    }

    /// The bounds themselves.
    pub fn config(&self) -> CapsConfig {
        self.config
    }

    /// How much is left of each.
    pub fn room(&self) -> Room {
        let used = *lock(&self.used);
        Room {
            total: self.config.max_total_sandboxes.saturating_sub(used.total),
            creates: self.config.max_concurrent_creates.saturating_sub(used.creates),
        }
    }

    /// Sandboxes that hold a place now.
    pub fn total(&self) -> u32 {
        lock(&self.used).total
    }

    /// A place to exist and one to be made in; `None` when either bound is reached.
    pub(crate) fn reserve(self: &Arc<Self>) -> Option<(Place, CreateSlot)> {
        let mut used = lock(&self.used);
        let CapsConfig { max_total_sandboxes, max_concurrent_creates } = self.config;
        if used.total >= max_total_sandboxes || used.creates >= max_concurrent_creates {
            return None;
        }
        used.total += 1;
        used.creates += 1;
        Some((Place(Arc::clone(self)), CreateSlot(Arc::clone(self))))
    }

    /// A place for a sandbox that exists already, whatever the bound: it was made under an earlier one.
    pub(crate) fn hold(self: &Arc<Self>) -> Place {
        lock(&self.used).total += 1;
        Place(Arc::clone(self))
    }

    /// Tells when a bound that was reached is not any more.
    pub(crate) fn freed(&self) -> watch::Receiver<u64> {
        self.freed.subscribe()
    }

    fn give_back(&self, back: impl FnOnce(&mut Used)) {
        let full = {
            let mut used = lock(&self.used);
            let full = used.total >= self.config.max_total_sandboxes
                || used.creates >= self.config.max_concurrent_creates;
            back(&mut used);
            full
        };
        if full {
            self.freed.send_modify(|times| *times += 1);
        }
    }
}

/// One sandbox's place among those that exist; given back when dropped.
#[derive(Debug)]
pub(crate) struct Place(Arc<Caps>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.give_back(|used| used.total -= 1);
    }
}

/// One sandbox's place among those in the making; given back when dropped.
#[derive(Debug)]
pub(crate) struct CreateSlot(Arc<Caps>);

impl Drop for CreateSlot {
    fn drop(&mut self) {
        self.0.give_back(|used| used.creates -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H1
    #[test]
    fn what_is_given_back_can_be_reserved_again_and_nothing_more() {
        let caps = Caps::new(CapsConfig { max_total_sandboxes: 2, max_concurrent_creates: 1 });
        let (first, making) = caps.reserve().unwrap();
        assert!(caps.reserve().is_none(), "one in the making is all");
        drop(making);
        let (second, making) = caps.reserve().unwrap();
        drop(making);
        assert!(caps.reserve().is_none(), "two are all");
        let freed = caps.freed();
        drop(first);
        assert!(freed.has_changed().unwrap());
        assert!(caps.reserve().is_some());
        drop(second);
        assert_eq!((caps.total(), caps.room()), (0, Room { total: 2, creates: 1 }));
    }

    /// H1: under a lowered bound nothing is removed, and nothing is made either.
    #[test]
    fn more_may_exist_than_the_bound_when_they_existed_before() {
        let caps = Caps::new(CapsConfig { max_total_sandboxes: 1, max_concurrent_creates: 1 });
        let held = [caps.hold(), caps.hold()];
        assert!(caps.reserve().is_none());
        drop(held);
        assert!(caps.reserve().is_some());
    }
}
