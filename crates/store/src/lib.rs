//! Where rows are kept: one trait, [`Store`], and an implementation for each database.
//!
//! To add a query: one method in the trait with its promise, one function with the SQL written out in each database's
//! module, one check in the conformance suite (`tests/conformance.rs`). This room must not know of pools, providers or
//! HTTP: it keeps what it is given.

mod records;
mod sqlite;

use async_trait::async_trait;
use domain::{
    BlobHash, Event, PreviewId, SandboxId, SessionId, TemplateHash, TemplateName, Timestamp, TokenHash,
};

pub use records::{PoolId, SandboxRecord, SandboxRecordState, SessionRecord, VisitorClaims};
pub use sqlite::SqliteStore;

/// The store could not do what it was asked. `Display` leaves the source out.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or did not answer. Trying again may help.
    #[error("the database did not do what it was asked")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date: the operator has to look.
    #[error("the database's schema could not be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row holds what this version can't read: the operator has to look.
    #[error("a row of {table} can't be read: {reason}")]
    Corrupt {
        /// Which table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// An event's number is taken: another writer was faster.
    #[error("event {seq} of session {session_id} exists already")]
    SeqTaken {
        /// The session.
        session_id: SessionId,
        /// The number.
        seq: u64,
    },
}

/// Keeps sandboxes' rows, sessions and journals. Every call is atomic, and durable against the death of this process
/// once it answers.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Every sandbox of a pool, oldest first.
    async fn sandboxes(&self, pool: &PoolId) -> Result<Vec<SandboxRecord>, StoreError>;

    /// Records a sandbox.
    async fn insert_sandbox(&self, pool: &PoolId, record: &SandboxRecord) -> Result<(), StoreError>;

    /// Records that a sandbox is made: `creating` becomes `ready`, `claimed` stays; `false` when it is neither.
    async fn sandbox_made(&self, id: SandboxId, at: Timestamp) -> Result<bool, StoreError>;

    /// Takes the sandbox that has been ready for longest, if it was made from `hash`: no two calls get the same.
    async fn take_sandbox(
        &self,
        pool: &PoolId,
        hash: &TemplateHash,
    ) -> Result<Option<SandboxRecord>, StoreError>;

    /// Records that a ready sandbox answered a probe.
    async fn sandbox_checked(&self, id: SandboxId, at: Timestamp) -> Result<(), StoreError>;

    /// A sandbox's state; `None` when it has no row.
    async fn sandbox_state(&self, id: SandboxId) -> Result<Option<SandboxRecordState>, StoreError>;

    /// `ready` becomes `destroying`; `false` when it was not ready.
    async fn retire_sandbox(&self, id: SandboxId) -> Result<bool, StoreError>;

    /// Whatever it was becomes `destroying`.
    async fn condemn_sandbox(&self, id: SandboxId) -> Result<(), StoreError>;

    /// Forgets a sandbox.
    async fn remove_sandbox(&self, id: SandboxId) -> Result<(), StoreError>;

    /// What a pool has learnt about demand, as it was put; `None` when nothing was.
    async fn forecast(&self, pool: &PoolId) -> Result<Option<String>, StoreError>;

    /// Keeps what a pool has learnt about demand, in place of what was kept before.
    async fn put_forecast(&self, pool: &PoolId, forecast: &str) -> Result<(), StoreError>;

    /// Records a session together with its first events.
    async fn insert_session(&self, record: &SessionRecord, first: &[Event]) -> Result<(), StoreError>;

    /// A session by its id.
    async fn session(&self, id: SessionId) -> Result<Option<SessionRecord>, StoreError>;

    /// A session by the hash of its token.
    async fn session_by_token(&self, token: &TokenHash) -> Result<Option<SessionRecord>, StoreError>;

    /// A session by its preview.
    async fn session_by_preview(&self, preview: &PreviewId) -> Result<Option<SessionRecord>, StoreError>;

    /// Every session that has not ended, oldest first.
    async fn live_sessions(&self) -> Result<Vec<SessionRecord>, StoreError>;

    /// Ends a session with its last event and forgets its file contents; `false` when it had ended before.
    async fn end_session(&self, id: SessionId, last: &Event) -> Result<bool, StoreError>;

    /// How often a visitor claimed since a moment, and when first.
    async fn claims_since(&self, visitor: &str, since: Timestamp) -> Result<VisitorClaims, StoreError>;

    /// Appends events to a live session's journal: all of them or none.
    ///
    /// # Errors
    /// [`StoreError::SeqTaken`] when one of the numbers exists.
    async fn append(&self, session: SessionId, events: &[Event]) -> Result<(), StoreError>;

    /// Events with a number above `after`, in order, at most `events_max`.
    async fn events(&self, session: SessionId, after: u64, events_max: u32)
    -> Result<Vec<Event>, StoreError>;

    /// Keeps a file's content for as long as the session lives.
    async fn put_blob(&self, session: SessionId, hash: &BlobHash, content: &[u8]) -> Result<(), StoreError>;

    /// A file's content; `None` once the session has ended.
    async fn blob(&self, session: SessionId, hash: &BlobHash) -> Result<Option<Vec<u8>>, StoreError>;
}

/// Names the pool that a template's sandboxes belong to.
impl PoolId {
    /// The pool of `template` with `provider`.
    pub fn new(provider: impl Into<String>, template: TemplateName) -> Self {
        Self { provider: provider.into(), template }
    }
}
