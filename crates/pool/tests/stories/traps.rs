//! The traps that pools like this one fall into (docs/DESIGN.md, "Pool"), each with the promise that it is not one here.
//! Those about identity and serving at the claim are told again in `crates/sessions/tests/service/traps.rs`.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::{Outcome, ScriptedMaker, config, start};
use pool::{Acquired, MemberState, PoolConfig, PoolError, Rows, Urgency};

/// H1
#[tokio::test(start_paused = true)]
async fn trap_creates_in_flight_are_not_counted() {
    let fixture = start(ScriptedMaker::new(60_000), PoolConfig { warm_creates_max: 10, ..config(3) }).await;
    fixture.until(|pool| pool.creating == 3).await;
    for _ in 0..100 {
        fixture.pool.nudge();
        tokio::time::advance(Duration::from_millis(20)).await;
    }
    assert_eq!(fixture.maker.made().len(), 3);
    fixture.maker.create_ms.store(0, Ordering::SeqCst);
    fixture.until(|pool| pool.ready == 3).await;
    fixture.at_rest(0).await;
    assert_eq!(fixture.maker.made().len(), 3);
}

/// H7
#[tokio::test(start_paused = true)]
async fn trap_health_checks_empty_the_queue() {
    let fixture = start(ScriptedMaker::new(400), config(5)).await;
    fixture.until(|pool| pool.ready == 5 && pool.creating == 0).await;
    let mut pool = fixture.pool.watch();
    let watched = tokio::time::timeout(Duration::from_secs(300), pool.wait_for(|pool| pool.ready < 5));
    assert!(watched.await.is_err(), "five rounds of probes, and all were ready all the time");
    let checked = fixture.rows.all().await.unwrap();
    assert!(checked.iter().all(|row| row.checked_at > row.ready_at), "{checked:?}");
}

/// H1
#[tokio::test(start_paused = true)]
async fn trap_the_first_visitor_is_always_cold() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1 && pool.total_acquires == 0).await;
    assert!(fixture.pool.acquire().await.unwrap().is_warm());
}

/// H10
#[tokio::test(start_paused = true)]
async fn trap_in_use_counts_leak_on_delete() {
    let fixture = start(ScriptedMaker::new(400), config(2)).await;
    fixture.until(|pool| pool.ready == 2).await;
    for _ in 0..5 {
        let lease = fixture.pool.acquire().await.unwrap().ready().await.unwrap();
        let id = lease.keep();
        fixture.pool.release(id).await;
        fixture.pool.release(id).await;
    }
    fixture.at_rest(0).await;
    assert_eq!(fixture.pool.metrics().in_use, 0);
}

/// A1: what is given away answers, also when its making was a lie.
#[tokio::test(start_paused = true)]
async fn trap_a_claimed_sandbox_does_not_serve_yet() {
    let maker = ScriptedMaker::new(400);
    maker.script([Outcome::Lie, Outcome::Lie]);
    let fixture = start(maker, config(0)).await;
    let lease = fixture.pool.acquire().await.unwrap().ready().await.unwrap();
    assert!(fixture.maker.answers(lease.id()) && !fixture.maker.is_frozen(lease.id()));
}

/// D8
#[tokio::test(start_paused = true)]
async fn trap_a_sandbox_has_less_age_left_than_the_session_lasts() {
    let settings = PoolConfig {
        claim_age_left: Duration::from_secs(300),
        max_warm_age: Duration::from_secs(600),
        ..config(1)
    };
    let fixture = start(ScriptedMaker::new(400), settings).await;
    fixture.until(|pool| pool.ready == 1).await;
    // No replacement can be made, and the warm one becomes too old.
    fixture.maker.always(Outcome::Hang);
    let first = fixture.maker.made()[0];
    fixture.until(|pool| pool.ready == 0).await;
    assert_eq!(fixture.rows.state(first), Some(MemberState::Ready), "it is there, and not given away");
    match fixture.pool.acquire().await {
        Ok(Acquired::Warm(lease)) => panic!("{lease:?} is too old"),
        Ok(Acquired::Cold(ticket)) => assert_ne!(ticket.id(), first),
        Err(error) => assert!(matches!(error, PoolError::Exhausted | PoolError::Create(_)), "{error}"),
    }
}

