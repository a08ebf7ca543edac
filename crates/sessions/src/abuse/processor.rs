//! Whether a sandbox keeps a processor busy for longer than a demo has reason to: decided from samples alone.

use std::time::Duration;

use domain::Timestamp;

use crate::ProcessorLimit;

/// Looks at one sandbox's samples, in order.
#[derive(Debug)]
pub(crate) struct ProcessorWatch {
    limit: ProcessorLimit,
    last: Option<Sample>,
    /// Since when it has been busy without a pause.
    busy_since: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Timestamp,
    cpu_ms: u64,
}

impl ProcessorWatch {
    pub(crate) fn new(limit: ProcessorLimit) -> Self {
        Self { limit, last: None, busy_since: None }
    }

    /// Takes in what the sandbox has used by now, and answers whether it has been too much for too long. While `excused`,
    /// as when a prompt is worked on, use is no sign of anything. Having answered `true` it begins anew.
    pub(crate) fn sample(&mut self, at: Timestamp, cpu_ms: u64, excused: bool) -> bool {
        let Some(last) = self.last.filter(|_| !excused) else {
            self.begin(Sample { at, cpu_ms });
            return false;
        };
        let span_ms = at.ms_since(last.at);
        if span_ms == 0 {
            return false;
        }
        self.last = Some(Sample { at, cpu_ms });
        let used_ms = cpu_ms.saturating_sub(last.cpu_ms);
        if used_ms.saturating_mul(100) < span_ms.saturating_mul(self.limit.percent.into()) {
            self.busy_since = None;
            return false;
        }
        let since = *self.busy_since.get_or_insert(last.at);
        let too_long = Duration::from_millis(at.ms_since(since)) >= self.limit.lasting;
        if too_long {
            self.begin(Sample { at, cpu_ms });
        }
        too_long
    }

    fn begin(&mut self, sample: Sample) {
        self.last = Some(sample);
        self.busy_since = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: ProcessorLimit = ProcessorLimit { percent: 90, lasting: Duration::from_secs(60) };

    /// Each sample: at which second, milliseconds used since the one before, whether it is excused.
    fn seconds_of_verdicts(samples: &[(i64, u64, bool)]) -> Vec<i64> {
        let mut watch = ProcessorWatch::new(LIMIT);
        let mut cpu_ms = 10_000;
        let mut verdicts = Vec::new();
        for (second, used_ms, excused) in samples {
            cpu_ms += used_ms;
            if watch.sample(Timestamp::from_unix_ms(second * 1_000), cpu_ms, *excused) {
                verdicts.push(*second);
            }
        }
        verdicts
    }

    fn steady(until: i64, used_ms: u64) -> Vec<(i64, u64, bool)> {
        (0..=until / 5).map(|number| (number * 5, used_ms, false)).collect()
    }

    /// J1
    #[test]
    fn a_full_processor_is_noticed_after_its_time_and_again_after_as_long() {
        assert_eq!(seconds_of_verdicts(&steady(150, 5_000)), [60, 120]);
        assert_eq!(seconds_of_verdicts(&steady(100, 4_500)), [60], "nine tenths are enough");
    }

    /// J1
    #[test]
    fn work_that_has_pauses_or_a_reason_is_left_alone() {
        assert_eq!(seconds_of_verdicts(&steady(600, 4_400)), [0; 0]);
        let mut with_a_pause = steady(100, 5_000);
        with_a_pause[10].1 = 100;
        assert_eq!(seconds_of_verdicts(&with_a_pause), [0; 0]);
        let mut with_a_prompt = steady(100, 5_000);
        with_a_prompt[9].2 = true;
        assert_eq!(seconds_of_verdicts(&with_a_prompt), [0; 0]);
    }

    /// A clock that stands, a counter that begins anew: nothing follows from them.
    #[test]
    fn odd_samples_prove_nothing() {
        assert_eq!(seconds_of_verdicts(&[(0, 0, false), (0, 90_000, false), (300, 0, false)]), [0; 0]);
        let mut watch = ProcessorWatch::new(LIMIT);
        assert!(!watch.sample(Timestamp::from_unix_ms(0), 500_000, false));
        assert!(!watch.sample(Timestamp::from_unix_ms(90_000), 10, false));
    }
}
