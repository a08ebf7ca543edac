//! Stories of a pool over time, told in paused time. The field's known traps have a place of their own: `traps.rs`.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::{Fixture, Outcome, ScriptedMaker, TokioClock, config, parts, start, start_within};
use pool::{
    Acquired, Alert, Caps, CapsConfig, MemberState, OnEmpty, Pool, PoolConfig, PoolError, Rows, Shutdown,
};

/// H4
#[tokio::test(start_paused = true)]
async fn a_pool_is_full_and_frozen_once_it_is_warmed_up() {
    let fixture = start(ScriptedMaker::new(400), config(3)).await;
    fixture.pool.warm_up(Duration::from_secs(2)).await.unwrap();
    fixture.until(|pool| pool.ready == 3 && pool.creating == 0).await;
    fixture.pool.shutdown(Shutdown::Destroy).await;
    assert_eq!(fixture.maker.made().len(), 3);
    assert!(fixture.maker.existing().is_empty(), "shutting down leaves nothing");
    assert_eq!(fixture.caps.total(), 0);
}

/// H4
#[tokio::test(start_paused = true)]
async fn a_warm_up_that_takes_too_long_says_how_far_it_came() {
    let fixture = start(ScriptedMaker::new(400), config(3)).await;
    let late = fixture.pool.warm_up(Duration::from_millis(900)).await.unwrap_err();
    assert_eq!(late.to_string(), "2 of 3 sandboxes were warm after 900 ms");
    fixture.at_rest(0).await;
}

/// H3: release means destruction.
#[tokio::test(start_paused = true)]
async fn a_released_sandbox_is_destroyed_and_never_ready_again() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    let id = fixture.warm().await.keep();
    fixture.pool.release(id).await;
    assert_eq!(fixture.rows.state(id), Some(MemberState::Destroying));
    fixture.at_rest(0).await;
    assert_eq!(fixture.rows.state(id), None);
}

/// H4: on an empty pool a sandbox is made while the claim waits, and counted as cold.
#[tokio::test(start_paused = true)]
async fn an_empty_pool_makes_one_on_demand() {
    let fixture = start(ScriptedMaker::new(400), PoolConfig { max_ready: 1, ..config(0) }).await;
    let lease = fixture.pool.acquire().await.unwrap().ready().await.unwrap();
    assert_eq!(fixture.rows.state(lease.id()), Some(MemberState::Claimed));
    fixture.until(|pool| pool.in_use == 1 && pool.create_ms == Some(400)).await;
    let metrics = fixture.pool.metrics();
    assert_eq!((metrics.acquires_from_pool, metrics.acquires_cold_start), (0, 1));
    assert_eq!((metrics.acquire_cold.count(), metrics.acquire_warm.count()), (1, 0));
}

/// H1: on_empty = fail.
#[tokio::test(start_paused = true)]
async fn an_empty_pool_that_may_not_create_says_so_at_once() {
    let fixture = start(ScriptedMaker::new(400), PoolConfig { on_empty: OnEmpty::Fail, ..config(0) }).await;
    assert!(matches!(fixture.pool.acquire().await, Err(PoolError::Exhausted)));
    assert!(fixture.maker.made().is_empty());
}

/// H3, H11: giving up while a sandbox is still being made leaves nothing behind.
#[tokio::test(start_paused = true)]
async fn a_cold_sandbox_that_is_released_while_it_is_made_does_not_stay() {
    let fixture = start(ScriptedMaker::new(400), PoolConfig { max_ready: 1, ..config(0) }).await;
    let Acquired::Cold(ticket) = fixture.pool.acquire().await.unwrap() else { panic!("warm out of nothing") };
    let id = ticket.id();
    let making = tokio::spawn(ticket.redeem());
    tokio::task::yield_now().await;
    fixture.pool.release(id).await;
    assert!(matches!(making.await.unwrap(), Err(PoolError::Create(_))));
    fixture.at_rest(0).await;
    assert_eq!(fixture.rows.state(id), None);
}

/// H7: a claim that meets a dead one takes the next.
#[tokio::test(start_paused = true)]
async fn a_dead_warm_sandbox_is_never_given_away() {
    let fixture = start(ScriptedMaker::new(400), config(2)).await;
    fixture.until(|pool| pool.ready == 2).await;
    let dead = fixture.maker.made()[0];
    fixture.maker.kill(dead);
    let lease = fixture.warm().await;
    assert_ne!(lease.id(), dead);
    fixture.at_rest(1).await;
    assert_eq!(fixture.rows.state(dead), None, "the dead one is gone");
    assert_eq!(fixture.pool.metrics().health_removals, 1);
}