/// H3
#[tokio::test(start_paused = true)]
async fn trap_one_sandbox_is_given_to_two_claims() {
    let fixture = start(ScriptedMaker::new(10), PoolConfig { max_ready: 20, ..config(20) }).await;
    fixture.until(|pool| pool.ready == 20).await;
    let claims: Vec<_> = (0..30)
        .map(|_| {
            let pool = fixture.pool.clone();
            tokio::spawn(async move { pool.acquire().await?.ready().await })
        })
        .collect();
    let mut leases = Vec::new();
    for claim in claims {
        leases.push(claim.await.unwrap().unwrap());
    }
    let distinct: HashSet<_> = leases.iter().map(pool::Lease::id).collect();
    assert_eq!(distinct.len(), 30);
}

/// H10
#[tokio::test(start_paused = true)]
async fn trap_warm_and_cold_are_miscounted() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    let warm = fixture.pool.acquire().await.unwrap();
    let cold = fixture.pool.acquire().await.unwrap();
    assert!(warm.is_warm() && !cold.is_warm());
    let metrics = fixture.pool.metrics();
    assert_eq!((metrics.total_acquires, metrics.acquires_from_pool, metrics.acquires_cold_start), (2, 1, 1));
    assert_eq!(metrics.pool_hit_rate, Some(0.5));
}

/// H5: replenish_delay.
#[tokio::test(start_paused = true)]
async fn trap_refilling_fights_a_burst() {
    let settings = PoolConfig { replenish_delay: Duration::from_secs(5), warm_creates_max: 4, ..config(4) };
    let fixture = start(ScriptedMaker::new(400), settings).await;
    fixture.until(|pool| pool.ready == 4).await;
    let burst = [fixture.warm().await, fixture.warm().await, fixture.warm().await];
    let begun = tokio::time::Instant::now();
    fixture.until(|pool| pool.creating > 0).await;
    assert!(begun.elapsed() >= Duration::from_secs(5), "{:?}", begun.elapsed());
    drop(burst);
}

/// H1
#[tokio::test(start_paused = true)]
async fn trap_an_outdated_template_goes_on_being_served() {
    let maker = ScriptedMaker::new(400);
    maker.set_template("yesterday");
    let fixture = start(Arc::clone(&maker), config(2)).await;
    fixture.until(|pool| pool.ready == 2 && pool.creating == 0).await;
    let yesterdays = maker.made();
    maker.set_template("today");
    fixture.pool.nudge();
    fixture.until(|pool| pool.ready == 1).await;
    let rows = fixture.rows.all().await.unwrap();
    let warm = rows.iter().filter(|row| row.state == MemberState::Ready).count();
    assert!(warm >= 2, "make before break: {rows:?}");
    assert!(!yesterdays.contains(&fixture.warm().await.id()), "only today's is given away");
    fixture.at_rest(0).await;
    assert_eq!(fixture.pool.metrics().evictions_outdated, 2);
}

/// A4, H5: what is made in advance gives way, but somebody who waits is never behind it.
#[tokio::test(start_paused = true)]
async fn trap_a_visitor_waits_behind_what_is_made_in_advance() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    let warm = fixture.pool.acquire().await.unwrap();
    let cold = fixture.pool.acquire().await.unwrap().ready().await.unwrap();
    assert!(warm.is_warm());
    assert_eq!(fixture.maker.urgency(warm.id()), Some(Urgency::InAdvance));
    assert_eq!(fixture.maker.urgency(cold.id()), Some(Urgency::Awaited));
}
