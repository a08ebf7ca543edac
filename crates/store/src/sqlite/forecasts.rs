//! What pools have learnt about demand, in SQLite.

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Row as _, query};

use super::json;
use super::writer::{Asked, Batch, Books, Group};
use crate::{PoolId, StoreError};

pub(super) async fn of(db: &SqlitePool, pool: &PoolId) -> Result<Option<String>, StoreError> {
    let row = query("SELECT forecast FROM pool_forecasts WHERE provider = ? AND template = ?")
        .bind(&pool.provider)
        .bind(pool.template.as_str())
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| row.try_get("forecast")).transpose()?)
}

/// Keeps what a pool has learnt, in place of what it had learnt before.
pub(super) struct Put {
    pub(super) pool: PoolId,
    pub(super) forecast: String,
}

impl Group for Put {
    type Answer = ();
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.forecasts
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        let rows = all.iter().map(|Self { pool, forecast }| {
            serde_json::json!({ "provider": pool.provider, "template": pool.template.as_str(), "forecast": forecast })
        });
        query(
            "INSERT INTO pool_forecasts (provider, template, forecast)
             SELECT value ->> 'provider', value ->> 'template', value ->> 'forecast' FROM json_each(?) WHERE true
             ON CONFLICT (provider, template) DO UPDATE SET forecast = excluded.forecast",
        )
        .bind(json(rows))
        .execute(connection)
        .await?;
        Ok(vec![(); all.len()])
    }
}
