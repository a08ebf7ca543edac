//! When visitors come: recorded, or drawn.

use std::time::Duration;

use domain::{Entropy, SeededEntropy, Timestamp};
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as ValueError;

const HOUR_MS: f64 = 3_600_000.0;
const DAY_MS: i64 = 86_400_000;
/// Most visitors of a day's curve come around this hour, and again in the evening.
const PEAKS_HOURS: [(f64, f64, f64); 2] = [(11.0, 3.0, 1.0), (20.0, 2.0, 0.8)];
/// What comes in the quietest hour, as a share of the first peak.
const QUIET: f64 = 0.08;
/// The most arrivals that are read or drawn.
const ARRIVALS_MAX: usize = 10_000_000;

/// Moments at which visitors come, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrivals(Vec<Timestamp>);

/// A recording can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArrivalsError {
    /// A line is no moment.
    #[error(
        "line {line} is “{text}”: it must be a time such as 2026-11-21T09:00:00Z, or seconds from the start"
    )]
    Line {
        /// Which line, counted from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// There is nothing in it.
    #[error("there is no arrival in it")]
    Empty,
    /// There is too much in it.
    #[error("there are more than {ARRIVALS_MAX} arrivals")]
    TooMany,
}

impl Arrivals {
    /// The moments, in order.
    pub fn moments(&self) -> &[Timestamp] {
        &self.0
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self.0.sort_unstable();
        self
    }

    /// One a line: an RFC 3339 time or seconds from `start`; the first field where there are several. The first line may
    /// name the columns.
    ///
    /// # Errors
    /// [`ArrivalsError`], which names the line.
    pub fn parse(text: &str, start: Timestamp) -> Result<Self, ArrivalsError> {
        let mut moments = Vec::new();
        for (line, text) in text.lines().enumerate().map(|(index, text)| (index + 1, text.trim())) {
            let field = text.split(',').next().unwrap_or(text).trim().trim_matches('"');
            match moment(field, start) {
                Some(moment) => moments.push(moment),
                None if line == 1 || field.is_empty() => {}
                None => return Err(ArrivalsError::Line { line, text: text.to_owned() }),
            }
            if moments.len() > ARRIVALS_MAX {
                return Err(ArrivalsError::TooMany);
            }
        }
        if moments.is_empty() {
            return Err(ArrivalsError::Empty);
        }
        moments.sort_unstable();
        Ok(Self(moments))
    }

    /// So many an hour on average, each by itself.
    pub fn poisson(per_hour: f64, start: Timestamp, lasting: Duration, seed: u64) -> Self {
        Self::drawn(per_hour, start, lasting, seed, |_| 1.0)
    }

    /// So many a day on average, few at night, most late in the morning and in the evening.
    pub fn days_curve(per_day: f64, start: Timestamp, lasting: Duration, seed: u64) -> Self {
        let mean = (0..1_440).map(|minute| curve(f64::from(minute) / 60.0)).sum::<f64>() / 1_440.0;
        let top = (0..1_440).map(|minute| curve(f64::from(minute) / 60.0)).fold(0.0, f64::max);
        let hour_of = |at_ms: i64| at_ms.rem_euclid(DAY_MS) as f64 / HOUR_MS;
        Self::drawn(per_day / 24.0 * top / mean, start, lasting, seed, |at_ms| curve(hour_of(at_ms)) / top)
    }

    /// So many at once.
    pub fn burst(count: u32, at: Timestamp) -> Self {
        Self(vec![at; count as usize])
    }

    /// A Poisson process, thinned by the share of its highest rate that holds at a moment.
    fn drawn(
        per_hour: f64,
        start: Timestamp,
        lasting: Duration,
        seed: u64,
        share: impl Fn(i64) -> f64,
    ) -> Self {
        let random = SeededEntropy::new(seed);
        let mut moments = Vec::new();
        let (mut passed_ms, end_ms) = (0.0, lasting.as_millis() as f64);
        while per_hour > 0.0 && moments.len() < ARRIVALS_MAX {
            passed_ms -= (1.0 - uniform(&random)).ln() / per_hour * HOUR_MS;
            if passed_ms >= end_ms {
                break;
            }
            let at = start.plus_ms(passed_ms as i64);
            if uniform(&random) < share(at.unix_ms()) {
                moments.push(at);
            }
        }
        Self(moments)
    }
}

/// How busy an hour of the day is, relative to the others; midnight is near.
fn curve(hour: f64) -> f64 {
    let bump = |(peak, width, height): (f64, f64, f64)| {
        let apart = (hour - peak).abs().min(24.0 - (hour - peak).abs());
        height * (-(apart / width).powi(2) / 2.0).exp()
    };
    QUIET + PEAKS_HOURS.into_iter().map(bump).sum::<f64>()
}

fn moment(text: &str, start: Timestamp) -> Option<Timestamp> {
    if let Ok(seconds) = text.parse::<f64>() {
        return seconds.is_finite().then(|| start.plus_ms((seconds * 1_000.0) as i64));
    }
    let text: serde::de::value::StrDeserializer<'_, ValueError> = text.into_deserializer();
    Timestamp::deserialize(text).ok()
}

/// A number from 0 up to but not including 1.
pub(super) fn uniform(random: &dyn Entropy) -> f64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    (u64::from_le_bytes(bytes) >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY: Timestamp = Timestamp::from_unix_ms(4 * DAY_MS);

    /// H8
    #[test]
    fn a_recording_may_have_a_header_and_either_kind_of_time() {
        let read = Arrivals::parse("time,visitor\n1970-01-05T00:00:01Z,a\n0.5,b\n\n", MONDAY).unwrap();
        assert_eq!(read.moments(), [MONDAY.plus_ms(500), MONDAY.plus_ms(1_000)]);
        let refused = Arrivals::parse("0\nsoon\n", MONDAY).unwrap_err();
        assert!(refused.to_string().starts_with("line 2 is “soon”"), "{refused}");
        assert_eq!(Arrivals::parse("time\n", MONDAY), Err(ArrivalsError::Empty));
    }

    /// H8
    #[test]
    fn what_is_drawn_is_as_much_as_asked_for_and_the_same_for_the_same_seed() {
        let ten_days = Duration::from_secs(864_000);
        let drawn = |seed| Arrivals::days_curve(1_000.0, MONDAY, ten_days, seed);
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
        let count = drawn(1).moments().len();
        assert!((9_600..10_400).contains(&count), "{count}");
        let noon = |at: &&Timestamp| (10..12).contains(&(at.unix_ms().rem_euclid(DAY_MS) / 3_600_000));
        let night = |at: &&Timestamp| (3..5).contains(&(at.unix_ms().rem_euclid(DAY_MS) / 3_600_000));
        let (noon, night) = (drawn(1).0.iter().filter(noon).count(), drawn(1).0.iter().filter(night).count());
        assert!(noon > 5 * night, "{noon} and {night}");
        assert_eq!(Arrivals::poisson(0.0, MONDAY, ten_days, 1), Arrivals::default());
    }
}