/// H7: a health check finds the dead before anybody claims, and the living stay claimable and frozen.
#[tokio::test(start_paused = true)]
async fn a_health_check_replaces_the_dead_and_leaves_the_living() {
    let fixture = start(ScriptedMaker::new(400), config(2)).await;
    fixture.until(|pool| pool.ready == 2 && pool.creating == 0).await;
    let [dead, living] = fixture.maker.made()[..] else { panic!("two were to be made") };
    fixture.maker.kill(dead);
    fixture.until(|pool| pool.ready == 1).await;
    fixture.at_rest(0).await;
    assert_eq!(fixture.rows.state(dead), None);
    assert_eq!(fixture.rows.state(living), Some(MemberState::Ready));
    assert!(fixture.maker.is_frozen(living));
}

/// H6: a single failure is tried again by itself and nobody hears of it.
#[tokio::test(start_paused = true)]
async fn a_creation_is_tried_three_times_before_it_counts_as_failed() {
    let maker = ScriptedMaker::new(100);
    maker.script([Outcome::Fail, Outcome::Lie]);
    let fixture = start(maker, config(1)).await;
    let pool = fixture.until(|pool| pool.ready == 1).await;
    assert_eq!((pool.create_failures, fixture.pool.metrics().failed_creates), (0, 2));
    assert_eq!(fixture.maker.made().len(), 3);
    fixture.at_rest(0).await;
}

/// H6: failing creations back off, stop with an alert, and work again by themselves.
#[tokio::test(start_paused = true)]
async fn creation_that_keeps_failing_stops_alerts_and_recovers() {
    let maker = ScriptedMaker::new(100);
    maker.always(Outcome::Fail);
    let fixture = start(maker, config(2)).await;
    let stopped = fixture.until(|pool| pool.alert.is_some()).await;
    assert_eq!(stopped.alert, Some(Alert::CreationStopped { failures: 5 }));
    assert_eq!(fixture.maker.made().len(), 15, "five failures of three tries");
    assert!(
        matches!(fixture.pool.acquire().await, Err(PoolError::Create(_))),
        "nothing is made for claims either"
    );
    fixture.maker.always(Outcome::Ready);
    let healed = fixture.until(|pool| pool.ready == 2).await;
    assert_eq!((healed.alert, healed.create_failures), (None, 0));
    fixture.at_rest(0).await;
}

/// H1: the caps hold for claims too.
#[tokio::test(start_paused = true)]
async fn a_full_house_is_said_to_be_full_and_a_dropped_ticket_makes_room() {
    let caps = CapsConfig { max_total_sandboxes: 1, ..CapsConfig::default() };
    let fixture = start_within(ScriptedMaker::new(400), PoolConfig { max_ready: 1, ..config(0) }, caps).await;
    let acquired = fixture.pool.acquire().await.unwrap();
    assert!(matches!(fixture.pool.acquire().await, Err(PoolError::Exhausted)));
    drop(acquired);
    fixture.at_rest(0).await;
    assert!(fixture.pool.acquire().await.is_ok());
}

/// H1: two pools share the caps, and room that one makes is used by the other at once.
#[tokio::test(start_paused = true)]
async fn the_caps_hold_over_several_pools() {
    let caps = Caps::new(CapsConfig { max_total_sandboxes: 3, max_concurrent_creates: 1 });
    let start = async |target_ready| {
        let (maker, rows) = (ScriptedMaker::new(400), Arc::default());
        let config = PoolConfig { replenish_interval: Duration::from_secs(3_000), ..config(target_ready) };
        let pool =
            Pool::start(parts(&maker, Arc::clone(&rows) as Arc<dyn Rows>, config, &caps)).await.unwrap();
        Fixture { pool, rows, maker, caps: Arc::clone(&caps) }
    };
    let (one, other) = (start(2).await, start(2).await);
    one.until(|pool| pool.total == 3).await;
    assert_eq!(caps.room().total, 0);
    assert_eq!(one.rows.all().await.unwrap().len() + other.rows.all().await.unwrap().len(), 3);
    let (full, starved) = if one.rows.all().await.unwrap().len() == 2 { (one, other) } else { (other, one) };
    starved.until(|pool| pool.ready == 1).await;
    full.pool.shutdown(Shutdown::Destroy).await;
    starved.until(|pool| pool.ready == 2).await;
}

