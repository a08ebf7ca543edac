//! The pools of the service, one a template, over one provider and one store (H1).

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use agent::Agent;
use domain::{Clock, Entropy, SandboxId, SessionKind, TemplateName};
use futures::future::join_all;
use pool::{Budget, Caps, OnEmpty, Pool, PoolConfig, PortError, Shutdown};
use sandbox::Provider;
use store::{PoolId, Store};

use crate::ports::{Listed, ProviderMaker, own_doors};

/// One template that sessions may start from.
pub struct TemplateParts {
    /// Its name.
    pub name: TemplateName,
    /// Settings of its pool.
    pub pool: PoolConfig,
    /// Who works on prompts in its sandboxes.
    pub agents: Agents,
}

/// Who works on prompts, by whose the session is.
#[derive(Clone)]
pub struct Agents {
    /// For visitors: front-end files only (A7); `None` where the template has none, so that no demo starts from it.
    pub visitors: Option<Agent>,
    /// For people who have a workspace of their own (D4).
    pub workspaces: Agent,
    /// Whom they may choose in its place (G3).
    pub to_choose: Vec<Agent>,
}

/// What every pool is opened onto.
pub(crate) struct Ground {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) caps: Arc<Caps>,
    /// Sandboxes of an earlier run whose sessions go on.
    pub(crate) claimed: HashSet<SandboxId>,
}

/// One template's pool, with what its sessions need of the template.
pub(crate) struct TemplatePool {
    pub(crate) template: TemplateName,
    pub(crate) pool: Pool,
    pub(crate) maker: Arc<ProviderMaker>,
    pub(crate) agents: Agents,
    /// Whether a sandbox is made for a claim that finds none warm.
    pub(crate) creates_when_empty: bool,
}

impl TemplatePool {
    /// Who works on prompts in sessions of this kind; `None` when none can start from the template.
    pub(crate) const fn agent_of(&self, kind: SessionKind) -> Option<&Agent> {
        match kind {
            SessionKind::Demo | SessionKind::Try => self.agents.visitors.as_ref(),
            SessionKind::Workspace => Some(&self.agents.workspaces),
        }
    }
}

/// Every pool, the demo's first.
pub(crate) struct Pools {
    demo: Arc<TemplatePool>,
    others: Vec<Arc<TemplatePool>>,
}

impl Pools {
    /// Starts a pool for each template. Sandboxes that no pool's row knows are the demo's to remove, so that each sandbox
    /// of an earlier run is looked at by one pool.
    pub(crate) async fn start(
        ground: Ground,
        demo: TemplateParts,
        others: Vec<TemplateParts>,
    ) -> Result<Self, PortError> {
        let id_of = |parts: &TemplateParts| PoolId::new(ground.provider.name(), parts.name.clone());
        let ids: Vec<PoolId> = std::iter::once(&demo).chain(&others).map(id_of).collect();
        for id in ground.store.sandboxes_outside(&ids).await? {
            // The demo's pool removes the sandbox itself, as one that no row knows.
            ground.store.remove_sandbox(id, ground.clock.now()).await?;
        }
        let mut of_others = BTreeMap::new();
        for parts in &others {
            let rows = ground.store.sandboxes(&id_of(parts)).await?;
            let own: HashSet<SandboxId> = rows.into_iter().map(|row| row.id).collect();
            of_others.insert(parts.name.clone(), own);
        }
        let elsewhere = of_others.values().flatten().copied().collect();
        let demo = ground.start(demo, Listed::AllBut(elsewhere)).await?;
        let mut started = Vec::with_capacity(others.len());
        for parts in others {
            let own = of_others.remove(&parts.name).unwrap_or_default();
            started.push(ground.start(parts, Listed::Only(own)).await?);
        }
        Ok(Self { demo, others: started })
    }

    /// The demo's pool.
    pub(crate) fn demo(&self) -> &Arc<TemplatePool> {
        &self.demo
    }

    /// The pool of a template; `None` when there is no such.
    pub(crate) fn of(&self, template: &str) -> Option<&Arc<TemplatePool>> {
        self.all().find(|pool| pool.template.as_str() == template)
    }

    /// Each pool, the demo's first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<TemplatePool>> {
        std::iter::once(&self.demo).chain(&self.others)
    }

    /// Looks at every pool now.
    pub(crate) fn nudge(&self) {
        self.all().for_each(|one| one.pool.nudge());
    }

    /// Says what may still be spent on warm sandboxes: each pool may spend an equal part, so that together they can't spend more.
    pub(crate) fn set_budget(&self, budget: Option<Budget>) {
        let pools = u64::try_from(self.all().count()).unwrap_or(u64::MAX);
        let part =
            budget.map(|all| Budget { left_micro_dollars: all.left_micro_dollars.div_ceil(pools), ..all });
        self.all().for_each(|one| one.pool.set_budget(part));
    }

    /// Stops every pool.
    pub(crate) async fn shutdown(&self, sandboxes: Shutdown) {
        join_all(self.all().map(|one| one.pool.shutdown(sandboxes))).await;
    }
}

impl Ground {
    async fn start(&self, parts: TemplateParts, listed: Listed) -> Result<Arc<TemplatePool>, PortError> {
        let TemplateParts { name: template, pool: config, agents } = parts;
        let creates_when_empty = config.on_empty == OnEmpty::Create;
        let (store, provider) = (Arc::clone(&self.store), Arc::clone(&self.provider));
        let (rows, maker) = own_doors(store, provider, template.clone(), Arc::clone(&self.clock), listed);
        let pool = Pool::start(pool::Parts {
            rows: Arc::new(rows),
            maker: Arc::clone(&maker) as _,
            clock: Arc::clone(&self.clock),
            entropy: Arc::clone(&self.entropy),
            config,
            caps: Arc::clone(&self.caps),
            claimed: self.claimed.clone(),
        })
        .await?;
        Ok(Arc::new(TemplatePool { template, pool, maker, agents, creates_when_empty }))
    }
}
