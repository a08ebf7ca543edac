//! What limits promise, whoever tries and whenever (J3).

use super::*;
use proptest::prelude::*;

fn at(unix_ms: i64) -> Timestamp {
    Timestamp::from_unix_ms(unix_ms)
}

fn network(number: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, number])
}

fn email(name: &str) -> Email {
    format!("{name}@example.com").parse().unwrap()
}

/// J3
#[test]
fn an_address_is_guessed_at_ten_times_in_a_quarter_of_an_hour_from_wherever() {
    let mut attempts = Attempts::new(AttemptLimits::default());
    for number in 0..10 {
        assert!(attempts.password(&email("ada"), network(number), at(number.into())).is_ok());
    }
    let free_at = at(15 * MINUTE_MS);
    let refused = attempts.password(&email("ada"), network(99), at(20)).map(drop);
    assert_eq!(refused, Err(TooOften { free_at }));
    assert!(attempts.password(&email("bob"), network(99), at(20)).is_ok(), "nobody else is held up");
    assert!(attempts.password(&email("ada"), network(99), free_at).is_ok());
}

/// J3
#[test]
fn a_network_guesses_thirty_times_whosever_address_it_tries() {
    let mut attempts = Attempts::new(AttemptLimits::default());
    for number in 0..30 {
        assert!(attempts.password(&email(&format!("u{number}")), network(1), at(number)).is_ok());
    }
    let refused = attempts.password(&email("ada"), network(1), at(40)).map(drop);
    assert_eq!(refused, Err(TooOften { free_at: at(15 * MINUTE_MS) }));
    assert!(attempts.password(&email("ada"), network(2), at(40)).is_ok());
}

/// J3: whoever knows the password may sign in as often as they like.
#[test]
fn right_passwords_are_not_counted() {
    let mut attempts = Attempts::new(AttemptLimits::default());
    for number in 0..1_000 {
        let counted = attempts.password(&email("ada"), network(1), at(number)).unwrap();
        attempts.was_right(counted);
    }
    assert!(attempts.wrong_by_address.order.is_empty() && attempts.wrong_by_address.by_name.is_empty());
}

/// J3: many at once do not pass together.
#[test]
fn an_attempt_counts_before_its_outcome_is_known() {
    let mut attempts = Attempts::new(AttemptLimits::default());
    let held = (0..100).filter(|_| attempts.password(&email("ada"), network(1), at(0)).is_ok()).count();
    assert_eq!(held, 10);
}

/// J3: memory is bounded.
#[test]
fn beyond_the_bound_the_oldest_is_forgotten() {
    let mut recent = Recent::new(Window { attempts_max: 1, within_ms: MINUTE_MS });
    for name in 0..=ATTEMPTS_MAX as u64 {
        recent.note(name, at(0));
    }
    assert_eq!((recent.order.len(), recent.by_name.len()), (ATTEMPTS_MAX, ATTEMPTS_MAX));
    assert!(recent.check(0, at(0)).is_ok());
    assert!(recent.check(1, at(0)).is_err());
}

proptest! {
    /// J3: whatever comes in whatever order, no window holds more than its limit, and nobody below it is refused.
    #[test]
    fn no_order_of_attempts_passes_a_limit(steps in proptest::collection::vec((0..4_u64, 0..40_i64, any::<bool>()), 0..200)) {
        let window = Window { attempts_max: 3, within_ms: 100 };
        let mut recent = Recent::new(window);
        let mut kept: Vec<(u64, i64)> = Vec::new();
        let mut now = 0;
        for (name, wait, take_back) in steps {
            now += wait;
            let within = kept.iter().filter(|one| one.0 == name && one.1 > now - window.within_ms).count();
            let allowed = recent.check(name, at(now)).is_ok();
            prop_assert_eq!(allowed, within < 3);
            if allowed {
                recent.note(name, at(now));
                if take_back {
                    recent.take_back(name, at(now));
                } else {
                    kept.push((name, now));
                }
            }
        }
    }
}
