//! Pool membership in SQLite: one function a statement, each for as many callers as share a batch.

mod reads;
mod record;

use std::collections::{HashMap, HashSet};

use domain::{SandboxId, TemplateHash, Timestamp};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Row as _, query};

use super::writer::{Asked, Batch, Books, Group, Taken};
use super::{json, spending};
use crate::{PoolId, SandboxRecord, StoreError};
pub(super) use reads::{all, outside, state};
pub(super) use record::id_of;
use record::record;

/// Records a sandbox.
pub(super) struct Insert {
    pub(super) pool: PoolId,
    pub(super) record: SandboxRecord,
}

impl Group for Insert {
    type Answer = ();
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.inserts
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        let rows = all.iter().map(|Self { pool, record }| {
            serde_json::json!({
                "id": record.id,
                "provider": pool.provider,
                "template": pool.template,
                "template_hash": record.template_hash.as_str(),
                "state": record.state.word(),
                "created_at_ms": record.created_at.unix_ms(),
                "ready_at_ms": record.ready_at.map(Timestamp::unix_ms),
                "checked_at_ms": record.checked_at.map(Timestamp::unix_ms),
                "claimed_at_ms": record.claimed_at().map(Timestamp::unix_ms),
            })
        });
        query(
            "INSERT INTO sandboxes (id, provider, template, template_hash, state, created_at_ms, ready_at_ms,
                                    checked_at_ms, claimed_at_ms, metered_until_ms)
             SELECT value ->> 'id', value ->> 'provider', value ->> 'template', value ->> 'template_hash',
                    value ->> 'state', value ->> 'created_at_ms', value ->> 'ready_at_ms', value ->> 'checked_at_ms',
                    value ->> 'claimed_at_ms', value ->> 'created_at_ms'
             FROM json_each(?)",
        )
        .bind(json(rows))
        .execute(connection)
        .await?;
        Ok(vec![(); all.len()])
    }
}

/// `creating` becomes `ready`, `claimed` stays.
pub(super) struct Made {
    pub(super) id: SandboxId,
    pub(super) at: Timestamp,
}

impl Group for Made {
    type Answer = bool;
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.made
    }

    async fn run(
        connection: &mut SqliteConnection,
        _: &Books,
        all: &[Self],
    ) -> Result<Vec<bool>, StoreError> {
        let rows = all.iter().map(|made| serde_json::json!({ "id": made.id, "at_ms": made.at.unix_ms() }));
        let changed = query(
            "UPDATE sandboxes
             SET state = CASE state WHEN 'creating' THEN 'ready' ELSE state END,
                 ready_at_ms = made.at_ms, checked_at_ms = made.at_ms
             FROM (SELECT value ->> 'id' AS id, value ->> 'at_ms' AS at_ms FROM json_each(?)) AS made
             WHERE sandboxes.id = made.id AND state IN ('creating', 'claimed')
             RETURNING id",
        )
        .bind(json(rows))
        .fetch_all(connection)
        .await?;
        first_each(&changed, all.iter().map(|made| made.id))
    }
}

/// Records that a ready sandbox answered a probe.
pub(super) struct Checked {
    pub(super) id: SandboxId,
    pub(super) at: Timestamp,
}

impl Group for Checked {
    type Answer = ();
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.checked
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        let rows = all.iter().map(|probe| serde_json::json!({ "id": probe.id, "at_ms": probe.at.unix_ms() }));
        query(
            "UPDATE sandboxes SET checked_at_ms = probe.at_ms
             FROM (SELECT value ->> 'id' AS id, value ->> 'at_ms' AS at_ms FROM json_each(?)) AS probe
             WHERE sandboxes.id = probe.id AND state = 'ready'",
        )
        .bind(json(rows))
        .execute(connection)
        .await?;
        Ok(vec![(); all.len()])
    }
}

/// Takes the sandbox that has been ready for longest.
pub(super) struct Take {
    pub(super) pool: PoolId,
    pub(super) hash: TemplateHash,
    pub(super) at: Timestamp,
}

impl Group for Take {
    type Answer = Option<Taken>;
    // One for each pool and content; no statement of this kind can be refused.
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.takes
    }

    async fn run(
        connection: &mut SqliteConnection,
        books: &Books,
        all: &[Self],
    ) -> Result<Vec<Option<Taken>>, StoreError> {
        let mut alike: HashMap<(&PoolId, &TemplateHash), Vec<usize>> = HashMap::new();
        for (place, take) in all.iter().enumerate() {
            alike.entry((&take.pool, &take.hash)).or_default().push(place);
        }
        let mut answers: Vec<Option<Taken>> = all.iter().map(|_| None).collect();
        for ((pool, hash), places) in alike {
            let at = places.iter().map(|place| all[*place].at).max().unwrap_or(all[0].at);
            let taken = take(connection, pool, hash, at, places.len()).await?;
            for (place, record) in places.into_iter().zip(taken) {
                answers[place] = Some(Taken::new(record, &books.put_back));
            }
        }
        Ok(answers)
    }
}

