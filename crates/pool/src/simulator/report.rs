//! What a simulation counted.

use std::time::Duration;

use domain::Timestamp;

const HOUR_MS: u128 = 3_600_000;
const MINUTE_MS: f64 = 60_000.0;

/// What one window of time brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Visitors who got a warm sandbox.
    pub warm: u64,
    /// Visitors who waited for one to be made.
    pub cold: u64,
    /// Visitors who got none.
    pub refused: u64,
    waits: Vec<Duration>,
    idle_ms: u128,
    alive_ms: u128,
    hour_micro_dollars: u64,
}

impl Report {
    pub(super) fn new(hour_micro_dollars: u64) -> Self {
        Self { hour_micro_dollars, ..Self::default() }
    }

    pub(super) fn served(&mut self, wait: Duration) {
        self.waits.push(wait);
    }

    pub(super) fn passed(&mut self, ms: u64, idle: u32, alive: usize) {
        self.idle_ms += u128::from(ms) * u128::from(idle);
        self.alive_ms += u128::from(ms) * alive as u128;
    }

    /// Everybody who came.
    pub fn arrivals(&self) -> u64 {
        self.warm + self.cold + self.refused
    }

    /// The share of visitors who got a warm sandbox; `None` when nobody came.
    pub fn hit_rate(&self) -> Option<f64> {
        (self.arrivals() > 0).then(|| self.warm as f64 / self.arrivals() as f64)
    }

    /// The wait that `percent` of those served did not exceed.
    pub fn wait(&self, percent: usize) -> Duration {
        let mut sorted = self.waits.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(rank).copied().unwrap_or_default()
    }

    /// Minutes that warm sandboxes waited, all added up.
    pub fn idle_minutes(&self) -> f64 {
        self.idle_ms as f64 / MINUTE_MS
    }

    /// What that waiting cost, in micro-dollars.
    pub fn idle_micro_dollars(&self) -> u64 {
        self.cost(self.idle_ms)
    }

    /// What all sandboxes cost, in the making, waiting and in use, in micro-dollars.
    pub fn micro_dollars(&self) -> u64 {
        self.cost(self.alive_ms)
    }

    fn cost(&self, ms: u128) -> u64 {
        u64::try_from(u128::from(self.hour_micro_dollars) * ms / HOUR_MS).unwrap_or(u64::MAX)
    }
}

/// What a simulation brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The first 24 hours, when nothing was known.
    pub first_day: Report,
    /// The time after learning.
    pub counted: Report,
}

/// The windows that a simulation counts in.
pub(super) struct Windows {
    pub(super) outcome: Outcome,
    pub(super) first_day_ends: Timestamp,
    pub(super) counted_from: Timestamp,
}

impl Windows {
    /// Does something to the report of every window that a moment lies in.
    pub(super) fn at(&mut self, now: Timestamp, count: impl Fn(&mut Report)) {
        if now < self.first_day_ends {
            count(&mut self.outcome.first_day);
        }
        if now >= self.counted_from {
            count(&mut self.outcome.counted);
        }
    }
}
