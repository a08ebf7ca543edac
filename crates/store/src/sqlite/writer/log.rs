//! Moves SQLite's log into the database, on a connection of its own: that waits for the disk, and the writing does not.
//!
//! SQLite lets one connection copy the log while another appends to it. It begins the log anew only when a write finds all of
//! it copied, so a log to which somebody always appends grows. Before it gets too long, the writer copies the rest itself
//! between two batches, which is little, as most of it was copied before.
//!
//! The write that begins the log anew waits for the disk, because the log's head has to be there before what follows it. So the
//! writer makes that write itself as soon as all is copied: nobody waits then, and the next claim only appends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection as _, Executor as _, Row as _, query};
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long nobody may have written for the log to be moved into the database.
const QUIET: Duration = Duration::from_millis(200);
/// Batches after which it is moved although somebody writes.
const BATCHES_LOGGED_MAX: u64 = 512;
/// Batches after which the log has to begin anew; bounds it to some 32 MB.
const BATCHES_APPENDED_MAX: u64 = 4 * BATCHES_LOGGED_MAX;

/// The largest number that SQLite keeps for its users.
const USER_VERSION_MAX: u64 = 0x7fff_ffff;

/// The log as the writer sees it.
pub(super) struct Log {
    /// Batches written since the start.
    written: watch::Sender<u64>,
    /// Those with which it was last all copied, so that it began anew with the next.
    emptied: Arc<AtomicU64>,
    /// All of the log was copied while nobody wrote.
    copied: Arc<Notify>,
    /// Held by whoever copies: SQLite lets one, and a second would come back with nothing done.
    copying: Arc<Mutex<()>>,
    mover: JoinHandle<()>,
}

impl Log {
    /// Begins to move what is written through another connection.
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (written, news) = watch::channel(0);
        let emptied = Arc::<AtomicU64>::default();
        let copied = Arc::<Notify>::default();
        let copying = Arc::<Mutex<()>>::default();
        let mover = Mover {
            connection,
            written: news,
            moved: 0,
            emptied: Arc::clone(&emptied),
            copied: Arc::clone(&copied),
            copying: Arc::clone(&copying),
        };
        Self { written, emptied, copied, copying, mover: tokio::spawn(mover.run()) }
    }

    /// Waits until the log should begin anew.
    pub(super) async fn copied(&self) {
        self.copied.notified().await;
    }

    /// Begins the log anew, on the writer's connection: by writing a number that nobody reads.
    pub(super) async fn begin_anew(&self, writer: &mut SqliteConnection) {
        let pragma = format!("PRAGMA user_version = {}", *self.written.borrow() & USER_VERSION_MAX);
        if let Err(error) = writer.execute(sqlx::AssertSqlSafe(pragma)).await {
            tracing::warn!(error = %error, "the database's log could not be begun anew; the next write does it");
        }
    }

    /// One more batch was written. When the log is too long, the rest of it is moved here, on the writer's connection, and what the
    /// mover is at is waited for first: on a slow disk the log would outgrow its bound meanwhile.
    pub(super) async fn batch_written(&self, writer: &mut SqliteConnection) {
        self.written.send_modify(|written| *written += 1);
        let written = *self.written.borrow();
        let appended = written - self.emptied.load(Ordering::Relaxed);
        if appended < BATCHES_APPENDED_MAX {
            return;
        }
        let _alone = self.copying.lock().await;
        if checkpoint(writer).await {
            self.emptied.store(written, Ordering::Relaxed);
        }
    }

    /// Ends the moving and closes its connection.
    pub(super) async fn close(self) {
        drop(self.written);
        if let Err(error) = self.mover.await {
            tracing::warn!(error = %error, "the log's mover broke down");
        }
    }
}

struct Mover {
    connection: SqliteConnection,
    written: watch::Receiver<u64>,
    /// Batches that are in the database.
    moved: u64,
    emptied: Arc<AtomicU64>,
    copied: Arc<Notify>,
    copying: Arc<Mutex<()>>,
}

impl Mover {
    async fn run(mut self) {
        while self.written.changed().await.is_ok() && self.until_worth_it().await {
            self.moved = *self.written.borrow_and_update();
            let all = {
                let _alone = self.copying.lock().await;
                checkpoint(&mut self.connection).await
            };
            if all && self.moved == *self.written.borrow() {
                self.emptied.store(self.moved, Ordering::Relaxed);
                self.copied.notify_one();
            }
        }
        if let Err(error) = self.connection.close().await {
            tracing::warn!(error = %error, "the log's connection could not be closed");
        }
    }

    /// Waits until nobody writes, or much was written; `false` when the writer has ended.
    async fn until_worth_it(&mut self) -> bool {
        while *self.written.borrow_and_update() - self.moved < BATCHES_LOGGED_MAX {
            match timeout(QUIET, self.written.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return false,
                Err(_) => return true,
            }
        }
        true
    }
}

/// Copies what can be copied without waiting for anybody; whether that was all there was when it began.
async fn checkpoint(connection: &mut SqliteConnection) -> bool {
    // The columns: whether somebody else is copying, the log's pages, and how many of them are in the database.
    match query("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(connection).await {
        Ok(row) => {
            let number = |column: usize| row.try_get::<i64, _>(column).unwrap_or_default();
            number(0) == 0 && number(1) == number(2)
        }
        Err(error) => {
            tracing::warn!(error = %error, "the database's log could not be moved; trying again");
            false
        }
    }
}
