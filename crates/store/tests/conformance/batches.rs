//! Writes that share a transaction harm nobody (H3, H11).

use std::collections::HashSet;
use std::future::poll_fn;
use std::task::Poll;

use domain::SandboxId;
use futures::future::join_all;
use store::{SandboxRecordState, Store, StoreError, Tariff};

use crate::support::{at, fixture, hash, pool, ready_event};

/// Starts a call and gives up on it before its answer: a client that went away.
async fn give_up<T>(call: impl Future<Output = T>) {
    let mut call = Box::pin(call);
    poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}

/// F1: of many who share a commit, only the one with a taken number is refused.
#[tokio::test]
async fn a_refused_write_fails_alone() {
    let fixture = fixture().await;
    let (record, _) = fixture.session(5).await;
    let appends = [2, 3, 1, 4].map(|seq| async move { (seq, ready_event(seq)) });
    let appended = join_all(appends.map(|event| async {
        let (seq, event) = event.await;
        (seq, fixture.store.append(record.id, &[event]).await)
    }))
    .await;
    for (seq, outcome) in appended {
        match seq {
            1 => assert!(matches!(outcome, Err(StoreError::SeqTaken { seq: 1, .. })), "{outcome:?}"),
            _ => outcome.unwrap(),
        }
    }
    let numbers: Vec<u64> =
        fixture.store.events(record.id, 0, 10).await.unwrap().iter().map(|event| event.seq).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

/// A8: a session without its first event is no session.
#[tokio::test]
async fn a_session_is_kept_with_all_its_events_or_not_at_all() {
    let fixture = fixture().await;
    let (broken, event) = fixture.claimed(5);
    let (whole, first) = fixture.claimed(6);
    let (twice, once) = ([event.clone(), event], [first]);
    let (refused, kept) = tokio::join!(
        fixture.store.insert_session(&broken, &twice),
        fixture.store.insert_session(&whole, &once)
    );
    assert!(matches!(refused, Err(StoreError::SeqTaken { .. })), "{refused:?}");
    kept.unwrap();
    assert_eq!(fixture.store.live_sessions().await.unwrap(), vec![whole]);
}

/// H3: of two who do the same at once, one did it.
#[tokio::test]
async fn the_same_done_twice_at_once_is_done_once() {
    let fixture = fixture().await;
    let ready = fixture.sandbox(SandboxRecordState::Ready, Some(10)).await;
    let store = &fixture.store;
    let (one, other) = tokio::join!(store.retire_sandbox(ready.id), store.retire_sandbox(ready.id));
    assert_eq!(u8::from(one.unwrap()) + u8::from(other.unwrap()), 1);
}

/// H3, H11: a sandbox taken for somebody who left before the answer is not lost.
#[tokio::test]
async fn a_sandbox_that_nobody_was_told_of_is_ready_again() {
    let fixture = fixture().await;
    for number in 0..20 {
        fixture.sandbox(SandboxRecordState::Ready, Some(number)).await;
    }
    let store = &fixture.store;
    for _ in 0..20 {
        give_up(store.take_sandbox(&pool(), &hash(), at(100))).await;
    }
    // Answered after those that were asked before it.
    store.accrue(at(100)).await.unwrap();
    let mut taken = HashSet::<SandboxId>::new();
    for _ in 0..20 {
        taken.extend(store.take_sandbox(&pool(), &hash(), at(100)).await.unwrap().map(|record| record.id));
    }
    assert_eq!(taken.len(), 20);
    assert_eq!(store.take_sandbox(&pool(), &hash(), at(100)).await.unwrap(), None);
}

/// H11: closing waits for what was asked for, and refuses what comes later.
#[tokio::test]
async fn what_was_asked_for_before_closing_is_written() {
    let fixture = fixture().await;
    let records: Vec<_> = (0..50).map(|_| fixture.new_sandbox(SandboxRecordState::Creating, None)).collect();
    for record in &records {
        give_up(fixture.store.insert_sandbox(&pool(), record)).await;
    }
    let reopened = fixture.reopened(Tariff::free()).await;
    let kept = reopened.sandboxes(&pool()).await.unwrap();
    assert_eq!(kept.len(), 50);
    let late = fixture.store.condemn_sandbox(records[0].id).await;
    assert!(matches!(late, Err(StoreError::NotKept)), "{late:?}");
}

/// H11: the log is moved into the database also when somebody writes all the time.
#[tokio::test]
async fn however_much_is_written_the_log_stays_small() {
    let fixture = fixture().await;
    for _ in 0..3_000 {
        fixture.sandbox(SandboxRecordState::Ready, Some(1)).await;
    }
    let log_bytes = fixture.log_bytes();
    assert!(log_bytes < 40 * 1024 * 1024, "{log_bytes} bytes after some fifty million");
}
