//! Where rows are kept: two traits, [`Store`] and [`AccountStore`], and an implementation for each database.
//!
//! To add a query: one method in the trait with its promise, one function with the SQL written out in each database's
//! module, one check in the conformance suite (`tests/conformance.rs`). This room must not know of pools, providers or
//! HTTP: it keeps what it is given.

mod accounts;
mod records;
mod sqlite;
mod tariff;

use async_trait::async_trait;
use domain::{
    BlobHash, Day, Event, MicroDollars, ModelUse, PreviewId, SandboxId, SessionId, SessionKind, TemplateHash,
    TemplateName, Timestamp, TokenHash, UserId,
};

pub use accounts::{
    AccountStore, Ending, IdentityRecord, PreviousToken, SIGN_INS_PER_USER_MAX, SignInRecord, UserRecord,
};
pub use records::{
    ClaimRecord, FunnelCount, FunnelStep, PoolId, Purpose, ReportRecord, SandboxRecord, SandboxRecordState,
    SessionRecord, SpentTime,
};
pub use sqlite::SqliteStore;
pub use tariff::Tariff;

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
    /// A number of the events to append is taken: another writer was faster.
    #[error("session {session_id} has an event with a number from {seq} on already")]
    SeqTaken {
        /// The session.
        session_id: SessionId,
        /// The first number of those to append.
        seq: u64,
    },
    /// The write is not kept, and neither are those that shared its transaction; the log says why. Or the store is closed.
    #[error("the write was not kept")]
    NotKept,
}

impl StoreError {
    /// Whether the database refused this one write, by a rule of the schema, and would take others.
    pub(crate) fn is_refusal(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.kind() != sqlx::error::ErrorKind::Other,
            Self::SeqTaken { .. } | Self::Corrupt { .. } => true,
            Self::Database(_) | Self::Migrate(_) | Self::NotKept => false,
        }
    }
}

/// Keeps sandboxes' rows, sessions and journals. Every call is atomic, and durable against the death of this process
/// once it answers.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Has everything written that was asked for, and lets go of the database. Nothing works afterwards.
    async fn close(&self);

    /// Every sandbox of a pool, oldest first.
    async fn sandboxes(&self, pool: &PoolId) -> Result<Vec<SandboxRecord>, StoreError>;

    /// Sandboxes of every pool but these: what a server with another configuration has left.
    async fn sandboxes_outside(&self, pools: &[PoolId]) -> Result<Vec<SandboxId>, StoreError>;

    /// Records a sandbox.
    async fn insert_sandbox(&self, pool: &PoolId, record: &SandboxRecord) -> Result<(), StoreError>;

    /// Records that a sandbox is made: `creating` becomes `ready`, `claimed` stays; `false` when it is neither.
    async fn sandbox_made(&self, id: SandboxId, at: Timestamp) -> Result<bool, StoreError>;

    /// Takes, for a session that begins at `at`, the sandbox that has been ready for longest, if it was made from
    /// `hash`: no two calls get the same. One whose caller went away before the answer becomes ready again.
    async fn take_sandbox(
        &self,
        pool: &PoolId,
        hash: &TemplateHash,
        at: Timestamp,
    ) -> Result<Option<SandboxRecord>, StoreError>;

    /// Records that a ready sandbox answered a probe.
    async fn sandbox_checked(&self, id: SandboxId, at: Timestamp) -> Result<(), StoreError>;

    /// A sandbox's state; `None` when it has no row.
    async fn sandbox_state(&self, id: SandboxId) -> Result<Option<SandboxRecordState>, StoreError>;

    /// `ready` becomes `destroying`; `false` when it was not ready.
    async fn retire_sandbox(&self, id: SandboxId) -> Result<bool, StoreError>;

    /// Whatever it was becomes `destroying`.
    async fn condemn_sandbox(&self, id: SandboxId) -> Result<(), StoreError>;

    /// Forgets a sandbox that is gone at `at`, and keeps what its time cost.
    async fn remove_sandbox(&self, id: SandboxId, at: Timestamp) -> Result<(), StoreError>;

    /// Adds the time that every sandbox has lived, up to `at`, to what was spent. Nothing is counted twice.
    async fn accrue(&self, at: Timestamp) -> Result<(), StoreError>;

    /// What was spent on `day`, up to `at`: what is accrued, and what living sandboxes have lived since.
    async fn spent_on(&self, day: &Day, at: Timestamp) -> Result<Vec<SpentTime>, StoreError>;

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

    /// Gives a living session that has no owner to a user, with the events that say so; `false` when it has ended or has an
    /// owner.
    async fn hand_over(
        &self,
        id: SessionId,
        owner: UserId,
        kind: SessionKind,
        events: &[Event],
    ) -> Result<bool, StoreError>;

    /// A user's sessions, newest first: those that live, and those that ended after `since`; at most `sessions_max`.
    async fn sessions_of(
        &self,
        owner: UserId,
        since: Timestamp,
        sessions_max: u32,
    ) -> Result<Vec<SessionRecord>, StoreError>;

    /// What a session's sandbox cost; `None` until the sandbox is gone.
    async fn session_cost(&self, id: SessionId) -> Result<Option<MicroDollars>, StoreError>;

    /// Every claim after a moment, oldest first.
    async fn claims_since(&self, since: Timestamp) -> Result<Vec<ClaimRecord>, StoreError>;

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

    /// Counts visitors who came to a step of the funnel on a day.
    async fn count_step(&self, date: &str, count: FunnelCount) -> Result<(), StoreError>;

    /// How many visitors came to each step, on all days together.
    async fn funnel(&self) -> Result<Vec<FunnelCount>, StoreError>;

    /// Adds what a model consumed on a day, by its name in the settings.
    async fn add_model_use(&self, date: &str, model: &str, used: ModelUse) -> Result<(), StoreError>;

    /// What all models together consumed on a day.
    async fn model_use_on(&self, date: &str) -> Result<ModelUse, StoreError>;

    /// What each model consumed on all days together, in the order of their names.
    async fn model_use(&self) -> Result<Vec<(String, ModelUse)>, StoreError>;

    /// Keeps a report, if it is its network's first of the session, and answers from how many networks there are reports.
    async fn add_report(&self, report: &ReportRecord) -> Result<u32, StoreError>;
}

/// Names the pool that a template's sandboxes belong to.
impl PoolId {
    /// The pool of `template` with `provider`.
    pub fn new(provider: impl Into<String>, template: TemplateName) -> Self {
        Self { provider: provider.into(), template }
    }
}
