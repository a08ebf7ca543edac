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

pub(in crate::sqlite) async fn outside(
    db: &SqlitePool,
    pools: &[PoolId],
) -> Result<Vec<SandboxId>, StoreError> {
    let pools: serde_json::Value =
        pools.iter().map(|pool| [&pool.provider, pool.template.as_str()]).collect();
    let rows = query(
        "SELECT id FROM sandboxes WHERE NOT EXISTS (
             SELECT 1 FROM json_each(?) WHERE provider = value ->> 0 AND template = value ->> 1)
         ORDER BY id",
    )
    .bind(pools.to_string())
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
