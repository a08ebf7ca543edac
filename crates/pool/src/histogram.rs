//! Durations counted in fixed buckets, without a lock (H10).

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds for a pool's own times in seconds: from a take in memory to a sandbox that is made far away.
pub(crate) const POOL_BOUNDS_S: &[f64] = &[
    0.000_001, 0.000_002, 0.000_005, 0.000_01, 0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05,
    0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0,
];
const NANOS_PER_SECOND: f64 = 1_000_000_000.0;

/// Counts durations.
#[derive(Debug)]
pub struct Histogram {
    bounds_s: &'static [f64],
    /// One for each bound, and one for what is above all of them.
    counts: Box<[AtomicU64]>,
    sum_nanos: AtomicU64,
}

/// What a [`Histogram`] has counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HistogramSnapshot {
    /// Upper bounds of the buckets in seconds, rising.
    pub bounds_seconds: Vec<f64>,
    /// How many were within each bound and above the one before; the last number is of those above all bounds.
    pub counts: Vec<u64>,
    /// All durations together in seconds.
    pub sum_seconds: f64,
}

impl Histogram {
    /// Empty, with rising upper bounds in seconds.
    pub fn new(bounds_s: &'static [f64]) -> Self {
        let counts = (0..=bounds_s.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds_s, counts, sum_nanos: AtomicU64::new(0) }
    }

    /// Counts one more.
    pub fn record(&self, duration: Duration) {
        let seconds = duration.as_secs_f64();
        let bucket = self.bounds_s.partition_point(|bound| *bound < seconds);
        self.counts[bucket].fetch_add(1, Ordering::Relaxed);
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.sum_nanos.fetch_add(nanos, Ordering::Relaxed);
    }

    /// What was counted so far.
    pub fn snapshot(&self) -> HistogramSnapshot {
        HistogramSnapshot {
            bounds_seconds: self.bounds_s.to_vec(),
            counts: self.counts.iter().map(|count| count.load(Ordering::Relaxed)).collect(),
            sum_seconds: self.sum_nanos.load(Ordering::Relaxed) as f64 / NANOS_PER_SECOND,
        }
    }
}

impl HistogramSnapshot {
    /// How many durations were counted.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H10
    #[test]
    fn a_duration_falls_into_the_first_bucket_that_holds_it() {
        let histogram = Histogram::new(POOL_BOUNDS_S);
        for millis in [1, 2, 3, 90_000] {
            histogram.record(Duration::from_millis(millis));
        }
        let counted = histogram.snapshot();
        let bucket = |bound: f64| counted.bounds_seconds.iter().position(|b| *b == bound).unwrap();
        assert_eq!([counted.counts[bucket(0.001)], counted.counts[bucket(0.002_5)]], [1, 1]);
        assert_eq!([counted.counts[bucket(0.005)], *counted.counts.last().unwrap()], [1, 1]);
        assert_eq!((counted.count(), counted.sum_seconds), (4, 90.006));
    }
}
