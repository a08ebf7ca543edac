//! What failing creations lead to (H6): ever longer waits, then a stop with an alert, then one trial. Pure.

use std::time::Duration;

use domain::{Entropy, Timestamp};

use crate::PoolConfig;

/// The first wait after a failed creation; each further failure doubles it.
const WAIT_FIRST_MS: u64 = 500;
/// The longest wait between two failures.
const WAIT_MAX_MS: u64 = 60_000;

/// How creation has been going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Circuit {
    /// Failures in a row.
    pub failures: u32,
    /// Nothing is made before this moment; `None` when the last creation worked.
    pub retry_at: Option<Timestamp>,
}

/// Where the circuit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CircuitState {
    /// Creation works, or has not failed often enough to be stopped.
    #[default]
    Closed,
    /// Creation is stopped.
    Open,
    /// Creation is stopped but for one that shows whether it works again.
    Trial,
}

impl Circuit {
    /// After one more failure. `jitter` between 0 and 1 spreads the waits of pools that failed together.
    #[must_use]
    pub fn failed(self, now: Timestamp, jitter: f64, config: &PoolConfig) -> Self {
        let failures = self.failures.saturating_add(1);
        let wait = if failures >= config.create_failures_max {
            config.circuit_open
        } else {
            backoff(self.failures, WAIT_FIRST_MS, jitter)
        };
        Self { failures, retry_at: Some(now.plus_ms(ms(wait))) }
    }

    /// Where it stands.
    pub fn state(&self, now: Timestamp, config: &PoolConfig) -> CircuitState {
        if self.failures < config.create_failures_max {
            CircuitState::Closed
        } else if self.holds(now) {
            CircuitState::Open
        } else {
            CircuitState::Trial
        }
    }

    /// How many of `missing` may be begun while `making` are under way: after a failure one at a time.
    pub(crate) fn admits(&self, now: Timestamp, missing: usize, making: usize) -> usize {
        match (self.failures, self.holds(now)) {
            (0, _) => missing,
            (_, true) => 0,
            (_, false) => missing.min(1usize.saturating_sub(making)),
        }
    }

    fn holds(&self, now: Timestamp) -> bool {
        self.retry_at.is_some_and(|retry_at| now < retry_at)
    }
}

/// The wait after the `failures`-th failure in a row, counted from 0: doubled each time, and between half and all of it, so
/// that what failed together is not tried again together.
pub(crate) fn backoff(failures: u32, first_ms: u64, jitter: f64) -> Duration {
    let wait_ms = (first_ms << failures.min(10)).min(WAIT_MAX_MS);
    Duration::from_millis(wait_ms).mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
}

/// A number from 0 to 1.
pub(crate) fn draw(entropy: &dyn Entropy) -> f64 {
    let mut bytes = [0; 4];
    entropy.fill(&mut bytes);
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

pub(crate) fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_000_000);

    fn failed(times: usize, config: &PoolConfig) -> Circuit {
        (0..times).fold(Circuit::default(), |circuit, _| circuit.failed(NOW, 1.0, config))
    }

    /// H6
    #[test]
    fn the_wait_doubles_up_to_a_minute_and_is_spread_over_its_upper_half() {
        let waits = |jitter| [0, 1, 2, 6, 7, 60].map(|n| backoff(n, WAIT_FIRST_MS, jitter).as_millis());
        assert_eq!(waits(1.0), [500, 1_000, 2_000, 32_000, 60_000, 60_000]);
        assert_eq!(waits(0.0), [250, 500, 1_000, 16_000, 30_000, 30_000]);
    }

    /// H6: stops, then one trial, and closes by itself.
    #[test]
    fn repeated_failures_open_the_circuit_and_one_trial_follows() {
        let config = PoolConfig::default();
        let four = failed(4, &config);
        assert_eq!(four.state(NOW, &config), CircuitState::Closed);
        let open = four.failed(NOW, 1.0, &config);
        assert_eq!(open.state(NOW.plus_ms(59_999), &config), CircuitState::Open);
        assert_eq!(open.admits(NOW.plus_ms(59_999), 5, 0), 0);
        assert_eq!(open.state(NOW.plus_ms(60_000), &config), CircuitState::Trial);
        assert_eq!(open.admits(NOW.plus_ms(60_000), 5, 0), 1);
        assert_eq!(open.admits(NOW.plus_ms(60_000), 5, 1), 0, "one at a time");
        assert_eq!(open.failed(NOW, 0.0, &config).state(NOW, &config), CircuitState::Open, "a failed trial");
        assert_eq!(Circuit::default().admits(NOW, 5, 3), 5);
    }
}
