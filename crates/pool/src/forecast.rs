//! What demand is to be expected (H8): arrivals by hour of the week, learnt, and the present rate. Pure.
//!
//! Arrivals are counted in slots of 5 minutes. A finished slot goes into its hour of the week (UTC, Monday first), where
//! what earlier weeks brought counts less each week. An hour of the week that was not seen often borrows from the same hour
//! of the other days, so the second day is known from the first. The rate expected now is that profile, corrected by the
//! last quarter of an hour.

mod profile;
mod worth;

use std::collections::VecDeque;

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::PoolConfig;
use profile::Profile;
pub use worth::Supply;
use worth::{Steps, worth_of_an_idle_second};

/// How finely arrivals are counted.
const SLOT_MS: i64 = 300_000;
/// The present rate is taken from so many finished slots and the one under way.
const RECENT_SLOTS: usize = 3;
/// The profile counts as much as if it had been watched for so long just now.
const PROFILE_WEIGHT_SECONDS: f64 = 3_600.0;

/// What was learnt about demand. Serialises to JSON, so that the next run knows what this one learnt.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Forecast {
    profile: Profile,
    recent: VecDeque<Slot>,
    present: Option<Slot>,
}

/// Arrivals within one slot, or the part of it that was watched.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Slot {
    /// Slots since 1970.
    number: i64,
    arrivals: u32,
    /// When watching began, in Unix milliseconds.
    since_ms: i64,
}

impl Slot {
    fn begun_at(now: Timestamp) -> Self {
        Self { number: now.unix_ms().div_euclid(SLOT_MS), arrivals: 0, since_ms: now.unix_ms() }
    }

    fn end_ms(self) -> i64 {
        (self.number + 1) * SLOT_MS
    }

    fn next(self) -> Self {
        Self { number: self.number + 1, arrivals: 0, since_ms: self.end_ms() }
    }

    fn seconds_until(self, end_ms: i64) -> f64 {
        (end_ms.min(self.end_ms()) - self.since_ms).max(0) as f64 / 1_000.0
    }
}

impl Forecast {
    /// Counts arrivals. Calling it at least every slot, with 0 too, is what tells a quiet time from one not watched.
    /// Answers whether a slot has been finished, and with it something learnt.
    pub fn observe(&mut self, now: Timestamp, arrivals: u32) -> bool {
        let number = now.unix_ms().div_euclid(SLOT_MS);
        let mut present = self.present.unwrap_or_else(|| Slot::begun_at(now));
        let finished = number == present.number + 1;
        if finished {
            self.profile.learn(present.number, present.seconds_until(present.end_ms()), present.arrivals);
            self.recent.push_back(present);
            if self.recent.len() > RECENT_SLOTS {
                self.recent.pop_front();
            }
            present = present.next();
        } else if number != present.number {
            // Nobody watched in between, or the clock was set: what was begun says nothing.
            self.recent.clear();
            present = Slot::begun_at(now);
        }
        present.arrivals = present.arrivals.saturating_add(arrivals);
        self.present = Some(present);
        finished
    }

    /// Arrivals a second that are to be expected now; `None` while nothing like this hour has been seen yet.
    pub fn rate(&self, now: Timestamp) -> Option<f64> {
        let expected = self.profile.rate(now)?;
        let (arrivals, seconds) = self.watched(now);
        Some((expected * PROFILE_WEIGHT_SECONDS + arrivals) / (PROFILE_WEIGHT_SECONDS + seconds))
    }

    /// Arrivals of late, and over how many seconds; nothing when the last that was watched is no longer late.
    fn watched(&self, now: Timestamp) -> (f64, f64) {
        if self.present.is_none_or(|present| present.number != Slot::begun_at(now).number) {
            return (0.0, 0.0);
        }
        let slots = self.recent.iter().chain(&self.present);
        slots.fold((0.0, 0.0), |(arrivals, seconds), slot| {
            (arrivals + f64::from(slot.arrivals), seconds + slot.seconds_until(now.unix_ms()))
        })
    }

    /// What an idle second of a warm sandbox must bring for the goal to be met at least cost; worth keeping for as long as
    /// nothing new was learnt. `None` while nothing was.
    pub fn aim(&self, goal: f64, supply: &Supply, config: &PoolConfig) -> Option<Aim> {
        let rates = self.profile.rates()?;
        let bounds = (config.target_ready, config.max_ready);
        Some(Aim { worth: worth_of_an_idle_second(&rates, goal, supply, bounds), supply: *supply })
    }

    /// The number of warm sandboxes that pays now, between `target_ready` and `max_ready`; `None` as in [`Forecast::rate`].
    pub fn wanted(&self, now: Timestamp, aim: &Aim, config: &PoolConfig) -> Option<u32> {
        let rate = self.rate(now)?;
        let steps = Steps::new(rate, &aim.supply);
        let paying = steps
            .take_while(|step| step.worth() >= aim.worth && step.matters(rate))
            .take(config.max_ready as usize);
        let wanted = u32::try_from(paying.count()).unwrap_or(u32::MAX);
        Some(wanted.clamp(config.target_ready, config.max_ready))
    }
}

/// How much must come of an idle second, and for which supply that was found out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    worth: f64,
    supply: Supply,
}

impl Aim {
    /// Whether it was found out for a supply that is still about the same.
    pub fn fits(&self, supply: &Supply) -> bool {
        self.supply.resembles(supply)
    }
}

#[cfg(test)]
mod tests;
