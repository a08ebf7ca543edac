//! What language models consumed, by day, in SQLite.

use domain::{MicroDollars, ModelUse};
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Row as _, query};

use super::json;
use super::writer::{Asked, Batch, Books, Group};
use crate::StoreError;

/// Adds what one answer consumed.
pub(super) struct Add {
    pub(super) date: String,
    pub(super) model: String,
    pub(super) used: ModelUse,
}

impl Group for Add {
    type Answer = ();
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.model_uses
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        let rows = all.iter().map(|Self { date, model, used }| {
            serde_json::json!({
                "day": date,
                "model": model,
                "input": clamped(used.input_tokens),
                "output": clamped(used.output_tokens),
                "cost": clamped(used.cost.get()),
            })
        });
        query(
            "INSERT INTO model_use (day, model, input_tokens, output_tokens, cost_micro_dollars)
             SELECT value ->> 'day', value ->> 'model', sum(value ->> 'input'), sum(value ->> 'output'), sum(value ->> 'cost')
             FROM json_each(?) GROUP BY 1, 2
             ON CONFLICT DO UPDATE SET
                 input_tokens = input_tokens + excluded.input_tokens,
                 output_tokens = output_tokens + excluded.output_tokens,
                 cost_micro_dollars = cost_micro_dollars + excluded.cost_micro_dollars",
        )
        .bind(json(rows))
        .execute(connection)
        .await?;
        Ok(vec![(); all.len()])
    }
}

/// No answer is that long; a hundred of them still fit into a column.
fn clamped(count: u64) -> u64 {
    count.min(1 << 56)
}

pub(super) async fn on_day(db: &SqlitePool, date: &str) -> Result<ModelUse, StoreError> {
    let row = query(
        "SELECT coalesce(sum(input_tokens), 0) AS input_tokens, coalesce(sum(output_tokens), 0) AS output_tokens,
                coalesce(sum(cost_micro_dollars), 0) AS cost_micro_dollars
         FROM model_use WHERE day = ?",
    )
    .bind(date)
    .fetch_one(db)
    .await?;
    used(&row)
}

pub(super) async fn totals(db: &SqlitePool) -> Result<Vec<(String, ModelUse)>, StoreError> {
    let rows = query(
        "SELECT model, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
                sum(cost_micro_dollars) AS cost_micro_dollars
         FROM model_use GROUP BY model ORDER BY model",
    )
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok((row.try_get("model")?, used(row)?))).collect()
}

fn used(row: &SqliteRow) -> Result<ModelUse, StoreError> {
    let count = |column| row.try_get::<i64, _>(column).map(|count| u64::try_from(count).unwrap_or(0));
    Ok(ModelUse {
        input_tokens: count("input_tokens")?,
        output_tokens: count("output_tokens")?,
        cost: MicroDollars::new(count("cost_micro_dollars")?),
    })
}
