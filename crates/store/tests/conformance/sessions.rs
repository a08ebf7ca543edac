//! Sessions and their journals (A5, A6, A8, F1, H11).

use domain::BlobHash;
use store::{ClaimRecord, Store, StoreError, Tariff};

use crate::support::{at, ended_event, fixture, ready_event};

/// A5
#[tokio::test]
async fn a_session_is_found_by_id_token_and_preview() {
    let fixture = fixture().await;
    let (record, event) = fixture.session(5).await;
    let store = &fixture.store;
    assert_eq!(store.session(record.id).await.unwrap(), Some(record.clone()));
    assert_eq!(store.session_by_token(&record.token_hash).await.unwrap(), Some(record.clone()));
    assert_eq!(store.session_by_preview(&record.preview_id).await.unwrap(), Some(record.clone()));
    assert_eq!(store.live_sessions().await.unwrap(), vec![record.clone()]);
    assert_eq!(store.events(record.id, 0, 100).await.unwrap(), vec![event]);
    let (unknown, _) = fixture.claimed(6);
    assert_eq!(store.session(unknown.id).await.unwrap(), None);
}

/// A8
#[tokio::test]
async fn a_session_ends_once_and_its_files_are_gone_then() {
    let fixture = fixture().await;
    let (record, _) = fixture.session(5).await;
    let store = &fixture.store;
    let blob = BlobHash::from_digest(&[7; 32]);
    store.put_blob(record.id, &blob, b"text").await.unwrap();
    store.put_blob(record.id, &blob, b"text").await.unwrap();
    assert_eq!(store.blob(record.id, &blob).await.unwrap().as_deref(), Some(&b"text"[..]));

    assert!(store.end_session(record.id, &ended_event(2)).await.unwrap());
    assert!(!store.end_session(record.id, &ended_event(3)).await.unwrap());
    assert_eq!(store.blob(record.id, &blob).await.unwrap(), None);
    assert_eq!(store.live_sessions().await.unwrap(), vec![]);
    assert_eq!(store.events(record.id, 1, 100).await.unwrap(), vec![ended_event(2)]);
}

/// F1: the journal is numbered without gaps or doubles.
#[tokio::test]
async fn a_number_is_given_once_and_a_batch_is_kept_whole_or_not_at_all() {
    let fixture = fixture().await;
    let (record, _) = fixture.session(5).await;
    let store = &fixture.store;
    store.append(record.id, &[ready_event(2)]).await.unwrap();
    let refused = store.append(record.id, &[ready_event(3), ready_event(2)]).await;
    assert!(matches!(refused, Err(StoreError::SeqTaken { seq: 3, .. })), "{refused:?}");
    assert_eq!(store.events(record.id, 1, 100).await.unwrap(), vec![ready_event(2)]);
    assert_eq!(store.events(record.id, 0, 1).await.unwrap().len(), 1);
}

/// A6: what limits count is all there after a restart.
#[tokio::test]
async fn every_claim_after_a_moment_is_told_oldest_first() {
    let fixture = fixture().await;
    for claimed_at in [30, 10, 20] {
        fixture.session(claimed_at).await;
    }
    let claim = |claimed_at| ClaimRecord {
        visitor: "a visitor".into(),
        network: "a network".into(),
        claimed_at: at(claimed_at),
    };
    assert_eq!(fixture.store.claims_since(at(10)).await.unwrap(), [claim(20), claim(30)]);
}

/// H11
#[tokio::test]
async fn what_was_answered_is_there_after_reopening_the_file() {
    let fixture = fixture().await;
    let (record, event) = fixture.session(5).await;
    let reopened = fixture.reopened(Tariff::free()).await;
    assert_eq!(reopened.session(record.id).await.unwrap(), Some(record.clone()));
    assert_eq!(reopened.events(record.id, 0, 10).await.unwrap(), vec![event]);
}
