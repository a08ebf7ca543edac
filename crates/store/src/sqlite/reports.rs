//! Reports of previews, in SQLite.

use sqlx::sqlite::SqliteConnection;
use sqlx::{Row as _, query};

use super::writer::{Asked, Batch, Books, Group};
use crate::{ReportRecord, StoreError};

/// Keeps a report, if it is its network's first of the session.
pub(super) struct Add(pub(super) ReportRecord);

impl Group for Add {
    type Answer = u32;
    const ONE_STATEMENT: bool = false;

    fn of(batch: &mut Batch) -> &mut Vec<Asked<Self>> {
        &mut batch.reports
    }

    async fn run(connection: &mut SqliteConnection, _: &Books, all: &[Self]) -> Result<Vec<u32>, StoreError> {
        let mut networks = Vec::with_capacity(all.len());
        for Self(report) in all {
            query(
                "INSERT INTO reports (session_id, network, reason, reported_at_ms) VALUES (?, ?, ?, ?)
                 ON CONFLICT DO NOTHING",
            )
            .bind(report.session_id.to_string())
            .bind(&report.network)
            .bind(&report.reason)
            .bind(report.at.unix_ms())
            .execute(&mut *connection)
            .await?;
            let row = query("SELECT COUNT(*) AS networks FROM reports WHERE session_id = ?")
                .bind(report.session_id.to_string())
                .fetch_one(&mut *connection)
                .await?;
            networks.push(row.try_get("networks")?);
        }
        Ok(networks)
    }
}
