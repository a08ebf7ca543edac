//! What pools have learnt about demand, in SQLite.

use sqlx::sqlite::SqlitePool;
use sqlx::{Row, query};

use crate::{PoolId, StoreError};

pub(super) async fn of(db: &SqlitePool, pool: &PoolId) -> Result<Option<String>, StoreError> {
    let row = query("SELECT forecast FROM pool_forecasts WHERE provider = ? AND template = ?")
        .bind(&pool.provider)
        .bind(pool.template.as_str())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| row.try_get("forecast")).transpose()?)
}

pub(super) async fn put(db: &SqlitePool, pool: &PoolId, forecast: &str) -> Result<(), StoreError> {
    query(
        "INSERT INTO pool_forecasts (provider, template, forecast) VALUES (?, ?, ?)
         ON CONFLICT (provider, template) DO UPDATE SET forecast = excluded.forecast",
    )
    .bind(&pool.provider)
    .bind(pool.template.as_str())
    .bind(forecast)
    .execute(db)
    .await?;
    Ok(())
}
