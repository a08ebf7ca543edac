//! Sessions in SQLite.

use domain::{Event, PreviewId, SessionId, SessionKind, Timestamp, TokenHash};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, query};

use super::{journal, parse};
use crate::{SessionRecord, StoreError, VisitorClaims};

pub(super) async fn insert(
    db: &SqlitePool,
    record: &SessionRecord,
    first: &[Event],
) -> Result<(), StoreError> {
    let mut transaction = db.begin().await?;
    query(
        "INSERT INTO sessions (id, kind, token_hash, preview_id, sandbox_id, visitor, claimed_at_ms, ended_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(record.id.to_string())
    .bind(word_of(record.kind))
    .bind(record.token_hash.as_str())
    .bind(record.preview_id.as_str())
    .bind(record.sandbox_id.to_string())
    .bind(&record.visitor)
    .bind(record.claimed_at.unix_ms())
    .bind(record.ended_at.map(Timestamp::unix_ms))
    .execute(&mut *transaction)
    .await?;
    for event in first {
        journal::insert(&mut transaction, record.id, event).await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub(super) async fn by_id(db: &SqlitePool, id: SessionId) -> Result<Option<SessionRecord>, StoreError> {
    let row = query("SELECT * FROM sessions WHERE id = ?").bind(id.to_string()).fetch_optional(db).await?;
    row.as_ref().map(record).transpose()
}

pub(super) async fn by_token(
    db: &SqlitePool,
    token: &TokenHash,
) -> Result<Option<SessionRecord>, StoreError> {
    let row =
        query("SELECT * FROM sessions WHERE token_hash = ?").bind(token.as_str()).fetch_optional(db).await?;
    row.as_ref().map(record).transpose()
}

pub(super) async fn by_preview(
    db: &SqlitePool,
    preview: &PreviewId,
) -> Result<Option<SessionRecord>, StoreError> {
    let row = query("SELECT * FROM sessions WHERE preview_id = ?")
        .bind(preview.as_str())
        .fetch_optional(db)
        .await?;
    row.as_ref().map(record).transpose()
}

pub(super) async fn live(db: &SqlitePool) -> Result<Vec<SessionRecord>, StoreError> {
    let rows = query("SELECT * FROM sessions WHERE ended_at_ms IS NULL ORDER BY id").fetch_all(db).await?;
    rows.iter().map(record).collect()
}

pub(super) async fn end(db: &SqlitePool, id: SessionId, last: &Event) -> Result<bool, StoreError> {
    let mut transaction = db.begin().await?;
    let changed = query("UPDATE sessions SET ended_at_ms = ? WHERE id = ? AND ended_at_ms IS NULL")
        .bind(last.at.unix_ms())
        .bind(id.to_string())
        .execute(&mut *transaction)
        .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    journal::insert(&mut transaction, id, last).await?;
    query("DELETE FROM blobs WHERE session_id = ?").bind(id.to_string()).execute(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(true)
}

pub(super) async fn claims_since(
    db: &SqlitePool,
    visitor: &str,
    since: Timestamp,
) -> Result<VisitorClaims, StoreError> {
    let row = query(
        "SELECT COUNT(*) AS count, MIN(claimed_at_ms) AS first_ms FROM sessions
         WHERE visitor = ? AND claimed_at_ms > ?",
    )
    .bind(visitor)
    .bind(since.unix_ms())
    .fetch_one(db)
    .await?;
    Ok(VisitorClaims {
        count: row.try_get("count")?,
        first: row.try_get::<Option<i64>, _>("first_ms")?.map(Timestamp::from_unix_ms),
    })
}

fn record(row: &SqliteRow) -> Result<SessionRecord, StoreError> {
    let corrupt = |reason: String| StoreError::Corrupt { table: "sessions", reason };
    let token_hash: String = row.try_get("token_hash")?;
    Ok(SessionRecord {
        id: parse("sessions", row.try_get("id")?)?,
        kind: kind_from(row.try_get("kind")?).ok_or_else(|| corrupt("unknown kind".into()))?,
        token_hash: TokenHash::try_from(token_hash).map_err(|error| corrupt(error.to_string()))?,
        preview_id: parse("sessions", row.try_get("preview_id")?)?,
        sandbox_id: parse("sessions", row.try_get("sandbox_id")?)?,
        visitor: row.try_get("visitor")?,
        claimed_at: Timestamp::from_unix_ms(row.try_get("claimed_at_ms")?),
        ended_at: row.try_get::<Option<i64>, _>("ended_at_ms")?.map(Timestamp::from_unix_ms),
    })
}

const fn word_of(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Demo => "demo",
    }
}

fn kind_from(word: &str) -> Option<SessionKind> {
    [SessionKind::Demo].into_iter().find(|kind| word_of(*kind) == word)
}
