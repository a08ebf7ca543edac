//! How many warm sandboxes pay: what one more of them brings in hits against what it costs in idle time. Pure.
//!
//! Every acquire begins one replacement, and whoever finds none ready goes elsewhere without beginning one. That is the
//! loss system of A. K. Erlang (1917): with `n` warm ones, arrivals at rate λ and replacements that take s, of which c run
//! at once, the number k of replacements under way has weight Π λs/d(i) for i up to k, and the share of arrivals that find
//! none ready is the weight of k = n. For i ≤ c, d(i) = i: the Poisson distribution cut off at n, whatever the spread of s.
//! Beyond c replacements wait for each other. Creation times vary little, and then waiting hardly matters under light load
//! (d = i is the limit for ρ = λs/c → 0), while d = c, exact for times of exponential spread, bounds it under heavy load.
//! Between the two d(i) = c^ρ i^(1-ρ).

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A step that brings less than this share of arrivals is not worth counting.
const SHARE_MIN: f64 = 0.000_001;
/// The goal is met with this share of the misses it allows, so that chance and an uncertain rate do not miss it.
const MISSES_PLANNED: f64 = 0.8;
/// Weights are scaled down when they pass this; only their ratios matter.
const WEIGHT_MAX: f64 = 1e200;
/// Supplies that differ by less than this share are about the same.
const RESEMBLANCE: f64 = 0.1;

/// How fast a pool refills.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Supply {
    /// From an acquire to its replacement, when none waits for another: creation and `replenish_delay`.
    pub refill: Duration,
    /// How many may be made at once.
    pub creates_at_once: u32,
}

impl Supply {
    pub(super) fn resembles(&self, other: &Self) -> bool {
        let (a, b) = (self.refill.as_secs_f64(), other.refill.as_secs_f64());
        self.creates_at_once == other.creates_at_once && (a - b).abs() <= RESEMBLANCE * a.max(b)
    }
}

/// What the next warm sandbox adds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// Hits a second.
    hits: f64,
    /// Warm sandboxes that wait, on average.
    idle: f64,
}

impl Step {
    /// Hits per idle second.
    pub(super) fn worth(self) -> f64 {
        self.hits / self.idle.max(f64::MIN_POSITIVE)
    }

    /// Whether it brings anything to speak of at this rate.
    pub(super) fn matters(self, rate: f64) -> bool {
        self.hits > rate * SHARE_MIN
    }
}

/// What the first warm sandbox adds, the second, and so on.
pub(super) struct Steps {
    rate: f64,
    load: f64,
    creates_at_once: u32,
    number: u32,
    weight: f64,
    weights: f64,
    weighted: f64,
    before: Step,
}

impl Steps {
    pub(super) fn new(rate: f64, supply: &Supply) -> Self {
        Self {
            rate,
            load: rate * supply.refill.as_secs_f64(),
            creates_at_once: supply.creates_at_once.max(1),
            number: 0,
            weight: 1.0,
            weights: 1.0,
            weighted: 0.0,
            before: Step { hits: 0.0, idle: 0.0 },
        }
    }
}

impl Steps {
    /// The divisor d of the module's text.
    fn under_way_at_once(&self) -> f64 {
        let (number, creates_at_once) = (f64::from(self.number), f64::from(self.creates_at_once));
        if number <= creates_at_once {
            return number;
        }
        let busy = (self.load / creates_at_once).min(1.0);
        creates_at_once.powf(busy) * number.powf(1.0 - busy)
    }
}

impl Iterator for Steps {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        self.number = self.number.checked_add(1)?;
        self.weight *= self.load / self.under_way_at_once();
        self.weights += self.weight;
        self.weighted += self.weight * f64::from(self.number);
        if self.weight > WEIGHT_MAX {
            self.weights /= self.weight;
            self.weighted /= self.weight;
            self.weight = 1.0;
        }
        let now = Step {
            hits: self.rate * (1.0 - self.weight / self.weights),
            idle: f64::from(self.number) - self.weighted / self.weights,
        };
        let step = Step { hits: now.hits - self.before.hits, idle: now.idle - self.before.idle };
        self.before = now;
        Some(step)
    }
}

/// Hits that an idle second must bring so that, over all hours together, the goal is met and nothing is bought that brings
/// less: the same price everywhere is what makes the whole cheapest. 0 when the goal is out of reach.
pub(super) fn worth_of_an_idle_second(
    rates: &[f64],
    goal: f64,
    supply: &Supply,
    (target_ready, max_ready): (u32, u32),
) -> f64 {
    let arrivals: f64 = rates.iter().sum();
    let needed = arrivals * (1.0 - (1.0 - goal) * MISSES_PLANNED);
    let mut hits = 0.0;
    let mut offers: Vec<Step> = Vec::new();
    for rate in rates {
        let mut steps = Steps::new(*rate, supply).take(max_ready as usize);
        hits += steps.by_ref().take(target_ready as usize).map(|step| step.hits).sum::<f64>();
        offers.extend(steps.take_while(|step| step.matters(*rate)));
    }
    offers.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    let mut worth = f64::MAX;
    for offer in offers {
        if hits >= needed {
            return worth;
        }
        hits += offer.hits;
        worth = offer.worth();
    }
    if hits >= needed { worth } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit_shares(load: f64, creates_at_once: u32) -> Vec<f64> {
        let supply = Supply { refill: Duration::from_secs(1), creates_at_once };
        let sums = Steps::new(load, &supply).take(4).scan(0.0, |hits, step| {
            *hits += step.hits;
            Some(*hits / load)
        });
        sums.collect()
    }

    /// H8: Erlang's B(n, 1) is 1/2, 1/5, 1/16, 1/65.
    #[test]
    fn with_enough_creations_at_once_the_misses_are_those_of_erlang() {
        let expected = [1.0 / 2.0, 1.0 / 5.0, 1.0 / 16.0, 1.0 / 65.0].map(|miss| 1.0 - miss);
        for (share, expected) in hit_shares(1.0, 4).into_iter().zip(expected) {
            assert!((share - expected).abs() < 1e-12, "{share} is not {expected}");
        }
    }

    /// H8: one at a time is the queue M/M/1/n, whose misses at load 1 are 1/(n + 1).
    #[test]
    fn one_creation_at_a_time_misses_more() {
        for (share, n) in hit_shares(1.0, 1).into_iter().zip(1..) {
            assert!((share - (1.0 - 1.0 / f64::from(n + 1))).abs() < 1e-12, "{share} with {n}");
        }
    }

    /// H8
    #[test]
    fn the_higher_the_goal_the_less_an_idle_second_must_bring() {
        let rates: Vec<f64> = (0..24).map(|hour| f64::from(hour) / 3_600.0).collect();
        let supply = Supply { refill: Duration::from_secs(5), creates_at_once: 1 };
        let worth = |goal| worth_of_an_idle_second(&rates, goal, &supply, (0, 10));
        let worths = [0.5, 0.9, 0.99, 0.999].map(worth);
        assert!(worths.windows(2).all(|pair| pair[0] >= pair[1]), "{worths:?}");
        assert!(worth_of_an_idle_second(&rates, 0.999_999_9, &supply, (0, 1)) == 0.0, "out of reach");
    }

    /// H8: nothing overflows, however much comes.
    #[test]
    fn a_flood_is_counted_too() {
        let supply = Supply { refill: Duration::from_secs(60), creates_at_once: 1 };
        let hits: f64 = Steps::new(1_000.0, &supply).take(10_000).map(|step| step.hits).sum();
        assert!((hits * 60.0 - 1.0).abs() < 1e-6, "as many as are made: {hits}");
    }
}
