//! Days, as the configured time zone has them: what a budget is for.

use crate::Timestamp;

/// Milliseconds of a day in UTC, which has no daylight saving.
const UTC_DAY_MS: i64 = 86_400_000;
/// Characters of a date, as in `2026-11-21`.
const DATE_CHARS: usize = 10;

/// One day of a [`Calendar`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its date, as in `2026-11-21`.
    pub date: String,
    /// Its first moment.
    pub begins: Timestamp,
    /// The first moment of the next day. A day with a change of the clocks is 23 or 25 hours long.
    pub ends: Timestamp,
}

/// Which day a moment belongs to. The real one lives in `server`; [`UtcCalendar`] needs no database of zones.
pub trait Calendar: Send + Sync + 'static {
    /// The day that `at` falls on.
    fn day(&self, at: Timestamp) -> Day;

    /// What a clock on the wall shows at that moment, as in `00:00`.
    fn wall_time(&self, at: Timestamp) -> String;

    /// The zone's name, as in `Europe/Berlin`.
    fn zone(&self) -> &str;
}

/// Days that begin at midnight UTC.
#[derive(Debug, Clone, Copy, Default)]
pub struct UtcCalendar;

impl Calendar for UtcCalendar {
    fn day(&self, at: Timestamp) -> Day {
        let begins = Timestamp::from_unix_ms(at.unix_ms().div_euclid(UTC_DAY_MS) * UTC_DAY_MS);
        let date = begins.to_string().chars().take(DATE_CHARS).collect();
        Day { date, begins, ends: begins.plus_ms(UTC_DAY_MS) }
    }

    fn wall_time(&self, at: Timestamp) -> String {
        let minutes = at.unix_ms().rem_euclid(UTC_DAY_MS) / 60_000;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    }

    fn zone(&self) -> &str {
        "UTC"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// H9
    #[test]
    fn a_day_begins_at_midnight_and_the_next_where_it_ends() {
        let at = Timestamp::from_unix_ms(1_795_251_600_250);
        let day = UtcCalendar.day(at);
        assert_eq!(
            (day.date.as_str(), day.begins.to_string()),
            ("2026-11-21", "2026-11-21T00:00:00Z".into())
        );
        assert_eq!(UtcCalendar.day(day.ends).begins, day.ends);
        assert_eq!(UtcCalendar.day(day.ends.plus_ms(-1)), day);
        assert_eq!(
            (UtcCalendar.wall_time(at), UtcCalendar.wall_time(day.ends)),
            ("09:00".into(), "00:00".into())
        );
    }
}
