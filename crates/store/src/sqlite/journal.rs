//! Journals and the file contents they name, in SQLite.

use domain::{BlobHash, Event, SessionId};
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Row, query};

use crate::StoreError;

pub(super) async fn append(db: &SqlitePool, session: SessionId, events: &[Event]) -> Result<(), StoreError> {
    let mut transaction = db.begin().await?;
    for event in events {
        insert(&mut transaction, session, event).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// One event, within the caller's transaction.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    session: SessionId,
    event: &Event,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(event).map_err(|error| corrupt(&error))?;
    let inserted = query("INSERT INTO journal (session_id, seq, body) VALUES (?, ?, ?)")
        .bind(session.to_string())
        .bind(i64::try_from(event.seq).unwrap_or(i64::MAX))
        .bind(body)
        .execute(connection)
        .await;
    match inserted {
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(StoreError::SeqTaken { session_id: session, seq: event.seq })
        }
        Err(error) => Err(error.into()),
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

pub(super) async fn put_blob(
    db: &SqlitePool,
    session: SessionId,
    hash: &BlobHash,
    content: &[u8],
) -> Result<(), StoreError> {
    query("INSERT INTO blobs (session_id, hash, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(session.to_string())
        .bind(hash.as_str())
        .bind(content)
        .execute(db)
        .await?;
    Ok(())
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
