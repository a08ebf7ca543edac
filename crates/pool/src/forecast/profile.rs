//! Arrivals by hour of the week, fading week by week.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use super::SLOT_MS;

const HOUR_MS: i64 = 3_600_000;
const HOURS_PER_DAY: usize = 24;
const HOURS_PER_WEEK: usize = 168;
/// 1970-01-01 was a Thursday; weeks here begin on Monday.
const HOURS_FROM_MONDAY: i64 = 72;
/// What remains of an hour's weight a week later.
const FADE_PER_WEEK: f64 = 0.7;
/// The same hour of all days counts as much as if this hour of the week had been watched for so long.
const DAY_WEIGHT_SECONDS: f64 = 3_600.0;

/// What each hour of the week brought. Empty until something was learnt, then one [`Hour`] for each.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Profile {
    hours: Vec<Hour>,
}

/// One hour of the week, over all weeks.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
struct Hour {
    arrivals: f64,
    seconds: f64,
    /// The week that was added last.
    week: i64,
}

impl Hour {
    fn rate(self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.arrivals / self.seconds)
    }
}

impl Profile {
    /// Adds one slot, of which so many seconds were watched.
    pub(super) fn learn(&mut self, slot: i64, seconds: f64, arrivals: u32) {
        if self.hours.len() != HOURS_PER_WEEK {
            self.hours = vec![Hour::default(); HOURS_PER_WEEK];
        }
        let hours = hours_from_monday(slot * SLOT_MS);
        let week = hours.div_euclid(HOURS_PER_WEEK as i64);
        let hour = &mut self.hours[index(hours)];
        if hour.week != week {
            let weeks = i32::try_from(week.saturating_sub(hour.week)).unwrap_or(i32::MAX).max(0);
            let left = FADE_PER_WEEK.powi(weeks);
            *hour = Hour { arrivals: hour.arrivals * left, seconds: hour.seconds * left, week };
        }
        hour.arrivals += f64::from(arrivals);
        hour.seconds += seconds;
    }

    /// Arrivals a second at a moment, running from the middle of one hour to the middle of the next.
    pub(super) fn rate(&self, now: Timestamp) -> Option<f64> {
        let middle_ms = now.unix_ms() - HOUR_MS / 2;
        let hours = hours_from_monday(middle_ms);
        let passed = middle_ms.rem_euclid(HOUR_MS) as f64 / HOUR_MS as f64;
        match (self.hour_rate(index(hours)), self.hour_rate(index(hours + 1))) {
            (Some(before), Some(after)) => Some(before + (after - before) * passed),
            (before, after) => before.or(after),
        }
    }

    /// Arrivals a second in each hour of the week that something is known of; `None` when nothing is known at all.
    pub(super) fn rates(&self) -> Option<Vec<f64>> {
        let rates: Vec<f64> = (0..HOURS_PER_WEEK).filter_map(|index| self.hour_rate(index)).collect();
        (!rates.is_empty()).then_some(rates)
    }

    fn hour_rate(&self, index: usize) -> Option<f64> {
        let hour = *self.hours.get(index)?;
        let same_hour = self.hours.iter().skip(index % HOURS_PER_DAY).step_by(HOURS_PER_DAY);
        let (arrivals, seconds) =
            same_hour.fold((0.0, 0.0), |(a, s), hour| (a + hour.arrivals, s + hour.seconds));
        let of_day = Hour { arrivals, seconds, week: 0 }.rate()?;
        Some((hour.arrivals + of_day * DAY_WEIGHT_SECONDS) / (hour.seconds + DAY_WEIGHT_SECONDS))
    }
}

fn hours_from_monday(unix_ms: i64) -> i64 {
    unix_ms.div_euclid(HOUR_MS) + HOURS_FROM_MONDAY
}

fn index(hours: i64) -> usize {
    usize::try_from(hours.rem_euclid(HOURS_PER_WEEK as i64)).unwrap_or(0)
}
