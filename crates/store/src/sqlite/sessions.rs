//! Sessions in SQLite.

use std::collections::{HashMap, HashSet};

use domain::{Event, MicroDollars, PreviewId, SessionId, SessionKind, Timestamp, TokenHash, UserId};
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqliteRow};
use sqlx::{Row as _, query};

use super::rows::Binding;
use super::writer::{Asked, Batch, Books, Group};
use super::{journal, json, parse, rows};
use crate::{ClaimRecord, SessionRecord, StoreError};

/// Records a session together with its first events.
pub(super) struct Insert {
    pub(super) record: SessionRecord,
    pub(super) first: Vec<Event>,
}

impl Group for Insert {
    type Answer = ();
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.sessions
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<()>, StoreError> {
        insert(&mut *connection, all).await?;
        let mut events = Vec::new();
        for one in all {
            events.extend(one.first.iter().map(|event| (one.record.id, event)));
        }
        journal::insert(connection, events).await?;
        Ok(vec![(); all.len()])
    }
}

async fn insert(connection: &mut SqliteConnection, all: &[Insert]) -> Result<(), StoreError> {
    let columns = &[
        "id",
        "kind",
        "claimed_as",
        "owner",
        "token_hash",
        "preview_id",
        "sandbox_id",
        "visitor",
        "network",
        "claimed_at_ms",
        "ended_at_ms",
    ];
    let bind = |statement: Binding, Insert { record, .. }: &Insert| {
        statement
            .bind(record.id.to_string())
            .bind(record.kind.word())
            .bind(record.claimed_as.word())
            .bind(record.owner.map(|owner| owner.to_string()))
            .bind(record.token_hash.as_str())
            .bind(record.preview_id.as_str())
            .bind(record.sandbox_id.to_string())
            .bind(&record.visitor)
            .bind(&record.network)
            .bind(record.claimed_at.unix_ms())
            .bind(record.ended_at.map(Timestamp::unix_ms))
    };
    Ok(rows::insert(connection, "sessions", columns, all, bind).await?)
}

/// Ends a session with its last event and forgets its file contents.
pub(super) struct End {
    pub(super) id: SessionId,
    pub(super) last: Event,
}

impl Group for End {
    type Answer = bool;
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.ends
    }

    async fn run(
        connection: &mut SqliteConnection,
        _: &Books,
        all: &[Self],
    ) -> Result<Vec<bool>, StoreError> {
        let mut ended = end(&mut *connection, all).await?;
        // Of two who end the same session, the first did it.
        let did: Vec<bool> = all.iter().map(|one| ended.remove(&one.id)).collect();
        let last: Vec<_> =
            all.iter().zip(&did).filter(|(_, did)| **did).map(|(one, _)| (one.id, &one.last)).collect();
        let ids = json(last.iter().map(|(id, _)| id));
        journal::insert(&mut *connection, last).await?;
        query("DELETE FROM blobs WHERE session_id IN (SELECT value FROM json_each(?))")
            .bind(ids)
            .execute(connection)
            .await?;
        Ok(did)
    }
}

/// Gives a session to a user, with the events that say so.
pub(super) struct HandOver {
    pub(super) id: SessionId,
    pub(super) owner: UserId,
    pub(super) kind: SessionKind,
    pub(super) events: Vec<Event>,
}

impl Group for HandOver {
    type Answer = bool;
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.hand_overs
    }

    async fn run(
        connection: &mut SqliteConnection,
        _: &Books,
        all: &[Self],
    ) -> Result<Vec<bool>, StoreError> {
        let mut did = Vec::with_capacity(all.len());
        for one in all {
            let changed = query(
                "UPDATE sessions SET owner = ?, kind = ? WHERE id = ? AND owner IS NULL AND ended_at_ms IS NULL",
            )
            .bind(one.owner.to_string())
            .bind(one.kind.word())
            .bind(one.id.to_string())
            .execute(&mut *connection)
            .await?;
            did.push(changed.rows_affected() == 1);
        }
        let given = all.iter().zip(&did).filter(|(_, did)| **did);
        let events = given.flat_map(|(one, _)| one.events.iter().map(|event| (one.id, event))).collect();
        journal::insert(connection, events).await?;
        Ok(did)
    }
}

