//! How long things took, by bounds fixed in advance.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts durations by their bounds.
pub(super) struct Histogram {
    bounds_ms: &'static [u64],
    /// One more than bounds: the last is beyond all of them.
    counts: Vec<AtomicU64>,
    sum_ms: AtomicU64,
}

/// Durations counted so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistogramSnapshot {
    /// Upper bounds, in milliseconds, each one included.
    pub bounds_ms: &'static [u64],
    /// How many are within each bound and above the one before; the last, beyond all bounds.
    pub counts: Vec<u64>,
    /// All of them together, in milliseconds.
    pub sum_ms: u64,
}

impl HistogramSnapshot {
    /// How many there are.
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }
}

impl Histogram {
    pub(super) fn new(bounds_ms: &'static [u64]) -> Self {
        let counts = (0..=bounds_ms.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds_ms, counts, sum_ms: AtomicU64::new(0) }
    }

    pub(super) fn record(&self, took_ms: u64) {
        let place = self.bounds_ms.partition_point(|bound| *bound < took_ms);
        self.counts[place].fetch_add(1, Ordering::Relaxed);
        self.sum_ms.fetch_add(took_ms, Ordering::Relaxed);
    }

    pub(super) fn snapshot(&self) -> HistogramSnapshot {
        HistogramSnapshot {
            bounds_ms: self.bounds_ms,
            counts: self.counts.iter().map(|count| count.load(Ordering::Relaxed)).collect(),
            sum_ms: self.sum_ms.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H10
    #[test]
    fn a_bound_includes_itself_and_the_last_count_has_none() {
        let histogram = Histogram::new(&[1, 10]);
        for took_ms in [0, 1, 2, 10, 11] {
            histogram.record(took_ms);
        }
        let expected = HistogramSnapshot { bounds_ms: &[1, 10], counts: vec![2, 2, 1], sum_ms: 24 };
        assert_eq!(histogram.snapshot(), expected);
    }
}
