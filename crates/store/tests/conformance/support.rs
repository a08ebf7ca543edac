//! A store in a folder of its own, and rows to put into it.

use domain::{
    EndReason, Event, EventKind, Lifetime, LifetimeKind, ManualClock, PreviewId, SandboxId, SeededEntropy,
    SessionId, SessionKind, TemplateHash, Timestamp, TokenHash,
};
use store::{PoolId, SandboxRecord, SandboxRecordState, SessionRecord, SqliteStore, Store, Tariff};

pub struct Fixture {
    pub store: SqliteStore,
    pub entropy: SeededEntropy,
    folder: tempfile::TempDir,
}

/// A store whose sandboxes cost nothing.
pub async fn fixture() -> Fixture {
    priced(Tariff::free()).await
}

pub async fn priced(tariff: Tariff) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("sandglass.db"), tariff).await.unwrap();
    Fixture { store, entropy: SeededEntropy::new(1), folder }
}

pub fn at(unix_ms: i64) -> Timestamp {
    Timestamp::from_unix_ms(unix_ms)
}

pub fn pool() -> PoolId {
    PoolId::new("sim", "react-vite".parse().unwrap())
}

pub fn hash() -> TemplateHash {
    TemplateHash::new("today")
}

impl Fixture {
    /// The store as a later run finds it.
    pub async fn reopened(&self, tariff: Tariff) -> SqliteStore {
        self.store.close().await;
        SqliteStore::open(&self.folder.path().join("sandglass.db"), tariff).await.unwrap()
    }

    /// The size of SQLite's log.
    pub fn log_bytes(&self) -> u64 {
        std::fs::metadata(self.folder.path().join("sandglass.db-wal")).unwrap().len()
    }

    pub fn new_sandbox(&self, state: SandboxRecordState, ready_at: Option<i64>) -> SandboxRecord {
        SandboxRecord {
            id: SandboxId::generate(&ManualClock::new(at(1)), &self.entropy),
            state,
            template_hash: hash(),
            created_at: at(1),
            ready_at: ready_at.map(at),
            checked_at: ready_at.map(at),
        }
    }

    pub async fn sandbox(&self, state: SandboxRecordState, ready_at: Option<i64>) -> SandboxRecord {
        let record = self.new_sandbox(state, ready_at);
        self.store.insert_sandbox(&pool(), &record).await.unwrap();
        record
    }

    pub fn claimed(&self, claimed_at: i64) -> (SessionRecord, Event) {
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
            claimed_as: SessionKind::Demo,
            owner: None,
            token_hash: TokenHash::from_digest(&digest),
            preview_id,
            sandbox_id: SandboxId::generate(&ManualClock::new(at(claimed_at)), &self.entropy),
            visitor: "a visitor".into(),
            network: "a network".into(),
            claimed_at: at(claimed_at),
            ended_at: None,
        };
        (record, event)
    }

    pub async fn session(&self, claimed_at: i64) -> (SessionRecord, Event) {
        let (record, event) = self.claimed(claimed_at);
        self.store.insert_session(&record, std::slice::from_ref(&event)).await.unwrap();
        (record, event)
    }
}

pub fn ready_event(seq: u64) -> Event {
    Event { seq, at: at(2), kind: EventKind::SessionReady { ready_ms: 1 } }
}

pub fn ended_event(seq: u64) -> Event {
    Event { seq, at: at(9), kind: EventKind::SessionEnded { reason: EndReason::Closed } }
}