/// H4
#[tokio::test(start_paused = true)]
async fn after_shutdown_nothing_is_given_away() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    fixture.pool.shutdown(Shutdown::Destroy).await;
    assert!(matches!(fixture.pool.acquire().await, Err(PoolError::ShuttingDown)));
}

/// H5
#[tokio::test(start_paused = true)]
async fn acquires_raise_the_pool_and_idleness_lowers_it_to_its_target() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    drop((fixture.warm().await, fixture.until(|pool| pool.ready == 2).await));
    drop((fixture.warm().await, fixture.until(|pool| pool.ready == 3).await));
    let begun = tokio::time::Instant::now();
    fixture.until(|pool| pool.ready == 2).await;
    assert_eq!(begun.elapsed().as_secs(), 119, "the cooldown of 120 s, less the refill");
    fixture.until(|pool| pool.ready == 1).await;
    fixture.at_rest(0).await;
    assert_eq!(fixture.pool.metrics().evictions_surplus, 2);
}

/// H1, H10: max_warm_age.
#[tokio::test(start_paused = true)]
async fn a_warm_sandbox_is_replaced_at_its_age_and_the_pool_is_never_empty() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    let first = fixture.maker.made()[0];
    let pool = fixture.pool.watch();
    fixture.until(|_| fixture.pool.metrics().evictions_old == 1 && pool.borrow().ready > 0).await;
    assert_eq!(fixture.maker.made().len(), 2);
    fixture.at_rest(0).await;
    assert_eq!(fixture.rows.state(first), None);
    assert!(fixture.pool.metrics().oldest_age.unwrap() < Duration::from_secs(60));
}

/// H7: a claim never waits for a freezing that is under way, and its sandbox is awake in the end.
#[tokio::test(start_paused = true)]
async fn a_claim_that_meets_a_freezing_is_not_held_up_and_gets_an_awake_sandbox() {
    let maker = ScriptedMaker::new(400);
    maker.freeze_ms.store(200, Ordering::SeqCst);
    let fixture = start(maker, config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    let begun = tokio::time::Instant::now();
    let lease = fixture.warm().await;
    assert!(begun.elapsed() < Duration::from_millis(50), "{:?}", begun.elapsed());
    fixture.until(|pool| pool.in_use == 1 && pool.ready == 2).await;
    assert!(!fixture.maker.is_frozen(lease.id()));
}

/// H11: what an earlier run kept is taken over; what nobody owns is removed.
#[tokio::test(start_paused = true)]
async fn a_second_run_takes_over_what_is_good_and_removes_the_rest() {
    let first = start(ScriptedMaker::new(400), config(3)).await;
    first.until(|pool| pool.ready == 3 && pool.creating == 0).await;
    let (living, lost) = (first.warm().await.keep(), first.warm().await.keep());
    first.until(|pool| pool.ready == 5 && pool.creating == 0).await;
    let Fixture { pool, rows, maker, .. } = first;
    pool.shutdown(Shutdown::Keep).await;
    assert_eq!(maker.existing().len(), 7, "warm ones and those of sessions stay");
    let stray = domain::SandboxId::generate(&*TokioClock::started(), &domain::SeededEntropy::new(9));
    maker.appear(stray);
    let dead = maker.made()[2];
    maker.kill(dead);

    let caps = Caps::new(CapsConfig::default());
    let mut second = parts(&maker, rows.clone(), config(3), &caps);
    second.claimed.insert(living);
    let pool = Pool::start(second).await.unwrap();
    assert!(!maker.existing().contains(&stray), "a sandbox without a row");
    assert_eq!(rows.state(lost), None, "claimed by nobody");
    assert_eq!(rows.state(living), Some(MemberState::Claimed));
    assert_eq!(rows.state(dead), Some(MemberState::Destroying), "a claim can't get it any more");
    let fixture = Fixture { pool, rows, maker, caps };
    let made_before = fixture.maker.made().len();
    fixture.at_rest(1).await;
    assert_eq!(fixture.maker.made().len(), made_before, "the four that were left are enough");
    fixture.pool.release(living).await;
    fixture.at_rest(0).await;
}
