//! SQLite, embedded: the default for one machine (I2).
//!
//! One task writes, in batches that share a commit; a few connections read beside it (WAL).

mod accounts;
mod forecasts;
mod funnel;
mod journal;
mod model_use;
mod reports;
mod rows;
mod sandboxes;
mod sessions;
mod spending;
mod writer;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use domain::{
    BlobHash, Day, Event, MicroDollars, ModelUse, PreviewId, SandboxId, SessionId, SessionKind, TemplateHash,
    Timestamp, TokenHash, UserId,
};
use serde::Serialize;
use sqlx::Connection as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

use crate::{
    ClaimRecord, FunnelCount, PoolId, ReportRecord, SandboxRecord, SandboxRecordState, SessionRecord,
    SpentTime, Store, StoreError, Tariff,
};
use writer::{Taken, Writer};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations/sqlite");

/// Connections that read beside the one that writes.
const READERS_MAX: u32 = 4;
/// How long a statement waits for another process that holds the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A [`Store`] in one SQLite file. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
    tariff: Tariff,
}

impl SqliteStore {
    /// Opens the file, making it when it is missing, and brings its schema up to date. Sandboxes' time costs what
    /// `tariff` says.
    ///
    /// `synchronous = NORMAL`: a commit survives the death of this process; the last ones may not survive a power cut.
    ///
    /// # Errors
    /// [`StoreError::Database`] when the file can't be opened, [`StoreError::Migrate`] when its schema is a newer one.
    pub async fn open(file: &Path, tariff: Tariff) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY_TIMEOUT)
            // What a statement has changed so far is kept for taking it back, in a file of its own by default.
            .pragma("temp_store", "MEMORY")
            .foreign_keys(true);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        MIGRATIONS.run(&mut connection).await?;
        // The writer never waits for the log to be moved; another connection does that.
        sqlx::query("PRAGMA wal_autocheckpoint = 0").execute(&mut connection).await?;
        let mover = SqliteConnection::connect_with(&options).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .test_before_acquire(false)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self { writer: Writer::start(connection, mover, tariff.clone()), readers, tariff })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    async fn sandboxes(&self, pool: &PoolId) -> Result<Vec<SandboxRecord>, StoreError> {
        sandboxes::all(&self.readers, pool).await
    }

    async fn sandboxes_outside(&self, pools: &[PoolId]) -> Result<Vec<SandboxId>, StoreError> {
        sandboxes::outside(&self.readers, pools).await
    }

    async fn insert_sandbox(&self, pool: &PoolId, record: &SandboxRecord) -> Result<(), StoreError> {
        self.writer.write(sandboxes::Insert { pool: pool.clone(), record: record.clone() }).await
    }

    async fn sandbox_made(&self, id: SandboxId, at: Timestamp) -> Result<bool, StoreError> {
        self.writer.write(sandboxes::Made { id, at }).await
    }

    async fn take_sandbox(
        &self,
        pool: &PoolId,
        hash: &TemplateHash,
        at: Timestamp,
    ) -> Result<Option<SandboxRecord>, StoreError> {
        let take = sandboxes::Take { pool: pool.clone(), hash: hash.clone(), at };
        Ok(self.writer.write(take).await?.and_then(Taken::accept))
    }

    async fn sandbox_checked(&self, id: SandboxId, at: Timestamp) -> Result<(), StoreError> {
        self.writer.write(sandboxes::Checked { id, at }).await
    }

    async fn sandbox_state(&self, id: SandboxId) -> Result<Option<SandboxRecordState>, StoreError> {
        sandboxes::state(&self.readers, id).await
    }

    async fn retire_sandbox(&self, id: SandboxId) -> Result<bool, StoreError> {
        self.writer.write(sandboxes::Retire(id)).await
    }

    async fn condemn_sandbox(&self, id: SandboxId) -> Result<(), StoreError> {
        self.writer.write(sandboxes::Condemn(id)).await
    }

    async fn remove_sandbox(&self, id: SandboxId, at: Timestamp) -> Result<(), StoreError> {
        self.writer.write(sandboxes::Remove { id, at }).await
    }

    async fn accrue(&self, at: Timestamp) -> Result<(), StoreError> {
        self.writer.write(spending::Accrue(at)).await
    }

    async fn spent_on(&self, day: &Day, at: Timestamp) -> Result<Vec<SpentTime>, StoreError> {
        spending::on_day(&self.readers, &self.tariff, day, at).await
    }

    async fn forecast(&self, pool: &PoolId) -> Result<Option<String>, StoreError> {
        forecasts::of(&self.readers, pool).await
    }

    async fn put_forecast(&self, pool: &PoolId, forecast: &str) -> Result<(), StoreError> {
        self.writer.write(forecasts::Put { pool: pool.clone(), forecast: forecast.to_owned() }).await
    }

    async fn insert_session(&self, record: &SessionRecord, first: &[Event]) -> Result<(), StoreError> {
        self.writer.write(sessions::Insert { record: record.clone(), first: first.to_vec() }).await
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
        self.writer.write(sessions::End { id, last: last.clone() }).await
    }

    async fn hand_over(
        &self,
        id: SessionId,
        owner: UserId,
        kind: SessionKind,
        events: &[Event],
    ) -> Result<bool, StoreError> {
        self.writer.write(sessions::HandOver { id, owner, kind, events: events.to_vec() }).await
    }

    async fn sessions_of(
        &self,
        owner: UserId,
        since: Timestamp,
        sessions_max: u32,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        sessions::of_owner(&self.readers, owner, since, sessions_max).await
    }

    async fn session_cost(&self, id: SessionId) -> Result<Option<MicroDollars>, StoreError> {
        sessions::cost(&self.readers, id).await
    }

    async fn claims_since(&self, since: Timestamp) -> Result<Vec<ClaimRecord>, StoreError> {
        sessions::claims_since(&self.readers, since).await
    }

    async fn append(&self, session: SessionId, events: &[Event]) -> Result<(), StoreError> {
        self.writer.write(journal::Append { session, events: events.to_vec() }).await
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
        self.writer.write(journal::PutBlob { session, hash: hash.clone(), content: content.to_vec() }).await
    }

    async fn blob(&self, session: SessionId, hash: &BlobHash) -> Result<Option<Vec<u8>>, StoreError> {
        journal::blob(&self.readers, session, hash).await
    }

    async fn count_step(&self, date: &str, count: FunnelCount) -> Result<(), StoreError> {
        self.writer.write(funnel::Count { date: date.to_owned(), count }).await
    }

    async fn funnel(&self) -> Result<Vec<FunnelCount>, StoreError> {
        funnel::totals(&self.readers).await
    }

    async fn add_model_use(&self, date: &str, model: &str, used: ModelUse) -> Result<(), StoreError> {
        self.writer.write(model_use::Add { date: date.to_owned(), model: model.to_owned(), used }).await
    }

    async fn model_use_on(&self, date: &str) -> Result<ModelUse, StoreError> {
        model_use::on_day(&self.readers, date).await
    }

    async fn model_use(&self) -> Result<Vec<(String, ModelUse)>, StoreError> {
        model_use::totals(&self.readers).await
    }

    async fn add_report(&self, report: &ReportRecord) -> Result<u32, StoreError> {
        self.writer.write(reports::Add(report.clone())).await
    }
}

/// A list for a statement's `json_each`.
fn json<T: Serialize>(rows: impl IntoIterator<Item = T>) -> String {
    let rows: Vec<T> = rows.into_iter().collect();
    serde_json::to_string(&rows).expect("ids, numbers and texts are JSON")
}

/// Reads a column's text as what it stands for.
fn parse<T: FromStr>(table: &'static str, text: &str) -> Result<T, StoreError>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| StoreError::Corrupt { table, reason: error.to_string() })
}