/// The subquery reads `sandboxes_to_claim` in its order: no sorting, however many are ready.
const TAKE: &str = "
    UPDATE sandboxes SET state = 'claimed', claimed_at_ms = ?
    WHERE id IN (
        SELECT id FROM sandboxes
        WHERE provider = ? AND template = ? AND template_hash = ? AND state = 'ready'
        ORDER BY ready_at_ms, id LIMIT ?
    )
    RETURNING id, state, template_hash, created_at_ms, ready_at_ms, checked_at_ms";

/// Up to `count` sandboxes of one pool, those first that have been ready for longest.
async fn take(
    connection: &mut SqliteConnection,
    pool: &PoolId,
    hash: &TemplateHash,
    at: Timestamp,
    count: usize,
) -> Result<Vec<SandboxRecord>, StoreError> {
    let rows = query(TAKE)
        .bind(at.unix_ms())
        .bind(&pool.provider)
        .bind(pool.template.as_str())
        .bind(hash.as_str())
        .bind(i64::try_from(count).unwrap_or(i64::MAX))
        .fetch_all(connection)
        .await?;
    let mut taken: Vec<SandboxRecord> = rows.iter().map(record).collect::<Result<_, _>>()?;
    taken.sort_by_key(|record| (record.ready_at, record.id));
    Ok(taken)
}

/// `ready` becomes `destroying`.
pub(super) struct Retire(pub(super) SandboxId);

impl Group for Retire {
    type Answer = bool;
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.retires
    }

    async fn run(
        connection: &mut SqliteConnection,
        _: &Books,
        all: &[Self],
    ) -> Result<Vec<bool>, StoreError> {
        let changed = query(
            "UPDATE sandboxes SET state = 'destroying'
             WHERE id IN (SELECT value FROM json_each(?)) AND state = 'ready'
             RETURNING id",
        )
        .bind(json(all.iter().map(|retire| retire.0)))
        .fetch_all(connection)
        .await?;
        first_each(&changed, all.iter().map(|retire| retire.0))
    }
}

/// Whatever it was becomes `destroying`.
pub(super) struct Condemn(pub(super) SandboxId);

impl Group for Condemn {
    type Answer = ();
    const ONE_STATEMENT: bool = true;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.condemns
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        query("UPDATE sandboxes SET state = 'destroying' WHERE id IN (SELECT value FROM json_each(?))")
            .bind(json(all.iter().map(|condemn| condemn.0)))
            .execute(connection)
            .await?;
        Ok(vec![(); all.len()])
    }
}

/// Forgets a sandbox, and keeps what its time cost.
pub(super) struct Remove {
    pub(super) id: SandboxId,
    pub(super) at: Timestamp,
}

impl Group for Remove {
    type Answer = ();
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.removes
    }

    async fn run(
        connection: &mut SqliteConnection,
        books: &Books,
        all: &[Self],
    ) -> Result<Vec<()>, StoreError> {
        let at: HashMap<SandboxId, Timestamp> = all.iter().map(|remove| (remove.id, remove.at)).collect();
        let rows = query(
            "DELETE FROM sandboxes WHERE id IN (SELECT value FROM json_each(?))
             RETURNING id, provider, template, claimed_at_ms, metered_until_ms",
        )
        .bind(json(at.keys()))
        .fetch_all(&mut *connection)
        .await?;
        let mut ended = Vec::with_capacity(rows.len());
        for row in &rows {
            let meter = spending::meter(row)?;
            let until = at.get(&meter.id).copied().unwrap_or(meter.metered_until);
            ended.push((meter, until));
        }
        spending::add(connection, &books.tariff, &ended).await?;
        spending::settle_sessions(connection, &books.tariff, &ended).await?;
        Ok(vec![(); all.len()])
    }
}

/// Makes sandboxes ready again that were taken for somebody who had left before they were told: nobody has seen them.
pub(super) async fn put_back(connection: &mut SqliteConnection, ids: &[SandboxId]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    query(
        "UPDATE sandboxes SET state = 'ready', claimed_at_ms = NULL
         WHERE id IN (SELECT value FROM json_each(?)) AND state = 'claimed'",
    )
    .bind(json(ids))
    .execute(connection)
    .await?;
    Ok(())
}

/// `true` for the first who asked about a row that changed: of two who retire the same sandbox, one did it.
fn first_each(
    changed: &[sqlx::sqlite::SqliteRow],
    asked: impl Iterator<Item = SandboxId>,
) -> Result<Vec<bool>, StoreError> {
    let mut changed: HashSet<SandboxId> =
        changed.iter().map(|row| id_of(row.try_get("id")?)).collect::<Result<_, StoreError>>()?;
    Ok(asked.map(|id| changed.remove(&id)).collect())
}

#[cfg(test)]
mod tests {
    use super::TAKE;
    use crate::{SqliteStore, Tariff};
    use sqlx::{AssertSqlSafe, Row as _, query};

    /// H3: a claim's cost does not grow with the pool.
    #[tokio::test]
    async fn taking_uses_the_index_and_sorts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("sandglass.db"), Tariff::free()).await.unwrap();
        let explain = format!("EXPLAIN QUERY PLAN {TAKE}");
        let plan = query(AssertSqlSafe(explain)).fetch_all(&store.readers).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.try_get("detail").unwrap()).collect();
        assert!(plan.iter().any(|step| step.contains("COVERING INDEX sandboxes_to_claim")), "{plan:?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:?}");
    }
}
