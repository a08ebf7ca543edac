//! What every store must do, run against each of them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::sync::Arc;

use domain::{
    BlobHash, EndReason, Event, EventKind, Lifetime, LifetimeKind, ManualClock, PreviewId, SandboxId,
    SeededEntropy, SessionId, SessionKind, TemplateHash, Timestamp, TokenHash,
};
use store::{
    PoolId, SandboxRecord, SandboxRecordState, SessionRecord, SqliteStore, Store, StoreError, VisitorClaims,
};

struct Fixture {
    store: SqliteStore,
    entropy: SeededEntropy,
    folder: tempfile::TempDir,
}

async fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("sandglass.db")).await.unwrap();
    Fixture { store, entropy: SeededEntropy::new(1), folder }
}

fn at(unix_ms: i64) -> Timestamp {
    Timestamp::from_unix_ms(unix_ms)
}

fn pool() -> PoolId {
    PoolId::new("sim", "react-vite".parse().unwrap())
}

fn hash() -> TemplateHash {
    TemplateHash::new("today")
}

impl Fixture {
    async fn sandbox(&self, state: SandboxRecordState, ready_at: Option<i64>) -> SandboxRecord {
        let record = SandboxRecord {
            id: SandboxId::generate(&ManualClock::new(at(1)), &self.entropy),
            state,
            template_hash: hash(),
            created_at: at(1),
            ready_at: ready_at.map(at),
            checked_at: ready_at.map(at),
        };
        self.store.insert_sandbox(&pool(), &record).await.unwrap();
        record
    }

    fn claimed(&self, claimed_at: i64) -> (SessionRecord, Event) {
        let id = SessionId::generate(&ManualClock::new(at(claimed_at)), &self.entropy);
        let preview_id = PreviewId::generate(&self.entropy);
        let mut digest = [0; 32];
        domain::Entropy::fill(&self.entropy, &mut digest);
        let event = Event {
            seq: 1,
            at: at(claimed_at),
            kind: EventKind::SessionClaimed {
                session_id: id,
                kind: SessionKind::Demo,
                provider: "sim".into(),
                template: "react-vite".parse().unwrap(),
                warm: true,
                claim_ms: 1,
                preview_url: format!("http://{preview_id}.preview.localhost:3000/"),
                prompts_max: 3,
                lifetime: Lifetime { deadline: at(300_000), kind: LifetimeKind::Hard, extendable: false },
            },
        };
        let record = SessionRecord {
            id,
            kind: SessionKind::Demo,
            token_hash: TokenHash::from_digest(&digest),
            preview_id,
            sandbox_id: SandboxId::generate(&ManualClock::new(at(claimed_at)), &self.entropy),
            visitor: "a visitor".into(),
            claimed_at: at(claimed_at),
            ended_at: None,
        };
        (record, event)
    }

    async fn session(&self, claimed_at: i64) -> (SessionRecord, Event) {
        let (record, event) = self.claimed(claimed_at);
        self.store.insert_session(&record, std::slice::from_ref(&event)).await.unwrap();
        (record, event)
    }
}

fn ready_event(seq: u64) -> Event {
    Event { seq, at: at(2), kind: EventKind::SessionReady { ready_ms: 1 } }
}

fn ended_event(seq: u64) -> Event {
    Event { seq, at: at(9), kind: EventKind::SessionEnded { reason: EndReason::Closed } }
}

/// H3
#[tokio::test]
async fn the_oldest_ready_sandbox_is_taken_first_and_only_once() {
    let fixture = fixture().await;
    let younger = fixture.sandbox(SandboxRecordState::Ready, Some(20)).await;
    let older = fixture.sandbox(SandboxRecordState::Ready, Some(10)).await;
    fixture.sandbox(SandboxRecordState::Creating, None).await;
    let take = async || fixture.store.take_sandbox(&pool(), &hash()).await.unwrap();
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
            tokio::spawn(async move { store.take_sandbox(&pool(), &hash()).await.unwrap() })
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
    assert_eq!(fixture.store.take_sandbox(&other, &hash()).await.unwrap(), None);
    assert_eq!(fixture.store.take_sandbox(&pool(), &TemplateHash::new("tomorrow")).await.unwrap(), None);
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
    store.remove_sandbox(expected.id).await.unwrap();
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
    assert!(matches!(refused, Err(StoreError::SeqTaken { seq: 2, .. })), "{refused:?}");
    assert_eq!(store.events(record.id, 1, 100).await.unwrap(), vec![ready_event(2)]);
    assert_eq!(store.events(record.id, 0, 1).await.unwrap().len(), 1);
}

/// A6
#[tokio::test]
async fn a_visitors_claims_are_counted_within_the_window() {
    let fixture = fixture().await;
    for claimed_at in [10, 20, 30] {
        fixture.session(claimed_at).await;
    }
    let claims = fixture.store.claims_since("a visitor", at(10)).await.unwrap();
    assert_eq!(claims, VisitorClaims { count: 2, first: Some(at(20)) });
    let nobody = fixture.store.claims_since("somebody else", at(0)).await.unwrap();
    assert_eq!(nobody, VisitorClaims { count: 0, first: None });
}

/// H11
#[tokio::test]
async fn what_was_answered_is_there_after_reopening_the_file() {
    let fixture = fixture().await;
    let (record, event) = fixture.session(5).await;
    fixture.store.close().await;
    let reopened = SqliteStore::open(&fixture.folder.path().join("sandglass.db")).await.unwrap();
    assert_eq!(reopened.session(record.id).await.unwrap(), Some(record.clone()));
    assert_eq!(reopened.events(record.id, 0, 10).await.unwrap(), vec![event]);
}
