//! Writes that share a transaction, by their kind.

use sqlx::{Sqlite, Transaction};
use tokio::sync::oneshot;

use super::{Asked, Books, Tell, settle};
use crate::StoreError;
use crate::sqlite::{
    accounts, forecasts, funnel, journal, model_use, reports, sandboxes, sessions, spending,
};

/// Writes that share a transaction, by their kind.
#[derive(Default)]
pub(in crate::sqlite) struct Batch {
    pub(in crate::sqlite) inserts: Vec<Asked<sandboxes::Insert>>,
    pub(in crate::sqlite) made: Vec<Asked<sandboxes::Made>>,
    pub(in crate::sqlite) checked: Vec<Asked<sandboxes::Checked>>,
    pub(in crate::sqlite) takes: Vec<Asked<sandboxes::Take>>,
    pub(in crate::sqlite) retires: Vec<Asked<sandboxes::Retire>>,
    pub(in crate::sqlite) condemns: Vec<Asked<sandboxes::Condemn>>,
    pub(in crate::sqlite) sessions: Vec<Asked<sessions::Insert>>,
    pub(in crate::sqlite) blobs: Vec<Asked<journal::PutBlob>>,
    pub(in crate::sqlite) appends: Vec<Asked<journal::Append>>,
    pub(in crate::sqlite) hand_overs: Vec<Asked<sessions::HandOver>>,
    pub(in crate::sqlite) ends: Vec<Asked<sessions::End>>,
    pub(in crate::sqlite) removes: Vec<Asked<sandboxes::Remove>>,
    pub(in crate::sqlite) accruals: Vec<Asked<spending::Accrue>>,
    pub(in crate::sqlite) forecasts: Vec<Asked<forecasts::Put>>,
    pub(in crate::sqlite) steps: Vec<Asked<funnel::Count>>,
    pub(in crate::sqlite) model_uses: Vec<Asked<model_use::Add>>,
    pub(in crate::sqlite) reports: Vec<Asked<reports::Add>>,
    pub(in crate::sqlite) accounts: Vec<Asked<accounts::Change>>,
    pub(super) closing: Vec<oneshot::Sender<()>>,
}

impl Batch {
    /// Runs everything, in the order in which a sandbox and a session live: a caller who gave up a write and went on to
    /// the next one may have both in one batch.
    pub(super) async fn run(
        self,
        transaction: &mut Transaction<'_, Sqlite>,
        books: &Books,
    ) -> Result<Vec<Tell>, StoreError> {
        let mut tell = Vec::new();
        settle(transaction, books, self.inserts, &mut tell).await?;
        settle(transaction, books, self.made, &mut tell).await?;
        settle(transaction, books, self.checked, &mut tell).await?;
        settle(transaction, books, self.takes, &mut tell).await?;
        settle(transaction, books, self.retires, &mut tell).await?;
        settle(transaction, books, self.condemns, &mut tell).await?;
        settle(transaction, books, self.sessions, &mut tell).await?;
        settle(transaction, books, self.blobs, &mut tell).await?;
        settle(transaction, books, self.appends, &mut tell).await?;
        settle(transaction, books, self.hand_overs, &mut tell).await?;
        settle(transaction, books, self.ends, &mut tell).await?;
        settle(transaction, books, self.removes, &mut tell).await?;
        settle(transaction, books, self.accruals, &mut tell).await?;
        settle(transaction, books, self.forecasts, &mut tell).await?;
        settle(transaction, books, self.steps, &mut tell).await?;
        settle(transaction, books, self.model_uses, &mut tell).await?;
        settle(transaction, books, self.reports, &mut tell).await?;
        settle(transaction, books, self.accounts, &mut tell).await?;
        Ok(tell)
    }
}
