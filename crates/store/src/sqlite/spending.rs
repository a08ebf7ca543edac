//! What sandboxes' time costs, in SQLite.
//!
//! Time is kept, in whole milliseconds beside the price it was lived at; money is derived from it when it is read. So no
//! fraction of a micro-dollar is ever lost.

use std::collections::BTreeMap;

use domain::{Day, MicroDollars, SandboxId, Timestamp};
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Row as _, query};

use super::writer::{Asked, Batch, Books, Group};
use super::{json, parse, sandboxes};
use crate::tariff::spans;
use crate::{PoolId, Purpose, SpentTime, StoreError, Tariff};

/// A sandbox's meter.
pub(super) struct Meter {
    pub(super) id: SandboxId,
    pool: PoolId,
    claimed_at: Option<Timestamp>,
    pub(super) metered_until: Timestamp,
}

/// Reads the columns `id, provider, template, claimed_at_ms, metered_until_ms`.
pub(super) fn meter(row: &SqliteRow) -> Result<Meter, StoreError> {
    Ok(Meter {
        id: sandboxes::id_of(row.try_get("id")?)?,
        pool: pool_of(row)?,
        claimed_at: row.try_get::<Option<i64>, _>("claimed_at_ms")?.map(Timestamp::from_unix_ms),
        metered_until: Timestamp::from_unix_ms(row.try_get("metered_until_ms")?),
    })
}

fn pool_of(row: &SqliteRow) -> Result<PoolId, StoreError> {
    let provider: String = row.try_get("provider")?;
    Ok(PoolId::new(provider, parse("sandboxes", row.try_get("template")?)?))
}

/// Time by day, pool and purpose.
type Totals = BTreeMap<(String, PoolId, Purpose), u64>;

fn totals(tariff: &Tariff, lived: &[(Meter, Timestamp)]) -> Totals {
    let mut totals = Totals::new();
    for (meter, until) in lived {
        for span in spans(&*tariff.calendar, meter.metered_until, meter.claimed_at, *until) {
            *totals.entry((span.date, meter.pool.clone(), span.purpose)).or_default() += span.sandbox_ms;
        }
    }
    totals
}

/// Adds the time that each sandbox lived since its meter was last read, up to the moment beside it.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    tariff: &Tariff,
    lived: &[(Meter, Timestamp)],
) -> Result<(), StoreError> {
    let totals = totals(tariff, lived);
    if totals.is_empty() {
        return Ok(());
    }
    let rows = totals.into_iter().map(|((day, pool, purpose), sandbox_ms)| {
        serde_json::json!({
            "day": day,
            "provider": pool.provider,
            "template": pool.template,
            "purpose": purpose.word(),
            "hour_in_micro_dollars": tariff.sandbox_hour.get(),
            "sandbox_ms": sandbox_ms,
        })
    });
    query(
        "INSERT INTO spending (day, provider, template, purpose, hour_in_micro_dollars, sandbox_ms)
         SELECT value ->> 'day', value ->> 'provider', value ->> 'template', value ->> 'purpose',
                value ->> 'hour_in_micro_dollars', value ->> 'sandbox_ms'
         FROM json_each(?) WHERE true
         ON CONFLICT DO UPDATE SET sandbox_ms = sandbox_ms + excluded.sandbox_ms",
    )
    .bind(json(rows))
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes what each session's sandbox cost, at the price in force now, once the sandbox is gone.
pub(super) async fn settle_sessions(
    connection: &mut SqliteConnection,
    tariff: &Tariff,
    ended: &[(Meter, Timestamp)],
) -> Result<(), StoreError> {
    let costs: Vec<_> = ended
        .iter()
        .filter_map(|(meter, until)| {
            let cost = tariff.sandbox_hour.for_time(until.ms_since(meter.claimed_at?));
            Some(serde_json::json!({ "sandbox_id": meter.id, "cost": cost.get() }))
        })
        .collect();
    if costs.is_empty() {
        return Ok(());
    }
    query(
        "UPDATE sessions SET cost_micro_dollars = settled.cost
         FROM (SELECT value ->> 'sandbox_id' AS id, value ->> 'cost' AS cost FROM json_each(?)) AS settled
         WHERE sessions.sandbox_id = settled.id",
    )
    .bind(json(costs))
    .execute(connection)
    .await?;
    Ok(())
}

/// Reads every meter.
pub(super) struct Accrue(pub(super) Timestamp);

impl Group for Accrue {
    type Answer = ();
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.accruals
    }

    async fn run(
        connection: &mut SqliteConnection,
        books: &Books,
        all: &[Self],
    ) -> Result<Vec<()>, StoreError> {
        let Some(until) = all.iter().map(|accrue| accrue.0).max() else { return Ok(Vec::new()) };
        let rows = query(
            "SELECT id, provider, template, claimed_at_ms, metered_until_ms FROM sandboxes WHERE metered_until_ms < ?",
        )
        .bind(until.unix_ms())
        .fetch_all(&mut *connection)
        .await?;
        let lived: Vec<_> =
            rows.iter().map(|row| Ok((meter(row)?, until))).collect::<Result<_, StoreError>>()?;
        add(&mut *connection, &books.tariff, &lived).await?;
        query("UPDATE sandboxes SET metered_until_ms = ?1 WHERE metered_until_ms < ?1")
            .bind(until.unix_ms())
            .execute(connection)
            .await?;
        Ok(vec![(); all.len()])
    }
}

/// What was lived on `day`: the table, and what the meters show beyond it at `at`.
pub(super) async fn on_day(
    db: &SqlitePool,
    tariff: &Tariff,
    day: &Day,
    at: Timestamp,
) -> Result<Vec<SpentTime>, StoreError> {
    // One view of both tables: a sandbox that is removed meanwhile is in one of them.
    let mut snapshot = db.begin().await?;
    let rows = query(
        "SELECT provider, template, purpose, hour_in_micro_dollars, sandbox_ms FROM spending WHERE day = ?",
    )
    .bind(&day.date)
    .fetch_all(&mut *snapshot)
    .await?;
    let mut spent: Vec<SpentTime> = rows.iter().map(spent_time).collect::<Result<_, _>>()?;
    let rows = query("SELECT id, provider, template, claimed_at_ms, metered_until_ms FROM sandboxes")
        .fetch_all(&mut *snapshot)
        .await?;
    let living: Vec<_> = rows.iter().map(|row| Ok((meter(row)?, at))).collect::<Result<_, StoreError>>()?;
    for ((date, pool, purpose), sandbox_ms) in totals(tariff, &living) {
        if date == day.date {
            spent.push(SpentTime { pool, purpose, sandbox_hour: tariff.sandbox_hour, sandbox_ms });
        }
    }
    Ok(spent)
}

fn spent_time(row: &SqliteRow) -> Result<SpentTime, StoreError> {
    let corrupt = |reason: String| StoreError::Corrupt { table: "spending", reason };
    let purpose: &str = row.try_get("purpose")?;
    let whole = |column: &str| -> Result<u64, StoreError> {
        let value: i64 = row.try_get(column)?;
        u64::try_from(value).map_err(|_| corrupt(format!("{column} is negative")))
    };
    Ok(SpentTime {
        pool: pool_of(row)?,
        purpose: Purpose::from_word(purpose).ok_or_else(|| corrupt(format!("unknown purpose {purpose}")))?,
        sandbox_hour: MicroDollars::new(whole("hour_in_micro_dollars")?),
        sandbox_ms: whole("sandbox_ms")?,
    })
}
