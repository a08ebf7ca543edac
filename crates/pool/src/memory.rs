//! Rows kept in this process's memory: for tests, for pools that need not survive, for the examples.

use std::sync::Mutex;

use async_trait::async_trait;
use domain::{SandboxId, TemplateHash, Timestamp};

use crate::table::Table;
use crate::{Inventory, Member, MemberState, PortError, Question, Rows, lock};

/// A pool's rows in memory. Nothing in it waits or fails; taking the oldest of `n` costs a logarithm of `n`.
#[derive(Debug, Default)]
pub struct MemoryRows {
    table: Mutex<Table>,
    forecast: Mutex<Option<String>>,
}

impl MemoryRows {
    /// With these rows.
    pub fn with(members: impl IntoIterator<Item = Member>) -> Self {
        let rows = Self::default();
        let mut table = lock(&rows.table);
        members.into_iter().for_each(|member| table.insert(member));
        drop(table);
        rows
    }

    /// A sandbox's state; `None` when it has no row.
    pub fn state(&self, id: SandboxId) -> Option<MemberState> {
        lock(&self.table).state(id)
    }
}

#[async_trait]
impl Rows for MemoryRows {
    async fn all(&self) -> Result<Vec<Member>, PortError> {
        Ok(lock(&self.table).all())
    }

    async fn look(&self, question: Question<'_>) -> Result<Inventory, PortError> {
        Ok(lock(&self.table).look(&question))
    }

    async fn insert(&self, member: &Member) -> Result<(), PortError> {
        lock(&self.table).insert(member.clone());
        Ok(())
    }

    async fn made(&self, id: SandboxId, at: Timestamp) -> Result<bool, PortError> {
        Ok(lock(&self.table).made(id, at))
    }

    async fn take(&self, template_hash: &TemplateHash, _at: Timestamp) -> Result<Option<Member>, PortError> {
        Ok(lock(&self.table).take(template_hash))
    }

    async fn checked(&self, id: SandboxId, at: Timestamp) -> Result<(), PortError> {
        lock(&self.table).checked(id, at);
        Ok(())
    }

    async fn is_ready(&self, id: SandboxId) -> Result<bool, PortError> {
        Ok(self.state(id) == Some(MemberState::Ready))
    }

    async fn retire(&self, id: SandboxId) -> Result<bool, PortError> {
        Ok(lock(&self.table).retire(id))
    }

    async fn condemn(&self, id: SandboxId) -> Result<(), PortError> {
        lock(&self.table).condemn(id);
        Ok(())
    }

    async fn remove(&self, id: SandboxId) -> Result<(), PortError> {
        lock(&self.table).remove(id);
        Ok(())
    }

    async fn load_forecast(&self) -> Result<Option<String>, PortError> {
        Ok(lock(&self.forecast).clone())
    }

    async fn save_forecast(&self, forecast: &str) -> Result<(), PortError> {
        *lock(&self.forecast) = Some(forecast.to_owned());
        Ok(())
    }
}