/// Those of them that had not ended before.
async fn end(connection: &mut SqliteConnection, all: &[End]) -> Result<HashSet<SessionId>, StoreError> {
    let mut ended_at: HashMap<SessionId, Timestamp> = HashMap::new();
    for one in all {
        ended_at.entry(one.id).or_insert(one.last.at);
    }
    let rows = ended_at.iter().map(|(id, at)| serde_json::json!({ "id": id, "at_ms": at.unix_ms() }));
    let changed = query(
        "UPDATE sessions SET ended_at_ms = ended.at_ms
         FROM (SELECT value ->> 'id' AS id, value ->> 'at_ms' AS at_ms FROM json_each(?)) AS ended
         WHERE sessions.id = ended.id AND ended_at_ms IS NULL
         RETURNING id",
    )
    .bind(json(rows))
    .fetch_all(connection)
    .await?;
    changed.iter().map(|row| parse("sessions", row.try_get("id")?)).collect()
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

/// Newest first: those that live, and those that ended after `since`.
pub(super) async fn of_owner(
    db: &SqlitePool,
    owner: UserId,
    since: Timestamp,
    sessions_max: u32,
) -> Result<Vec<SessionRecord>, StoreError> {
    let rows = query(
        "SELECT * FROM sessions WHERE owner = ? AND (ended_at_ms IS NULL OR ended_at_ms > ?)
         ORDER BY claimed_at_ms DESC LIMIT ?",
    )
    .bind(owner.to_string())
    .bind(since.unix_ms())
    .bind(sessions_max)
    .fetch_all(db)
    .await?;
    rows.iter().map(record).collect()
}

pub(super) async fn claims_since(db: &SqlitePool, since: Timestamp) -> Result<Vec<ClaimRecord>, StoreError> {
    let rows = query(
        "SELECT claimed_as, visitor, network, claimed_at_ms FROM sessions WHERE claimed_at_ms > ? ORDER BY claimed_at_ms",
    )
    .bind(since.unix_ms())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ClaimRecord {
                claimed_as: kind_from(row.try_get("claimed_as")?)?,
                visitor: row.try_get("visitor")?,
                network: row.try_get("network")?,
                claimed_at: Timestamp::from_unix_ms(row.try_get("claimed_at_ms")?),
            })
        })
        .collect()
}

pub(super) async fn cost(db: &SqlitePool, id: SessionId) -> Result<Option<MicroDollars>, StoreError> {
    let row = query("SELECT cost_micro_dollars FROM sessions WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    let micro = row.map(|row| row.try_get::<Option<i64>, _>("cost_micro_dollars")).transpose()?.flatten();
    Ok(micro.and_then(|micro| u64::try_from(micro).ok()).map(MicroDollars::new))
}

fn record(row: &SqliteRow) -> Result<SessionRecord, StoreError> {
    let corrupt = |reason: String| StoreError::Corrupt { table: "sessions", reason };
    let token_hash: String = row.try_get("token_hash")?;
    Ok(SessionRecord {
        id: parse("sessions", row.try_get("id")?)?,
        kind: kind_from(row.try_get("kind")?)?,
        claimed_as: kind_from(row.try_get("claimed_as")?)?,
        owner: row.try_get::<Option<&str>, _>("owner")?.map(|id| parse("sessions", id)).transpose()?,
        token_hash: TokenHash::try_from(token_hash).map_err(|error| corrupt(error.to_string()))?,
        preview_id: parse("sessions", row.try_get("preview_id")?)?,
        sandbox_id: parse("sessions", row.try_get("sandbox_id")?)?,
        visitor: row.try_get("visitor")?,
        network: row.try_get("network")?,
        claimed_at: Timestamp::from_unix_ms(row.try_get("claimed_at_ms")?),
        ended_at: row.try_get::<Option<i64>, _>("ended_at_ms")?.map(Timestamp::from_unix_ms),
    })
}

fn kind_from(word: &str) -> Result<SessionKind, StoreError> {
    SessionKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| StoreError::Corrupt { table: "sessions", reason: format!("unknown kind {word}") })
}
