//! The simulator agrees with what can be worked out by hand.

use super::*;

const MONDAY: Timestamp = Timestamp::from_unix_ms(4 * 86_400_000);

fn world(counted_s: u64) -> World {
    World {
        create: Duration::from_secs(10),
        create_jitter: 0.0,
        session: Duration::from_secs(60),
        hour_micro_dollars: 3_600_000,
        start: MONDAY,
        learning: Duration::ZERO,
        counted: Duration::from_secs(counted_s),
        seed: 1,
    }
}

fn settings(changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    changes.iter().for_each(|(key, value)| settings.set(key, value).unwrap());
    settings
}

/// H1: one visitor on one warm sandbox, by hand.
#[test]
fn a_single_visit_costs_what_it_should() {
    let visit = Arrivals::burst(1, MONDAY.plus_ms(20_000));
    let report =
        simulate(&visit, &settings(&[("target_ready", "1"), ("max_ready", "1")]), &world(100)).counted;
    assert_eq!((report.warm, report.cold, report.refused), (1, 0, 0));
    // Ready from 10 to 20 and from 30 to 100; the first lives for 80 s, the second for 80 s.
    assert_eq!(report.idle_minutes(), 80.0 / 60.0);
    assert_eq!((report.idle_micro_dollars(), report.micro_dollars()), (80_000, 160_000));
}

/// H4: a burst beyond the caps is refused, what is within waits.
#[test]
fn a_burst_beyond_the_bounds_is_refused() {
    let burst = Arrivals::burst(20, MONDAY.plus_ms(100_000));
    let changes = [("target_ready", "3"), ("max_total_sandboxes", "12"), ("max_concurrent_creates", "5")];
    let report = simulate(&burst, &settings(&changes), &world(200)).counted;
    assert_eq!((report.warm, report.cold, report.refused), (3, 4, 13), "one slot was taken by a refill");
    assert_eq!((report.wait(10), report.wait(99)), (Duration::ZERO, Duration::from_secs(10)));
}

/// H8: steady arrivals on a fixed pool miss as often as Erlang says: B(2, 1) = 1/5.
#[test]
fn a_steady_stream_misses_as_often_as_the_formula_says() {
    let lasting = Duration::from_secs(864_000);
    let arrivals = Arrivals::poisson(360.0, MONDAY, lasting, 7);
    let fixed = [
        ("target_ready", "2"),
        ("max_ready", "2"),
        ("warm_creates_max", "2"),
        ("max_total_sandboxes", "500"),
    ];
    let fixed = settings(&[&fixed[..], &[("max_concurrent_creates", "100")]].concat());
    let hit_rate = simulate(&arrivals, &fixed, &world(864_000)).counted.hit_rate().unwrap();
    assert!((hit_rate - 0.8).abs() < 0.01, "{hit_rate}");
}

/// H8: a day's curve of 1,000 sessions: the goal is met at less idle cost than the best fixed target that meets it.
#[test]
fn the_forecast_meets_its_goal_at_less_cost_than_any_fixed_target() {
    let days = |days: u64| Duration::from_secs(days * 86_400);
    let arrivals = Arrivals::days_curve(1_000.0, MONDAY, days(14), 3);
    for (create_s, creates_at_once) in [(5, "1"), (20, "2")] {
        let world = World {
            create: Duration::from_secs(create_s),
            create_jitter: 0.2,
            session: Duration::from_secs(300),
            learning: days(7),
            counted: days(7),
            ..world(0)
        };
        let run = |changes: &[(&str, &str)]| {
            let settings = settings(&[changes, &[("warm_creates_max", creates_at_once)]].concat());
            simulate(&arrivals, &settings, &world).counted
        };
        let forecast = run(&[("hit_rate_goal", "0.99")]);
        let fixed = (1..10).map(|n| n.to_string()).map(|n| run(&[("target_ready", &n), ("max_ready", &n)]));
        let fixed = fixed.into_iter().find(|report| report.hit_rate() >= Some(0.99)).unwrap();
        assert!(forecast.hit_rate() >= Some(0.99), "{:?} at {create_s} s", forecast.hit_rate());
        let (idle, fixed_idle) = (forecast.idle_minutes(), fixed.idle_minutes());
        assert!(idle < fixed_idle, "{idle} against {fixed_idle} minutes at {create_s} s");
    }
}
