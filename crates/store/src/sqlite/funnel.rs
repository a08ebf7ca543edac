//! How far visitors came, counted by day, in SQLite.

use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Row as _, query};

use super::json;
use super::writer::{Asked, Batch, Books, Group};
use crate::{FunnelCount, FunnelStep, StoreError};

/// Counts some visitors' step.
pub(super) struct Count {
    pub(super) date: String,
    pub(super) count: FunnelCount,
}

impl Group for Count {
    type Answer = ();
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.steps
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        let rows = all.iter().map(|Self { date, count }| {
            serde_json::json!({
                "day": date, "step": count.step.word(), "variant": count.variant, "count": count.count,
            })
        });
        query(
            "INSERT INTO funnel (day, step, variant, count)
             SELECT value ->> 'day', value ->> 'step', value ->> 'variant', sum(value ->> 'count')
             FROM json_each(?) GROUP BY 1, 2, 3
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )
        .bind(json(rows))
        .execute(connection)
        .await?;
        Ok(vec![(); all.len()])
    }
}

pub(super) async fn totals(db: &SqlitePool) -> Result<Vec<FunnelCount>, StoreError> {
    let rows = query(
        "SELECT step, variant, SUM(count) AS count FROM funnel GROUP BY step, variant ORDER BY step, variant",
    )
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let step: &str = row.try_get("step")?;
            let corrupt = || StoreError::Corrupt { table: "funnel", reason: format!("unknown step {step}") };
            let count: i64 = row.try_get("count")?;
            Ok(FunnelCount {
                step: FunnelStep::from_word(step).ok_or_else(corrupt)?,
                variant: row.try_get("variant")?,
                count: u64::try_from(count).unwrap_or(0),
            })
        })
        .collect()
}
