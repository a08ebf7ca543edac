//! What limits promise, whoever comes and whenever (A6, H9).

use super::*;
use proptest::prelude::*;

const LIMITS: Limits = Limits {
    per_visitor: 1,
    per_network: 30,
    demos_max: 10,
    cap: MicroDollars::new(1_000),
    session_cost: MicroDollars::new(10),
};

fn at(unix_ms: i64) -> Present {
    Present {
        now: Timestamp::from_unix_ms(unix_ms),
        demos: 0,
        spent: MicroDollars::ZERO,
        committed: MicroDollars::ZERO,
    }
}

/// A6
#[test]
fn a_visitor_may_come_again_an_hour_after_the_last_claim_that_came_to_something() {
    let mut admissions = Admissions::default();
    let mut claim = |present: Present| admissions.admit(&LIMITS, &present, "ada", "net");
    assert_eq!(claim(at(0)), Ok(()));
    let free_at = Timestamp::from_unix_ms(HOUR_MS);
    assert_eq!(claim(at(HOUR_MS - 1)), Err(Refusal::Visitor { count: 1, free_at }));
    assert_eq!(claim(at(HOUR_MS)), Ok(()));
    admissions.given_up("ada", "net", Timestamp::from_unix_ms(HOUR_MS));
    assert_eq!(admissions.admit(&LIMITS, &at(HOUR_MS + 1), "ada", "net"), Ok(()));
}

/// A6: a fingerprint is the client's own claim, so a network has a limit of its own.
#[test]
fn new_fingerprints_do_not_help_a_network_past_its_limit() {
    let limits = Limits { per_network: 3, ..LIMITS };
    let mut admissions = Admissions::default();
    for number in 0..3 {
        let visitor = format!("fingerprint {number}");
        assert_eq!(admissions.admit(&limits, &at(number), &visitor, "net"), Ok(()));
        admissions.settled();
    }
    let free_at = Timestamp::from_unix_ms(HOUR_MS);
    assert_eq!(admissions.admit(&limits, &at(9), "another", "net"), Err(Refusal::Network { free_at }));
    assert_eq!(admissions.admit(&limits, &at(9), "another", "other net"), Ok(()));
    let unlimited = Limits { per_visitor: 0, ..limits };
    assert_eq!(admissions.admit(&unlimited, &at(9), "another", "net"), Ok(()), "no limit means none");
}

/// A6: what an earlier run let in counts.
#[test]
fn a_restart_forgets_no_claim() {
    let claim =
        ClaimRecord { visitor: "ada".into(), network: "net".into(), claimed_at: Timestamp::from_unix_ms(5) };
    let mut admissions = Admissions::of(&[claim]);
    let refused = admissions.admit(&LIMITS, &at(6), "ada", "net");
    assert!(matches!(refused, Err(Refusal::Visitor { count: 1, .. })), "{refused:?}");
}

/// H9: with nothing to spend nothing is spent, unless it is free.
#[test]
fn a_cap_of_nothing_lets_nobody_in() {
    let broke = Limits { cap: MicroDollars::ZERO, ..LIMITS };
    assert_eq!(Admissions::default().admit(&broke, &at(0), "ada", "net"), Err(Refusal::Budget));
    let free = Limits { session_cost: MicroDollars::ZERO, ..broke };
    assert_eq!(Admissions::default().admit(&free, &at(0), "ada", "net"), Ok(()));
}

#[derive(Debug, Clone)]
enum Step {
    Claim { visitor: u8, network: u8 },
    Settle,
    GiveUp,
    End,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..6_u8, 0..3_u8).prop_map(|(visitor, network)| Step::Claim { visitor, network }),
        2 => Just(Step::Settle),
        1 => Just(Step::GiveUp),
        1 => Just(Step::End),
        1 => (0..HOUR_MS).prop_map(Step::Wait),
    ]
}

proptest! {
    /// A6, H9: whatever comes in whatever order, no limit is ever passed, and one that is not reached refuses nobody.
    #[test]
    fn no_order_of_events_passes_a_limit(steps in proptest::collection::vec(step(), 0..200)) {
        let limits = Limits { per_visitor: 2, per_network: 4, demos_max: 3, cap: MicroDollars::new(200), ..LIMITS };
        let mut admissions = Admissions::default();
        let (mut now, mut demos, mut spent) = (0, 0_u32, 0);
        let mut pending: Vec<(u8, u8, i64)> = Vec::new();
        let mut kept: Vec<(u8, u8, i64)> = Vec::new();
        for step in steps {
            match step {
                Step::Claim { visitor, network } => {
                    let (who, net) = (visitor.to_string(), network.to_string());
                    let committed = MicroDollars::new(u64::from(demos) * 10);
                    let present = Present { demos, spent: MicroDollars::new(spent), committed, ..at(now) };
                    let recent = |name: &dyn Fn(&(u8, u8, i64)) -> bool| {
                        let all = kept.iter().chain(&pending).filter(|claim| claim.2 > now - HOUR_MS);
                        all.filter(|claim| name(claim)).count()
                    };
                    let running = demos as usize + pending.len();
                    let fits = recent(&|claim| claim.0 == visitor) < 2
                        && recent(&|claim| claim.1 == network) < 4
                        && running < 3
                        && spent + 10 * (running as u64 + 1) <= 200;
                    let admitted = admissions.admit(&limits, &present, &who, &net).is_ok();
                    prop_assert_eq!(admitted, fits);
                    if admitted {
                        pending.push((visitor, network, now));
                    }
                }
                Step::Settle => if let Some(claim) = pending.pop() {
                    admissions.settled();
                    demos += 1;
                    kept.push(claim);
                },
                Step::GiveUp => if let Some((visitor, network, at)) = pending.pop() {
                    admissions.given_up(&visitor.to_string(), &network.to_string(), Timestamp::from_unix_ms(at));
                },
                Step::End => if demos > 0 {
                    demos -= 1;
                    spent += 10;
                },
                Step::Wait(ms) => now += ms,
            }
        }
    }
}
