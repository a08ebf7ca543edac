//! Looking at pool membership.

use domain::SandboxId;
use sqlx::sqlite::SqlitePool;
use sqlx::{Row as _, query};

use super::record::{record, state_of};
use crate::sqlite::parse;
use crate::{PoolId, SandboxRecord, SandboxRecordState, StoreError};

pub(in crate::sqlite) async fn all(db: &SqlitePool, pool: &PoolId) -> Result<Vec<SandboxRecord>, StoreError> {
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

pub(in crate::sqlite) async fn outside(db: &SqlitePool, pool: &PoolId) -> Result<Vec<SandboxId>, StoreError> {
    let rows = query("SELECT id FROM sandboxes WHERE (provider, template) != (?, ?) ORDER BY id")
        .bind(&pool.provider)
        .bind(pool.template.as_str())
        .fetch_all(db)
        .await?;
    rows.iter().map(|row| parse("sandboxes", row.try_get("id")?)).collect()
}

pub(in crate::sqlite) async fn state(
    db: &SqlitePool,
    id: SandboxId,
) -> Result<Option<SandboxRecordState>, StoreError> {
    let row =
        query("SELECT state FROM sandboxes WHERE id = ?").bind(id.to_string()).fetch_optional(db).await?;
    row.map(|row| state_of(&row)).transpose()
}
