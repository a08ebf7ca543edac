//! Stories of a pool over time, told in paused time: the field's known traps (docs/DESIGN.md, "Pool") among them.

mod support;

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::Duration;

use pool::{Acquired, MemberState, PoolConfig, PoolError};
use support::{ScriptedMaker, start};

fn config(target_ready: u32) -> PoolConfig {
    PoolConfig { target_ready, ..PoolConfig::default() }
}

/// H1: no first visitor is cold because the pool waits for the first acquire.
#[tokio::test(start_paused = true)]
async fn a_pool_is_full_and_frozen_before_anybody_asks() {
    let fixture = start(ScriptedMaker::new(400), config(3)).await;
    fixture.until(|pool| pool.ready == 3 && pool.creating == 0).await;
    fixture.pool.shutdown(&HashSet::new()).await;
    assert_eq!(fixture.maker.made_count(), 3);
    assert_eq!(fixture.maker.alive.lock().unwrap().len(), 0, "shutting down leaves nothing");
}

/// H3: one sandbox is never given to two claims, and what is taken is made again.
#[tokio::test(start_paused = true)]
async fn every_claim_gets_its_own_sandbox() {
    let fixture = start(ScriptedMaker::new(400), config(5)).await;
    fixture.until(|pool| pool.ready == 5).await;
    let mut got = HashSet::new();
    for _ in 0..5 {
        let Acquired::Warm(id) = fixture.pool.acquire().await.unwrap() else {
            panic!("cold with five warm ones")
        };
        assert!(got.insert(id), "{id} was given twice");
        assert!(!fixture.maker.frozen.lock().unwrap().contains(&id), "a claimed sandbox is thawed");
    }
    let snapshot = fixture.until(|pool| pool.ready == 5 && pool.in_use == 5).await;
    assert_eq!((snapshot.total_acquires, snapshot.acquires_from_pool), (5, 5));
}

/// H3: release means destruction.
#[tokio::test(start_paused = true)]
async fn a_released_sandbox_is_destroyed_and_never_ready_again() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    let Acquired::Warm(id) = fixture.pool.acquire().await.unwrap() else { panic!("cold with a warm one") };
    fixture.pool.release(id).await;
    assert_eq!(fixture.rows.state(id), Some(MemberState::Destroying));
    fixture
        .until(|pool| pool.total_acquires == 1 && pool.in_use == 0 && pool.total == 1 && pool.ready == 1)
        .await;
    assert!(!fixture.maker.alive.lock().unwrap().contains(&id));
    assert_eq!(fixture.rows.state(id), None);
}

/// H4: on an empty pool a sandbox is made while the claim waits, and counted as cold.
#[tokio::test(start_paused = true)]
async fn an_empty_pool_makes_one_on_demand() {
    let fixture = start(ScriptedMaker::new(400), config(0)).await;
    let Acquired::Cold(ticket) = fixture.pool.acquire().await.unwrap() else { panic!("warm out of nothing") };
    let id = ticket.redeem().await.unwrap();
    assert_eq!(fixture.rows.state(id), Some(MemberState::Claimed));
    fixture.pool.nudge();
    let snapshot = fixture.until(|pool| pool.in_use == 1 && pool.creating == 0).await;
    assert_eq!((snapshot.total_acquires, snapshot.acquires_from_pool), (1, 0));
    assert_eq!(snapshot.create_ms, Some(400));
}

/// H3, H11: giving up while a sandbox is still being made leaves nothing behind.
#[tokio::test(start_paused = true)]
async fn a_cold_sandbox_that_is_released_while_it_is_made_does_not_stay() {
    let fixture = start(ScriptedMaker::new(400), config(0)).await;
    let Acquired::Cold(ticket) = fixture.pool.acquire().await.unwrap() else { panic!("warm out of nothing") };
    let id = ticket.id();
    let making = tokio::spawn(ticket.redeem());
    tokio::task::yield_now().await;
    fixture.pool.release(id).await;
    assert!(matches!(making.await.unwrap(), Err(PoolError::Create(_))));
    assert!(fixture.maker.alive.lock().unwrap().is_empty());
}

