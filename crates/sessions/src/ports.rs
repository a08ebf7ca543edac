//! The pool's two doors, opened onto the store and a provider.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::{Clock, SandboxId, TemplateHash, TemplateName, Timestamp};
use pool::{Inventory, Maker, Member, MemberState, PortError, Question, Rows, Urgency};
use sandbox::{CreateSpec, Provider, Sandbox, SandboxError};
use store::{PoolId, SandboxRecord, SandboxRecordState, Store};

/// One pool's doors: its rows in a store, and a provider that makes its sandboxes. What a service runs on, and whoever wants
/// a pool that survives and nothing else.
pub fn doors(
    store: Arc<dyn Store>,
    provider: Arc<dyn Provider>,
    template: TemplateName,
    clock: Arc<dyn Clock>,
) -> (Arc<dyn Rows>, Arc<dyn Maker>) {
    let (rows, maker) = own_doors(store, provider, template, clock, Listed::AllBut(HashSet::new()));
    (Arc::new(rows), maker)
}

/// Which of a provider's sandboxes of an earlier run a pool sees, as several share the provider.
pub(crate) enum Listed {
    /// All, also those that nobody knows, but these, which are other pools'.
    AllBut(HashSet<SandboxId>),
    /// None but these.
    Only(HashSet<SandboxId>),
}

/// The same, with the handles that the maker keeps.
pub(crate) fn own_doors(
    store: Arc<dyn Store>,
    provider: Arc<dyn Provider>,
    template: TemplateName,
    clock: Arc<dyn Clock>,
    listed: Listed,
) -> (StoreRows, Arc<ProviderMaker>) {
    let pool = PoolId::new(provider.name(), template);
    let maker = ProviderMaker { provider, pool: pool.clone(), listed, handles: Mutex::default() };
    (StoreRows { store, pool, clock }, Arc::new(maker))
}

/// One pool's rows, in the store.
pub(crate) struct StoreRows {
    store: Arc<dyn Store>,
    pool: PoolId,
    /// For the moment at which a sandbox is gone, which its cost depends on.
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl Rows for StoreRows {
    async fn all(&self) -> Result<Vec<Member>, PortError> {
        Ok(self.store.sandboxes(&self.pool).await?.into_iter().map(member_of).collect())
    }

    async fn look(&self, question: Question<'_>) -> Result<Inventory, PortError> {
        Ok(Inventory::of(self.all().await?, &question))
    }

    async fn insert(&self, member: &Member) -> Result<(), PortError> {
        Ok(self.store.insert_sandbox(&self.pool, &record_of(member)).await?)
    }

    async fn made(&self, id: SandboxId, at: Timestamp) -> Result<bool, PortError> {
        Ok(self.store.sandbox_made(id, at).await?)
    }

    async fn take(&self, hash: &TemplateHash, at: Timestamp) -> Result<Option<Member>, PortError> {
        Ok(self.store.take_sandbox(&self.pool, hash, at).await?.map(member_of))
    }

    async fn checked(&self, id: SandboxId, at: Timestamp) -> Result<(), PortError> {
        Ok(self.store.sandbox_checked(id, at).await?)
    }

    async fn is_ready(&self, id: SandboxId) -> Result<bool, PortError> {
        Ok(self.store.sandbox_state(id).await? == Some(SandboxRecordState::Ready))
    }

    async fn retire(&self, id: SandboxId) -> Result<bool, PortError> {
        Ok(self.store.retire_sandbox(id).await?)
    }

    async fn condemn(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.store.condemn_sandbox(id).await?)
    }

    async fn remove(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.store.remove_sandbox(id, self.clock.now()).await?)
    }

    async fn load_forecast(&self) -> Result<Option<String>, PortError> {
        Ok(self.store.forecast(&self.pool).await?)
    }

    async fn save_forecast(&self, forecast: &str) -> Result<(), PortError> {
        Ok(self.store.put_forecast(&self.pool, forecast).await?)
    }
}

fn member_of(record: SandboxRecord) -> Member {
    let SandboxRecord { id, state, template_hash, created_at, ready_at, checked_at } = record;
    let state = match state {
        SandboxRecordState::Creating => MemberState::Creating,
        SandboxRecordState::Ready => MemberState::Ready,
        SandboxRecordState::Claimed => MemberState::Claimed,
        SandboxRecordState::Destroying => MemberState::Destroying,
    };
    Member { id, state, template_hash, created_at, ready_at, checked_at }
}

fn record_of(member: &Member) -> SandboxRecord {
    let Member { id, state, template_hash, created_at, ready_at, checked_at } = member.clone();
    let state = match state {
        MemberState::Creating => SandboxRecordState::Creating,
        MemberState::Ready => SandboxRecordState::Ready,
        MemberState::Claimed => SandboxRecordState::Claimed,
        MemberState::Destroying => SandboxRecordState::Destroying,
    };
    SandboxRecord { id, state, template_hash, created_at, ready_at, checked_at }
}

/// Makes one template's sandboxes with a provider, and keeps their handles.
pub(crate) struct ProviderMaker {
    provider: Arc<dyn Provider>,
    pool: PoolId,
    listed: Listed,
    handles: Mutex<HashMap<SandboxId, Arc<dyn Sandbox>>>,
}

impl ProviderMaker {
    /// A sandbox's handle.
    pub(crate) async fn handle(&self, id: SandboxId) -> Result<Arc<dyn Sandbox>, SandboxError> {
        let known = self.handles().get(&id).cloned();
        match known {
            Some(sandbox) => Ok(sandbox),
            None => self.provider.attach(id).await,
        }
    }

    fn handles(&self) -> MutexGuard<'_, HashMap<SandboxId, Arc<dyn Sandbox>>> {
        self.handles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Maker for ProviderMaker {
    fn template_hash(&self) -> Option<TemplateHash> {
        self.provider.template_hash(&self.pool.template)
    }

    async fn create(&self, id: SandboxId, urgency: Urgency) -> Result<(), PortError> {
        let spec =
            CreateSpec { id, template: self.pool.template.clone(), awaited: urgency == Urgency::Awaited };
        let sandbox = self.provider.create(spec).await?;
        self.handles().insert(id, sandbox);
        Ok(())
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), PortError> {
        self.handles().remove(&id);
        Ok(self.provider.destroy(id).await?)
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.provider.freeze(id).await?)
    }

    async fn thaw(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.provider.thaw(id).await?)
    }

    async fn probe(&self, id: SandboxId) -> Result<(), PortError> {
        Ok(self.handle(id).await?.probe().await?)
    }

    async fn list(&self) -> Result<Vec<SandboxId>, PortError> {
        let seen = |id: &SandboxId| match &self.listed {
            Listed::AllBut(others) => !others.contains(id),
            Listed::Only(own) => own.contains(id),
        };
        Ok(self.provider.list().await?.into_iter().filter(seen).collect())
    }
}
