//! What a pool holds and has done (H10), for pages that follow it and for whoever renders figures.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::circuit::CircuitState;
use crate::histogram::{Histogram, HistogramSnapshot, POOL_BOUNDS_S};
use crate::{DestroyReason, lock};

/// How many of the newest creations the measured wait is taken from.
const CREATE_SAMPLES_MAX: usize = 16;

/// What a pool holds now, in short. Watchers get each that differs from the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoolSnapshot {
    /// Warm sandboxes that a claim would get.
    pub ready: u32,
    /// Warm sandboxes that are wanted now.
    pub wanted: u32,
    /// Sandboxes in the making.
    pub creating: u32,
    /// Sandboxes that belong to sessions.
    pub in_use: u32,
    /// Sandboxes in every state together, those of other pools under the same caps included.
    pub total: u32,
    /// Successful acquires since the start.
    pub total_acquires: u64,
    /// Those that got a warm one.
    pub acquires_from_pool: u64,
    /// Creations that failed in a row.
    pub create_failures: u32,
    /// Whether a template is there to make sandboxes from.
    pub template_ready: bool,
    /// The median of the newest creations in milliseconds; `None` before the first.
    pub create_ms: Option<u64>,
    /// What an operator should look at; `None` when all is well.
    pub alert: Option<Alert>,
}

/// Something an operator should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Alert {
    /// Creation was stopped (H6). It is tried again by itself.
    #[error("{failures} creations failed in a row; creation is stopped and tried again once a while")]
    CreationStopped {
        /// Failures in a row.
        failures: u32,
    },
}

/// Everything a pool counts, since its start where it is a count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PoolMetrics {
    /// Warm sandboxes that a claim would get.
    pub ready: u32,
    /// Warm sandboxes that are wanted now.
    pub wanted: u32,
    /// Sandboxes in the making.
    pub creating: u32,
    /// Sandboxes that belong to sessions.
    pub in_use: u32,
    /// Successful acquires, warm and cold.
    pub total_acquires: u64,
    /// Acquires that got a warm sandbox.
    pub acquires_from_pool: u64,
    /// Acquires that got a place for one that was still to be made.
    pub acquires_cold_start: u64,
    /// The share of acquires that got a warm one; `None` before the first.
    pub pool_hit_rate: Option<f64>,
    /// Tries of a creation that failed.
    pub failed_creates: u64,
    /// Warm sandboxes that were removed because they did not answer.
    pub health_removals: u64,
    /// Warm sandboxes that were removed because of their age.
    pub evictions_old: u64,
    /// Warm sandboxes that were removed because their template had changed.
    pub evictions_outdated: u64,
    /// Warm sandboxes that were removed because fewer were wanted.
    pub evictions_surplus: u64,
    /// For how long the oldest warm sandbox has been ready; `None` when there is none.
    pub oldest_age: Option<Duration>,
    /// From asking for a sandbox to having a warm one.
    pub acquire_warm: HistogramSnapshot,
    /// From asking for a sandbox to having one that was made for it.
    pub acquire_cold: HistogramSnapshot,
    /// Making a sandbox.
    pub create: HistogramSnapshot,
    /// Whether creation is stopped.
    pub circuit: CircuitState,
}

/// The counts behind [`PoolMetrics`].
#[derive(Debug)]
pub(crate) struct Counters {
    pub(crate) acquires_warm: AtomicU64,
    pub(crate) acquires_cold: AtomicU64,
    pub(crate) failed_creates: AtomicU64,
    pub(crate) health_removals: AtomicU64,
    old: AtomicU64,
    outdated: AtomicU64,
    surplus: AtomicU64,
    pub(crate) acquire_warm: Histogram,
    pub(crate) acquire_cold: Histogram,
    create: Histogram,
    create_samples: Mutex<VecDeque<Duration>>,
}

impl Default for Counters {
    fn default() -> Self {
        let zero = AtomicU64::default;
        Self {
            acquires_warm: zero(),
            acquires_cold: zero(),
            failed_creates: zero(),
            health_removals: zero(),
            old: zero(),
            outdated: zero(),
            surplus: zero(),
            acquire_warm: Histogram::new(POOL_BOUNDS_S),
            acquire_cold: Histogram::new(POOL_BOUNDS_S),
            create: Histogram::new(POOL_BOUNDS_S),
            create_samples: Mutex::default(),
        }
    }
}

impl Counters {
    pub(crate) fn count_removal(&self, reason: DestroyReason) {
        match reason {
            DestroyReason::Old => count(&self.old),
            DestroyReason::Outdated => count(&self.outdated),
            DestroyReason::Surplus => count(&self.surplus),
            DestroyReason::Released => {}
        }
    }

    pub(crate) fn count_create(&self, took: Duration) {
        self.create.record(took);
        let mut samples = lock(&self.create_samples);
        samples.push_back(took);
        if samples.len() > CREATE_SAMPLES_MAX {
            samples.pop_front();
        }
    }

    /// The median of the newest creations.
    pub(crate) fn create_time(&self) -> Option<Duration> {
        let mut sorted: Vec<Duration> = lock(&self.create_samples).iter().copied().collect();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()
    }

    pub(crate) fn acquires(&self) -> u64 {
        read(&self.acquires_warm) + read(&self.acquires_cold)
    }

    /// The counts; what the pool holds is left for the caller to fill in.
    pub(crate) fn metrics(&self) -> PoolMetrics {
        let (warm, cold) = (read(&self.acquires_warm), read(&self.acquires_cold));
        PoolMetrics {
            total_acquires: warm + cold,
            acquires_from_pool: warm,
            acquires_cold_start: cold,
            pool_hit_rate: (warm + cold > 0).then(|| warm as f64 / (warm + cold) as f64),
            failed_creates: read(&self.failed_creates),
            health_removals: read(&self.health_removals),
            evictions_old: read(&self.old),
            evictions_outdated: read(&self.outdated),
            evictions_surplus: read(&self.surplus),
            acquire_warm: self.acquire_warm.snapshot(),
            acquire_cold: self.acquire_cold.snapshot(),
            create: self.create.snapshot(),
            ..PoolMetrics::default()
        }
    }
}

pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

pub(crate) fn read(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}
