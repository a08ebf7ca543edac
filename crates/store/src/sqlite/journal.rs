//! Journals and the file contents they name, in SQLite.

use domain::{BlobHash, Event, SessionId};
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Row as _, query};

use super::rows::{self, Binding};
use super::writer::{Asked, Batch, Books, Group};
use crate::StoreError;

/// Appends events to a live session's journal.
pub(super) struct Append {
    pub(super) session: SessionId,
    pub(super) events: Vec<Event>,
}

impl Group for Append {
    type Answer = ();
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.appends
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        let mut rows = Vec::new();
        for one in all {
            rows.extend(one.events.iter().map(|event| (one.session, event)));
        }
        insert(connection, rows).await?;
        Ok(vec![(); all.len()])
    }
}

/// All these events or none, within the caller's transaction.
///
/// # Errors
/// [`StoreError::SeqTaken`] when a number is taken; it names the first of the list.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    events: Vec<(SessionId, &Event)>,
) -> Result<(), StoreError> {
    let first = events.first().map(|(session_id, event)| (*session_id, event.seq));
    let mut list = Vec::with_capacity(events.len());
    for (session_id, event) in events {
        let body = serde_json::to_string(event).map_err(|error| corrupt(&error))?;
        list.push((session_id.to_string(), i64::try_from(event.seq).unwrap_or(i64::MAX), body));
    }
    let bind = |statement: Binding, (session_id, seq, body): &(String, i64, String)| {
        statement.bind(session_id).bind(*seq).bind(body)
    };
    let inserted = rows::insert(connection, "journal", &["session_id", "seq", "body"], &list, bind).await;
    match (inserted, first) {
        (Ok(_), _) => Ok(()),
        (Err(sqlx::Error::Database(error)), Some((session_id, seq))) if error.is_unique_violation() => {
            Err(StoreError::SeqTaken { session_id, seq })
        }
        (Err(error), _) => Err(error.into()),
    }
}

pub(super) async fn after(
    db: &SqlitePool,
    session: SessionId,
    after: u64,
    events_max: u32,
) -> Result<Vec<Event>, StoreError> {
    let rows = query("SELECT body FROM journal WHERE session_id = ? AND seq > ? ORDER BY seq LIMIT ?")
        .bind(session.to_string())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .bind(events_max)
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            let body: &str = row.try_get("body")?;
            serde_json::from_str(body).map_err(|error| corrupt(&error))
        })
        .collect()
}

/// Keeps a file's content.
pub(super) struct PutBlob {
    pub(super) session: SessionId,
    pub(super) hash: BlobHash,
    pub(super) content: Vec<u8>,
}

impl Group for PutBlob {
    type Answer = ();
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.blobs
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        // One statement each: contents are bytes, which JSON can't hold.
        for blob in all {
            query("INSERT INTO blobs (session_id, hash, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(blob.session.to_string())
                .bind(blob.hash.as_str())
                .bind(&blob.content)
                .execute(&mut *connection)
                .await?;
        }
        Ok(vec![(); all.len()])
    }
}

pub(super) async fn blob(
    db: &SqlitePool,
    session: SessionId,
    hash: &BlobHash,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = query("SELECT content FROM blobs WHERE session_id = ? AND hash = ?")
        .bind(session.to_string())
        .bind(hash.as_str())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| row.try_get("content")).transpose()?)
}

fn corrupt(error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt { table: "journal", reason: error.to_string() }
}
