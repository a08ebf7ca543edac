//! Sessions and their journals (A5, A6, A8, F1, H11).

use domain::{BlobHash, Event, EventKind, Lifetime, LifetimeKind, ManualClock, SessionKind, UserId};
use store::{ClaimRecord, SessionRecord, Store, StoreError, Tariff};

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
        claimed_as: SessionKind::Demo,
        visitor: "a visitor".into(),
        network: "a network".into(),
        claimed_at: at(claimed_at),
    };
    assert_eq!(fixture.store.claims_since(at(10)).await.unwrap(), [claim(20), claim(30)]);
}

fn handed_over(seq: u64) -> Event {
    let lifetime = Lifetime { deadline: at(1_800_000), kind: LifetimeKind::Hard, extendable: false };
    let kind = EventKind::HandedOver { kind: SessionKind::Workspace, prompts_max: 500, lifetime };
    Event { seq, at: at(8), kind }
}

/// A9, J4: a session gets one owner, once, with the event that says so.
#[tokio::test]
async fn of_two_users_who_take_a_session_over_one_gets_it() {
    let fixture = fixture().await;
    let (record, first) = fixture.session(5).await;
    let store = &fixture.store;
    let user = |at_ms| UserId::generate(&ManualClock::new(at(at_ms)), &fixture.entropy);
    let (ann, bob) = (user(1), user(2));
    let events = [handed_over(2)];
    let (to_ann, to_bob) = tokio::join!(
        store.hand_over(record.id, ann, SessionKind::Workspace, &events),
        store.hand_over(record.id, bob, SessionKind::Workspace, &events),
    );
    assert_eq!((to_ann.unwrap(), to_bob.unwrap()), (true, false));
    let owned = SessionRecord { kind: SessionKind::Workspace, owner: Some(ann), ..record.clone() };
    assert_eq!(store.session(record.id).await.unwrap(), Some(owned.clone()));
    assert_eq!(store.events(record.id, 0, 9).await.unwrap(), [first, handed_over(2)]);
    assert_eq!(store.sessions_of(ann, at(9), 10).await.unwrap(), [owned]);
    assert_eq!(store.sessions_of(bob, at(9), 10).await.unwrap(), []);
    assert_eq!(
        store.claims_since(at(0)).await.unwrap()[0].claimed_as,
        SessionKind::Demo,
        "limits count the beginning"
    );

    assert!(store.end_session(record.id, &ended_event(3)).await.unwrap());
    assert_eq!(store.sessions_of(ann, at(9), 10).await.unwrap(), [], "it ended at 9");
    let (other, _) = fixture.session(6).await;
    assert!(store.end_session(other.id, &ended_event(2)).await.unwrap());
    assert!(!store.hand_over(other.id, ann, SessionKind::Workspace, &[handed_over(3)]).await.unwrap());
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