/// H7: a claim that meets a dead one takes the next.
#[tokio::test(start_paused = true)]
async fn a_dead_warm_sandbox_is_never_given_away() {
    let fixture = start(ScriptedMaker::new(400), config(2)).await;
    fixture.until(|pool| pool.ready == 2).await;
    let first = fixture.maker.made.lock().unwrap()[0];
    fixture.maker.kill(first);
    let Acquired::Warm(id) = fixture.pool.acquire().await.unwrap() else {
        panic!("cold with a warm one left")
    };
    assert_ne!(id, first);
    fixture.until(|pool| pool.ready == 2 && pool.in_use == 1 && pool.total == 3).await;
    assert_eq!(fixture.rows.state(first), None, "the dead one is gone");
}

/// H7: a health check finds the dead before anybody claims, and the living stay claimable and frozen.
#[tokio::test(start_paused = true)]
async fn a_health_check_replaces_the_dead_and_leaves_the_living() {
    let fixture = start(ScriptedMaker::new(400), config(2)).await;
    fixture.until(|pool| pool.ready == 2).await;
    let (dead, living) = {
        let made = fixture.maker.made.lock().unwrap();
        (made[0], made[1])
    };
    fixture.maker.kill(dead);
    tokio::time::advance(Duration::from_secs(61)).await;
    fixture.pool.nudge();
    fixture.until(|pool| pool.ready == 1).await;
    fixture.until(|pool| pool.ready == 2 && pool.total == 2).await;
    assert_eq!(fixture.rows.state(dead), None);
    assert_eq!(fixture.rows.state(living), Some(MemberState::Ready));
    assert!(fixture.maker.frozen.lock().unwrap().contains(&living));
}

/// H6: failing creations back off, and work again by themselves.
#[tokio::test(start_paused = true)]
async fn creation_that_fails_is_tried_ever_less_often_and_recovers() {
    let maker = ScriptedMaker::new(100);
    maker.failing.store(true, Ordering::SeqCst);
    let fixture = start(maker, config(2)).await;
    fixture.until(|pool| pool.create_failures >= 5).await;
    assert!(fixture.maker.made_count() <= 6, "{} tries", fixture.maker.made_count());
    fixture.maker.failing.store(false, Ordering::SeqCst);
    fixture.until(|pool| pool.ready == 2 && pool.create_failures == 0).await;
}

/// H1: the caps hold for claims too.
#[tokio::test(start_paused = true)]
async fn a_full_house_is_said_to_be_full() {
    let fixture = start(ScriptedMaker::new(400), PoolConfig { max_total_sandboxes: 1, ..config(0) }).await;
    let Acquired::Cold(ticket) = fixture.pool.acquire().await.unwrap() else { panic!("warm out of nothing") };
    assert!(matches!(fixture.pool.acquire().await, Err(PoolError::Exhausted)));
    drop(ticket);
}

/// H4
#[tokio::test(start_paused = true)]
async fn after_shutdown_nothing_is_given_away() {
    let fixture = start(ScriptedMaker::new(400), config(1)).await;
    fixture.until(|pool| pool.ready == 1).await;
    fixture.pool.shutdown(&HashSet::new()).await;
    assert!(matches!(fixture.pool.acquire().await, Err(PoolError::ShuttingDown)));
}

/// H11: what an earlier run left behind is gone before the first sandbox is made.
#[tokio::test(start_paused = true)]
async fn orphans_of_an_earlier_run_are_removed_at_the_start() {
    let maker = ScriptedMaker::new(400);
    let clock = domain::ManualClock::new(domain::Timestamp::from_unix_ms(1));
    let orphan = domain::SandboxId::generate(&clock, &domain::SeededEntropy::new(9));
    maker.alive.lock().unwrap().insert(orphan);
    let fixture = start(maker, config(1)).await;
    assert!(!fixture.maker.alive.lock().unwrap().contains(&orphan));
}
