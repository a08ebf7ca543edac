//! What a sandbox's time costs, and on which day it was lived: a pure split of a span of time.

use std::sync::Arc;

use domain::{Calendar, MicroDollars, Timestamp, UtcCalendar};

use crate::Purpose;

/// What an hour of one sandbox costs, and when a new day begins.
#[derive(Clone)]
pub struct Tariff {
    /// The price of one sandbox for an hour, whoever makes it.
    pub sandbox_hour: MicroDollars,
    /// Where days begin.
    pub calendar: Arc<dyn Calendar>,
}

impl Tariff {
    /// Nothing costs anything, and days are UTC's.
    pub fn free() -> Self {
        Self { sandbox_hour: MicroDollars::ZERO, calendar: Arc::new(UtcCalendar) }
    }
}

/// A part of a sandbox's life that falls on one day and has one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) date: String,
    pub(crate) purpose: Purpose,
    pub(crate) sandbox_ms: u64,
}

/// Splits a sandbox's time from `from` to `until` at each midnight and where it was claimed.
///
/// A clock that was set back gives nothing rather than a negative time: what was counted stays counted.
pub(crate) fn spans(
    calendar: &dyn Calendar,
    from: Timestamp,
    claimed_at: Option<Timestamp>,
    until: Timestamp,
) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut begins = from;
    while begins < until {
        let day = calendar.day(begins);
        // A calendar that did not move on would keep us here for ever.
        let midnight = if day.ends > begins { day.ends } else { until };
        let claim = claimed_at.filter(|at| *at > begins);
        let ends = claim.map_or(until, |at| at.min(until)).min(midnight);
        let purpose = match claimed_at {
            Some(at) if at <= begins => Purpose::Session,
            Some(_) | None => Purpose::Warm,
        };
        spans.push(Span { date: day.date, purpose, sandbox_ms: ends.ms_since(begins) });
        begins = ends;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY_MS: i64 = 86_400_000;

    fn at(unix_ms: i64) -> Timestamp {
        Timestamp::from_unix_ms(unix_ms)
    }

    fn span(date: &str, purpose: Purpose, sandbox_ms: u64) -> Span {
        Span { date: date.into(), purpose, sandbox_ms }
    }

    /// H9
    #[test]
    fn time_is_split_at_midnight_and_at_the_claim() {
        let spans = spans(&UtcCalendar, at(DAY_MS - 100), Some(at(DAY_MS + 50)), at(DAY_MS + 80));
        assert_eq!(
            spans,
            [
                span("1970-01-01", Purpose::Warm, 100),
                span("1970-01-02", Purpose::Warm, 50),
                span("1970-01-02", Purpose::Session, 30),
            ]
        );
    }

    proptest! {
        /// H9: nothing is lost and nothing counted twice, wherever the cuts fall; a clock set back gives nothing.
        #[test]
        fn the_parts_are_as_long_as_the_whole(
            from in 0..3 * DAY_MS, length in -DAY_MS..3 * DAY_MS, claimed in proptest::option::of(0..6 * DAY_MS),
        ) {
            let until = at(from + length);
            let spans = spans(&UtcCalendar, at(from), claimed.map(at), until);
            let total: u64 = spans.iter().map(|span| span.sandbox_ms).sum();
            prop_assert_eq!(total, until.ms_since(at(from)));
            let session: u64 =
                spans.iter().filter(|s| s.purpose == Purpose::Session).map(|s| s.sandbox_ms).sum();
            let expected = claimed.map_or(0, |claimed| until.ms_since(at(claimed.max(from))));
            prop_assert_eq!(session, expected);
        }
    }
}
