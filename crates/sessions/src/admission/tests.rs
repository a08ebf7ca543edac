//! What limits promise, whoever comes and whenever (A6, H9).

use super::*;
use proptest::prelude::*;

const LIMITS: Limits = Limits {
    kind: SessionKind::Demo,
    per_visitor: 1,
    per_network: 30,
    live_max: 10,
    held_max: 0,
    cap: MicroDollars::new(1_000),
    session_cost: MicroDollars::new(10),
};

fn at(unix_ms: i64) -> Present {
    Present {
        now: Timestamp::from_unix_ms(unix_ms),
        live: 0,
        held: 0,
        spent: MicroDollars::ZERO,
        committed: MicroDollars::ZERO,
    }
}

fn who(visitor: &str, network: &str) -> Claimant {
    Claimant { visitor: visitor.into(), network: network.into(), holder: visitor.into() }
}

/// A6
#[test]
fn a_visitor_may_come_again_an_hour_after_the_last_claim_that_came_to_something() {
    let mut admissions = Admissions::default();
    let mut claim = |present: Present| admissions.admit(&LIMITS, &present, &who("ada", "net"));
    assert_eq!(claim(at(0)), Ok(()));
    let free_at = Timestamp::from_unix_ms(HOUR_MS);
    assert_eq!(claim(at(HOUR_MS - 1)), Err(Refusal::Visitor { count: 1, free_at }));
    assert_eq!(claim(at(HOUR_MS)), Ok(()));
    admissions.given_up(&LIMITS, &who("ada", "net"), Timestamp::from_unix_ms(HOUR_MS));
    assert_eq!(admissions.admit(&LIMITS, &at(HOUR_MS + 1), &who("ada", "net")), Ok(()));
}

/// A6: a fingerprint is the client's own claim, so a network has a limit of its own.
#[test]
fn new_fingerprints_do_not_help_a_network_past_its_limit() {
    let limits = Limits { per_network: 3, ..LIMITS };
    let mut admissions = Admissions::default();
    for number in 0..3 {
        let visitor = format!("fingerprint {number}");
        assert_eq!(admissions.admit(&limits, &at(number), &who(&visitor, "net")), Ok(()));
        admissions.settled(&limits, &visitor);
    }
    let free_at = Timestamp::from_unix_ms(HOUR_MS);
    assert_eq!(admissions.admit(&limits, &at(9), &who("another", "net")), Err(Refusal::Network { free_at }));
    assert_eq!(admissions.admit(&limits, &at(9), &who("another", "other net")), Ok(()));
    let unlimited = Limits { per_visitor: 0, per_network: 0, ..limits };
    assert_eq!(admissions.admit(&unlimited, &at(9), &who("another", "net")), Ok(()), "no limit means none");
}

/// A6: what an earlier run let in counts.
#[test]
fn a_restart_forgets_no_claim() {
    let claim = ClaimRecord {
        claimed_as: SessionKind::Demo,
        visitor: "ada".into(),
        network: "net".into(),
        claimed_at: Timestamp::from_unix_ms(5),
    };
    let mut admissions = Admissions::of(&[claim]);
    let refused = admissions.admit(&LIMITS, &at(6), &who("ada", "net"));
    assert!(matches!(refused, Err(Refusal::Visitor { count: 1, .. })), "{refused:?}");
}

/// B4, D2: each kind of session has limits of its own, and one budget.
#[test]
fn kinds_are_counted_apart_and_paid_together() {
    let mut admissions = Admissions::default();
    let workspaces = Limits { kind: SessionKind::Workspace, per_visitor: 0, held_max: 2, ..LIMITS };
    let ada = who("ada", "net");
    assert_eq!(admissions.admit(&LIMITS, &at(0), &ada), Ok(()));
    assert_eq!(admissions.admit(&workspaces, &at(0), &ada), Ok(()));
    assert_eq!(admissions.admit(&workspaces, &Present { held: 1, ..at(0) }, &ada), Err(Refusal::Holder));
    assert_eq!(admissions.reserve(&workspaces, &at(0), &ada), Ok(()));
    assert_eq!(admissions.reserve(&workspaces, &at(0), &ada), Err(Refusal::Holder));
    admissions.settled(&workspaces, "ada");
    let broke = Limits { cap: MicroDollars::new(29), ..workspaces };
    assert_eq!(admissions.admit(&broke, &at(0), &ada), Err(Refusal::Budget), "two are pending at 10 each");
    admissions.settled(&LIMITS, "ada");
    assert_eq!(admissions.admit(&broke, &at(0), &ada), Ok(()));
}

/// H9: with nothing to spend nothing is spent, unless it is free.
#[test]
fn a_cap_of_nothing_lets_nobody_in() {
    let broke = Limits { cap: MicroDollars::ZERO, ..LIMITS };
    assert_eq!(Admissions::default().admit(&broke, &at(0), &who("ada", "net")), Err(Refusal::Budget));
    let free = Limits { session_cost: MicroDollars::ZERO, ..broke };
    assert_eq!(Admissions::default().admit(&free, &at(0), &who("ada", "net")), Ok(()));
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
        let limits = Limits { per_visitor: 2, per_network: 4, live_max: 3, cap: MicroDollars::new(200), ..LIMITS };
        let mut admissions = Admissions::default();
        let (mut now, mut demos, mut spent) = (0, 0_u32, 0);
        let mut pending: Vec<(u8, u8, i64)> = Vec::new();
        let mut kept: Vec<(u8, u8, i64)> = Vec::new();
        for step in steps {
            match step {
                Step::Claim { visitor, network } => {
                    let claimant = who(&visitor.to_string(), &network.to_string());
                    let committed = MicroDollars::new(u64::from(demos) * 10);
                    let present = Present { live: demos, spent: MicroDollars::new(spent), committed, ..at(now) };
                    let recent = |name: &dyn Fn(&(u8, u8, i64)) -> bool| {
                        let all = kept.iter().chain(&pending).filter(|claim| claim.2 > now - HOUR_MS);
                        all.filter(|claim| name(claim)).count()
                    };
                    let running = demos as usize + pending.len();
                    let fits = recent(&|claim| claim.0 == visitor) < 2
                        && recent(&|claim| claim.1 == network) < 4
                        && running < 3
                        && spent + 10 * (running as u64 + 1) <= 200;
                    let admitted = admissions.admit(&limits, &present, &claimant).is_ok();
                    prop_assert_eq!(admitted, fits);
                    if admitted {
                        pending.push((visitor, network, now));
                    }
                }
                Step::Settle => if let Some(claim) = pending.pop() {
                    admissions.settled(&limits, &claim.0.to_string());
                    demos += 1;
                    kept.push(claim);
                },
                Step::GiveUp => if let Some((visitor, network, at)) = pending.pop() {
                    let claimant = who(&visitor.to_string(), &network.to_string());
                    admissions.given_up(&limits, &claimant, Timestamp::from_unix_ms(at));
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
