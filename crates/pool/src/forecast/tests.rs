//! What is learnt about demand, week after week.

use std::time::Duration;

use super::*;

const HOUR_MS: i64 = 3_600_000;
/// A Monday, 00:00 UTC.
const MONDAY: Timestamp = Timestamp::from_unix_ms(4 * 24 * HOUR_MS);

/// Hours in which so many came every five minutes.
fn watched(forecast: &mut Forecast, from_hour: i64, per_slot: &[u32]) {
    for (hour, count) in (from_hour..).zip(per_slot) {
        for slot in 0..12 {
            forecast.observe(MONDAY.plus_ms(hour * HOUR_MS + slot * SLOT_MS), *count);
        }
    }
}

fn per_slot_at(forecast: &Forecast, hour: i64) -> f64 {
    forecast.rate(MONDAY.plus_ms(hour * HOUR_MS + HOUR_MS / 2)).unwrap() * 300.0
}

fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() < 0.05 * expected.max(1.0), "{value} is not about {expected}");
}

/// H8
#[test]
fn nothing_is_expected_before_anything_was_seen() {
    let mut forecast = Forecast::default();
    assert_eq!(forecast.rate(MONDAY), None);
    assert!(!forecast.observe(MONDAY, 5), "a slot that is not over teaches nothing yet");
    assert_eq!(forecast.rate(MONDAY), None);
    assert!(forecast.observe(MONDAY.plus_ms(SLOT_MS), 0));
    assert!(forecast.rate(MONDAY.plus_ms(SLOT_MS)).is_some());
}

/// H8: the second day is known from the first, the second week from the first.
#[test]
fn an_hour_is_known_from_the_day_before_and_better_from_the_week_before() {
    let mut forecast = Forecast::default();
    let day: Vec<u32> = (0..24).map(|hour| if (9..12).contains(&hour) { 8 } else { 0 }).collect();
    watched(&mut forecast, 0, &day);
    near(per_slot_at(&forecast, 24 + 10), 8.0);
    near(per_slot_at(&forecast, 24 + 20), 0.0);
    watched(&mut forecast, 24, &[0; 144]);
    watched(&mut forecast, 168, &[0; 9]);
    let (monday, tuesday) = (per_slot_at(&forecast, 168 + 10), per_slot_at(&forecast, 192 + 10));
    assert!(monday > 3.0 * tuesday, "Mondays bring more than Tuesdays: {monday}, {tuesday}");
}

/// H8: what was fades week by week.
#[test]
fn a_new_habit_takes_over_within_weeks() {
    let mut forecast = Forecast::default();
    for week in 0..8 {
        watched(&mut forecast, week * 168, &[if week < 4 { 8 } else { 2 }; 168]);
    }
    let rate = per_slot_at(&forecast, 8 * 168);
    assert!((2.0..3.5).contains(&rate), "{rate}");
}

/// H8: the last quarter of an hour corrects what was learnt.
#[test]
fn a_crowd_that_was_never_seen_is_noticed_within_minutes() {
    let mut forecast = Forecast::default();
    watched(&mut forecast, 0, &[1; 24]);
    near(per_slot_at(&forecast, 23), 1.0);
    let crowd = MONDAY.plus_ms(24 * HOUR_MS);
    forecast.observe(crowd.plus_ms(1_000), 100);
    assert!(forecast.rate(crowd.plus_ms(60_000)).unwrap() * 300.0 > 5.0);
}

/// H8: a pause is not a quiet time.
#[test]
fn what_nobody_watched_says_nothing() {
    let mut forecast = Forecast::default();
    watched(&mut forecast, 0, &[6; 24]);
    let before = per_slot_at(&forecast, 100 + 168);
    forecast.observe(MONDAY.plus_ms(100 * HOUR_MS), 0);
    forecast.observe(MONDAY.plus_ms(200 * HOUR_MS), 0);
    near(per_slot_at(&forecast, 100 + 168), before);
}

/// H8, H11
#[test]
fn the_next_run_knows_what_this_one_learnt() {
    let mut forecast = Forecast::default();
    watched(&mut forecast, 0, &[1, 2, 3, 4, 5]);
    let json = serde_json::to_string(&forecast).unwrap();
    assert_eq!(serde_json::from_str::<Forecast>(&json).unwrap(), forecast);
    assert!(json.len() < 20_000, "{} bytes", json.len());
}

/// H8: bounded by floor and ceiling, and rising with demand and with the time a refill takes.
#[test]
fn more_is_kept_warm_when_more_come_or_refills_take_longer() {
    let mut forecast = Forecast::default();
    let day: Vec<u32> = (0..24).map(|hour| if hour < 8 { 0 } else { 10 }).collect();
    watched(&mut forecast, 0, &day);
    let wanted = |hour: i64, refill_s: u64, bounds: (u32, u32)| {
        let supply = Supply { refill: Duration::from_secs(refill_s), creates_at_once: 4 };
        let config = PoolConfig { target_ready: bounds.0, max_ready: bounds.1, ..PoolConfig::default() };
        let aim = forecast.aim(0.99, &supply, &config).unwrap();
        forecast.wanted(MONDAY.plus_ms((24 + hour) * HOUR_MS + HOUR_MS / 2), &aim, &config).unwrap()
    };
    let (quick, slow) = (wanted(12, 1, (0, 20)), wanted(12, 60, (0, 20)));
    assert!(0 < quick && quick < slow, "{quick} {slow}");
    assert!(wanted(4, 60, (0, 20)) < quick, "nobody comes at night");
    assert_eq!((wanted(4, 60, (2, 20)), wanted(12, 60, (0, 3))), (2, 3));
}
