//! Pool membership in SQLite.

use domain::{SandboxId, TemplateHash, Timestamp};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{Row, query};

use super::parse;
use crate::{PoolId, SandboxRecord, SandboxRecordState, StoreError};

pub(super) async fn all(db: &SqlitePool, pool: &PoolId) -> Result<Vec<SandboxRecord>, StoreError> {
    let rows = query(
        "SELECT id, state, template_hash, created_at_ms, ready_at_ms, checked_at_ms FROM sandboxes
         WHERE provider = ? AND template = ? ORDER BY id",
    )
    .bind(&pool.provider)
    .bind(pool.template.as_str())
    .fetch_all(db)
    .await?;
    rows.iter().map(record).collect()
}

pub(super) async fn insert(db: &SqlitePool, pool: &PoolId, record: &SandboxRecord) -> Result<(), StoreError> {
    query(
        "INSERT INTO sandboxes (id, provider, template, template_hash, state, created_at_ms, ready_at_ms, checked_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(record.id.to_string())
    .bind(&pool.provider)
    .bind(pool.template.as_str())
    .bind(record.template_hash.as_str())
    .bind(record.state.word())
    .bind(record.created_at.unix_ms())
    .bind(record.ready_at.map(Timestamp::unix_ms))
    .bind(record.checked_at.map(Timestamp::unix_ms))
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn made(db: &SqlitePool, id: SandboxId, at: Timestamp) -> Result<bool, StoreError> {
    let changed = query(
        "UPDATE sandboxes
         SET state = CASE state WHEN 'creating' THEN 'ready' ELSE state END, ready_at_ms = ?2, checked_at_ms = ?2
         WHERE id = ?1 AND state IN ('creating', 'claimed')",
    )
    .bind(id.to_string())
    .bind(at.unix_ms())
    .execute(db)
    .await?;
    Ok(changed.rows_affected() == 1)
}

pub(super) async fn take(
    db: &SqlitePool,
    pool: &PoolId,
    hash: &TemplateHash,
) -> Result<Option<SandboxRecord>, StoreError> {
    let row = query(
        "UPDATE sandboxes SET state = 'claimed'
         WHERE id = (
             SELECT id FROM sandboxes
             WHERE provider = ? AND template = ? AND state = 'ready' AND template_hash = ?
             ORDER BY ready_at_ms, id LIMIT 1
         )
         RETURNING id, state, template_hash, created_at_ms, ready_at_ms, checked_at_ms",
    )
    .bind(&pool.provider)
    .bind(pool.template.as_str())
    .bind(hash.as_str())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(record).transpose()
}

pub(super) async fn checked(db: &SqlitePool, id: SandboxId, at: Timestamp) -> Result<(), StoreError> {
    query("UPDATE sandboxes SET checked_at_ms = ? WHERE id = ? AND state = 'ready'")
        .bind(at.unix_ms())
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn state(db: &SqlitePool, id: SandboxId) -> Result<Option<SandboxRecordState>, StoreError> {
    let row =
        query("SELECT state FROM sandboxes WHERE id = ?").bind(id.to_string()).fetch_optional(db).await?;
    row.map(|row| state_of(&row)).transpose()
}

pub(super) async fn retire(db: &SqlitePool, id: SandboxId) -> Result<bool, StoreError> {
    let changed = query("UPDATE sandboxes SET state = 'destroying' WHERE id = ? AND state = 'ready'")
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(changed.rows_affected() == 1)
}

pub(super) async fn condemn(db: &SqlitePool, id: SandboxId) -> Result<(), StoreError> {
    query("UPDATE sandboxes SET state = 'destroying' WHERE id = ?").bind(id.to_string()).execute(db).await?;
    Ok(())
}

pub(super) async fn remove(db: &SqlitePool, id: SandboxId) -> Result<(), StoreError> {
    query("DELETE FROM sandboxes WHERE id = ?").bind(id.to_string()).execute(db).await?;
    Ok(())
}

fn record(row: &SqliteRow) -> Result<SandboxRecord, StoreError> {
    Ok(SandboxRecord {
        id: parse("sandboxes", row.try_get("id")?)?,
        state: state_of(row)?,
        template_hash: TemplateHash::new(row.try_get::<String, _>("template_hash")?),
        created_at: Timestamp::from_unix_ms(row.try_get("created_at_ms")?),
        ready_at: row.try_get::<Option<i64>, _>("ready_at_ms")?.map(Timestamp::from_unix_ms),
        checked_at: row.try_get::<Option<i64>, _>("checked_at_ms")?.map(Timestamp::from_unix_ms),
    })
}

fn state_of(row: &SqliteRow) -> Result<SandboxRecordState, StoreError> {
    let word: &str = row.try_get("state")?;
    SandboxRecordState::from_word(word)
        .ok_or_else(|| StoreError::Corrupt { table: "sandboxes", reason: format!("unknown state {word}") })
}
