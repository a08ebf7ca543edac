//! Days in the configured time zone, by the database of zones that is built in.

use domain::{Calendar, Day, Timestamp, UtcCalendar};
use jiff::Zoned;
use jiff::tz::TimeZone;

/// Days of one time zone.
pub(crate) struct ZonedCalendar {
    zone: TimeZone,
    name: String,
}

impl ZonedCalendar {
    /// The calendar of a zone by its IANA name; `None` when there is no such zone.
    pub(crate) fn new(name: &str) -> Option<Self> {
        Some(Self { zone: TimeZone::get(name).ok()?, name: name.to_owned() })
    }

    fn zoned(&self, at: Timestamp) -> Result<Zoned, jiff::Error> {
        Ok(jiff::Timestamp::from_millisecond(at.unix_ms())?.to_zoned(self.zone.clone()))
    }

    fn local_day(&self, at: Timestamp) -> Result<Day, jiff::Error> {
        let begins = self.zoned(at)?.start_of_day()?;
        let ends = begins.tomorrow()?.start_of_day()?;
        let moment = |zoned: &Zoned| Timestamp::from_unix_ms(zoned.timestamp().as_millisecond());
        Ok(Day { date: begins.date().to_string(), begins: moment(&begins), ends: moment(&ends) })
    }
}

impl Calendar for ZonedCalendar {
    fn day(&self, at: Timestamp) -> Day {
        // Only moments thousands of years away have no local day.
        self.local_day(at).unwrap_or_else(|_| UtcCalendar.day(at))
    }

    fn wall_time(&self, at: Timestamp) -> String {
        self.zoned(at).map_or_else(
            |_| UtcCalendar.wall_time(at),
            |zoned| format!("{:02}:{:02}", zoned.hour(), zoned.minute()),
        )
    }

    fn zone(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(zone: &str, at_ms: i64) -> (String, u64) {
        let day = ZonedCalendar::new(zone).unwrap().day(Timestamp::from_unix_ms(at_ms));
        (day.date, day.ends.ms_since(day.begins) / 3_600_000)
    }

    /// H9: the day is the zone's, and as long as it is there.
    #[test]
    fn a_day_begins_at_the_zones_own_midnight() {
        // 2026-11-21T23:30:00Z
        let late = 1_795_303_800_000;
        assert_eq!(day("UTC", late), ("2026-11-21".into(), 24));
        assert_eq!(day("Europe/Berlin", late), ("2026-11-22".into(), 24));
        // 2026-03-29T12:00:00Z, when Berlin's clocks went forward, and 2026-10-25T12:00:00Z, when they went back.
        assert_eq!(day("Europe/Berlin", 1_774_785_600_000), ("2026-03-29".into(), 23));
        assert_eq!(day("Europe/Berlin", 1_792_929_600_000), ("2026-10-25".into(), 25));
        assert!(ZonedCalendar::new("Europe/Atlantis").is_none());
    }

    /// H9: where the clocks skip midnight, the day begins at one.
    #[test]
    fn a_day_without_a_midnight_begins_when_it_begins() {
        let calendar = ZonedCalendar::new("America/Havana").unwrap();
        // 2026-03-08T12:00:00Z
        let day = calendar.day(Timestamp::from_unix_ms(1_772_971_200_000));
        assert_eq!((day.date.as_str(), calendar.wall_time(day.begins)), ("2026-03-08", "01:00".into()));
    }
}
