//! Rows that take their time, before they act and after it, and that fail when told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::{SandboxId, TemplateHash, Timestamp};
use pool::{Inventory, Member, MemoryRows, PortError, Question, Rows};
use tokio::task::yield_now;

#[derive(Default)]
pub struct FaultyRows {
    pub rows: Arc<MemoryRows>,
    pub failing: AtomicBool,
}

impl FaultyRows {
    async fn slowly<T>(&self, work: impl Future<Output = Result<T, PortError>>) -> Result<T, PortError> {
        yield_now().await;
        if self.failing.load(Ordering::SeqCst) {
            return Err("the store is away".into());
        }
        let done = work.await;
        yield_now().await;
        done
    }
}

#[async_trait]
impl Rows for FaultyRows {
    async fn all(&self) -> Result<Vec<Member>, PortError> {
        self.slowly(self.rows.all()).await
    }

    async fn look(&self, question: Question<'_>) -> Result<Inventory, PortError> {
        self.slowly(self.rows.look(question)).await
    }

    async fn insert(&self, member: &Member) -> Result<(), PortError> {
        self.slowly(self.rows.insert(member)).await
    }

    async fn made(&self, id: SandboxId, at: Timestamp) -> Result<bool, PortError> {
        self.slowly(self.rows.made(id, at)).await
    }

    async fn take(&self, template_hash: &TemplateHash, at: Timestamp) -> Result<Option<Member>, PortError> {
        self.slowly(self.rows.take(template_hash, at)).await
    }

    async fn checked(&self, id: SandboxId, at: Timestamp) -> Result<(), PortError> {
        self.slowly(self.rows.checked(id, at)).await
    }

    async fn is_ready(&self, id: SandboxId) -> Result<bool, PortError> {
        self.slowly(self.rows.is_ready(id)).await
    }

    async fn retire(&self, id: SandboxId) -> Result<bool, PortError> {
        self.slowly(self.rows.retire(id)).await
    }

    async fn condemn(&self, id: SandboxId) -> Result<(), PortError> {
        self.slowly(self.rows.condemn(id)).await
    }

    async fn remove(&self, id: SandboxId) -> Result<(), PortError> {
        self.slowly(self.rows.remove(id)).await
    }

    async fn load_forecast(&self) -> Result<Option<String>, PortError> {
        self.slowly(self.rows.load_forecast()).await
    }

    async fn save_forecast(&self, forecast: &str) -> Result<(), PortError> {
        self.slowly(self.rows.save_forecast(forecast)).await
    }
}
