//! Pool membership (H1, H3).

use std::collections::HashSet;
use std::sync::Arc;

use domain::{SandboxId, TemplateHash};
use store::{PoolId, SandboxRecord, SandboxRecordState, Store};

use crate::support::{at, fixture, hash, pool};

/// H3
#[tokio::test]
async fn the_oldest_ready_sandbox_is_taken_first_and_only_once() {
    let fixture = fixture().await;
    let younger = fixture.sandbox(SandboxRecordState::Ready, Some(20)).await;
    let older = fixture.sandbox(SandboxRecordState::Ready, Some(10)).await;
    fixture.sandbox(SandboxRecordState::Creating, None).await;
    let take = async || fixture.store.take_sandbox(&pool(), &hash(), at(100)).await.unwrap();
    let claimed =
        |record: SandboxRecord| Some(SandboxRecord { state: SandboxRecordState::Claimed, ..record });
    assert_eq!(take().await, claimed(older));
    assert_eq!(take().await, claimed(younger));
    assert_eq!(take().await, None);
}

/// H3: one atomic statement, under a hundred claims at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_claims_at_once_share_nothing() {
    let fixture = fixture().await;
    for number in 0..60 {
        fixture.sandbox(SandboxRecordState::Ready, Some(number)).await;
    }
    let store = Arc::new(fixture.store.clone());
    let claims: Vec<_> = (0..100)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { store.take_sandbox(&pool(), &hash(), at(100)).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for claim in claims {
        taken.extend(claim.await.unwrap());
    }
    let distinct: HashSet<SandboxId> = taken.iter().map(|record| record.id).collect();
    assert_eq!((taken.len(), distinct.len()), (60, 60));
}

/// H1: a sandbox of an outdated template, or of another pool, is not given away.
#[tokio::test]
async fn only_a_sandbox_of_the_right_pool_and_content_is_taken() {
    let fixture = fixture().await;
    fixture.sandbox(SandboxRecordState::Ready, Some(10)).await;
    let other = PoolId::new("local", "react-vite".parse().unwrap());
    assert_eq!(fixture.store.take_sandbox(&other, &hash(), at(100)).await.unwrap(), None);
    assert_eq!(
        fixture.store.take_sandbox(&pool(), &TemplateHash::new("tomorrow"), at(100)).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_sandbox_goes_from_creating_to_ready_to_nothing() {
    let fixture = fixture().await;
    let made = fixture.sandbox(SandboxRecordState::Creating, None).await;
    let store = &fixture.store;
    assert!(!store.retire_sandbox(made.id).await.unwrap(), "only a ready one is retired");
    assert!(store.sandbox_made(made.id, at(5)).await.unwrap());
    store.sandbox_checked(made.id, at(7)).await.unwrap();
    let expected = SandboxRecord {
        state: SandboxRecordState::Ready,
        ready_at: Some(at(5)),
        checked_at: Some(at(7)),
        ..made
    };
    assert_eq!(store.sandboxes(&pool()).await.unwrap(), vec![expected.clone()]);
    assert!(store.retire_sandbox(expected.id).await.unwrap());
    assert!(!store.sandbox_made(expected.id, at(8)).await.unwrap(), "one that is to go does not come back");
    assert_eq!(store.sandbox_state(expected.id).await.unwrap(), Some(SandboxRecordState::Destroying));
    store.remove_sandbox(expected.id, at(9)).await.unwrap();
    assert_eq!(store.sandbox_state(expected.id).await.unwrap(), None);
}

/// H8
#[tokio::test]
async fn each_pool_has_the_forecast_that_was_put_last() {
    let fixture = fixture().await;
    let store = &fixture.store;
    let other = PoolId::new("local", "react-vite".parse().unwrap());
    store.put_forecast(&pool(), "first").await.unwrap();
    store.put_forecast(&pool(), "second").await.unwrap();
    assert_eq!(store.forecast(&pool()).await.unwrap().as_deref(), Some("second"));
    assert_eq!(store.forecast(&other).await.unwrap(), None);
}

/// H11
#[tokio::test]
async fn what_another_configuration_left_is_told_apart() {
    let fixture = fixture().await;
    let left = fixture.sandbox(SandboxRecordState::Ready, Some(1)).await;
    let other = PoolId::new("local", "react-vite".parse().unwrap());
    assert_eq!(fixture.store.sandboxes_outside(&[other.clone(), pool()]).await.unwrap(), []);
    assert_eq!(fixture.store.sandboxes_outside(&[other]).await.unwrap(), [left.id]);
}
