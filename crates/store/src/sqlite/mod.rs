//! SQLite, embedded: the default for one machine (I2).
//!
//! One connection writes, so writers queue here instead of meeting `SQLITE_BUSY`; a few others read beside it (WAL).

mod forecasts;
mod journal;
mod sandboxes;
mod sessions;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use domain::{BlobHash, Event, PreviewId, SandboxId, SessionId, TemplateHash, Timestamp, TokenHash};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::{PoolId, SandboxRecord, SandboxRecordState, SessionRecord, Store, StoreError, VisitorClaims};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Connections that read beside the one that writes.
const READERS_MAX: u32 = 4;
/// How long a statement waits for another process that holds the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A [`Store`] in one SQLite file.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, making it when it is missing, and brings its schema up to date.
    ///
    /// `synchronous = NORMAL`: a commit survives the death of this process; the last ones may not survive a power cut.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the file can't be opened, [`StoreError::Migrate`] when its schema is a newer one.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        MIGRATIONS.run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self { writer, readers })
    }

    /// Writes what is pending and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn sandboxes(&self, pool: &PoolId) -> Result<Vec<SandboxRecord>, StoreError> {
        sandboxes::all(&self.readers, pool).await
    }

    async fn insert_sandbox(&self, pool: &PoolId, record: &SandboxRecord) -> Result<(), StoreError> {
        sandboxes::insert(&self.writer, pool, record).await
    }

    async fn sandbox_made(&self, id: SandboxId, at: Timestamp) -> Result<bool, StoreError> {
        sandboxes::made(&self.writer, id, at).await
    }

    async fn take_sandbox(
        &self,
        pool: &PoolId,
        hash: &TemplateHash,
    ) -> Result<Option<SandboxRecord>, StoreError> {
        sandboxes::take(&self.writer, pool, hash).await
    }

    async fn sandbox_checked(&self, id: SandboxId, at: Timestamp) -> Result<(), StoreError> {
        sandboxes::checked(&self.writer, id, at).await
    }

    async fn sandbox_state(&self, id: SandboxId) -> Result<Option<SandboxRecordState>, StoreError> {
        sandboxes::state(&self.readers, id).await
    }

    async fn retire_sandbox(&self, id: SandboxId) -> Result<bool, StoreError> {
        sandboxes::retire(&self.writer, id).await
    }

    async fn condemn_sandbox(&self, id: SandboxId) -> Result<(), StoreError> {
        sandboxes::condemn(&self.writer, id).await
    }

    async fn remove_sandbox(&self, id: SandboxId) -> Result<(), StoreError> {
        sandboxes::remove(&self.writer, id).await
    }

    async fn forecast(&self, pool: &PoolId) -> Result<Option<String>, StoreError> {
        forecasts::of(&self.readers, pool).await
    }

    async fn put_forecast(&self, pool: &PoolId, forecast: &str) -> Result<(), StoreError> {
        forecasts::put(&self.writer, pool, forecast).await
    }

    async fn insert_session(&self, record: &SessionRecord, first: &[Event]) -> Result<(), StoreError> {
        sessions::insert(&self.writer, record, first).await
    }

    async fn session(&self, id: SessionId) -> Result<Option<SessionRecord>, StoreError> {
        sessions::by_id(&self.readers, id).await
    }

    async fn session_by_token(&self, token: &TokenHash) -> Result<Option<SessionRecord>, StoreError> {
        sessions::by_token(&self.readers, token).await
    }

    async fn session_by_preview(&self, preview: &PreviewId) -> Result<Option<SessionRecord>, StoreError> {
        sessions::by_preview(&self.readers, preview).await
    }

    async fn live_sessions(&self) -> Result<Vec<SessionRecord>, StoreError> {
        sessions::live(&self.readers).await
    }

    async fn end_session(&self, id: SessionId, last: &Event) -> Result<bool, StoreError> {
        sessions::end(&self.writer, id, last).await
    }

    async fn claims_since(&self, visitor: &str, since: Timestamp) -> Result<VisitorClaims, StoreError> {
        sessions::claims_since(&self.readers, visitor, since).await
    }

    async fn append(&self, session: SessionId, events: &[Event]) -> Result<(), StoreError> {
        journal::append(&self.writer, session, events).await
    }

    async fn events(
        &self,
        session: SessionId,
        after: u64,
        events_max: u32,
    ) -> Result<Vec<Event>, StoreError> {
        journal::after(&self.readers, session, after, events_max).await
    }

    async fn put_blob(&self, session: SessionId, hash: &BlobHash, content: &[u8]) -> Result<(), StoreError> {
        journal::put_blob(&self.writer, session, hash, content).await
    }

    async fn blob(&self, session: SessionId, hash: &BlobHash) -> Result<Option<Vec<u8>>, StoreError> {
        journal::blob(&self.readers, session, hash).await
    }
}

/// Reads a column's text as what it stands for.
fn parse<T: FromStr>(table: &'static str, text: &str) -> Result<T, StoreError>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| StoreError::Corrupt { table, reason: error.to_string() })
}
