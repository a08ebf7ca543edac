//! A row of `sandboxes` as a value.

use domain::{SandboxId, TemplateHash, Timestamp};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::sqlite::parse;
use crate::{SandboxRecord, SandboxRecordState, StoreError};

pub(in crate::sqlite) fn id_of(text: &str) -> Result<SandboxId, StoreError> {
    parse("sandboxes", text)
}

pub(super) fn record(row: &SqliteRow) -> Result<SandboxRecord, StoreError> {
    Ok(SandboxRecord {
        id: id_of(row.try_get("id")?)?,
        state: state_of(row)?,
        template_hash: TemplateHash::new(row.try_get::<String, _>("template_hash")?),
        created_at: Timestamp::from_unix_ms(row.try_get("created_at_ms")?),
        ready_at: row.try_get::<Option<i64>, _>("ready_at_ms")?.map(Timestamp::from_unix_ms),
        checked_at: row.try_get::<Option<i64>, _>("checked_at_ms")?.map(Timestamp::from_unix_ms),
    })
}

pub(super) fn state_of(row: &SqliteRow) -> Result<SandboxRecordState, StoreError> {
    let word: &str = row.try_get("state")?;
    SandboxRecordState::from_word(word)
        .ok_or_else(|| StoreError::Corrupt { table: "sandboxes", reason: format!("unknown state {word}") })
}
