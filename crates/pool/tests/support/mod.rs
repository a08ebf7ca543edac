//! Rows in memory and a maker whose creations follow a script.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::{Clock, SandboxId, TemplateHash, Timestamp};
use pool::{Maker, Member, MemberState, Pool, PoolConfig, PoolSnapshot, PortError, Rows};

/// A clock that follows tokio's paused time.
pub struct TokioClock(tokio::time::Instant);

impl Clock for TokioClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(i64::try_from(self.0.elapsed().as_millis()).unwrap())
    }
}

#[derive(Default)]
pub struct MemoryRows(Mutex<HashMap<SandboxId, Member>>);

impl MemoryRows {
    pub fn state(&self, id: SandboxId) -> Option<MemberState> {
        self.0.lock().unwrap().get(&id).map(|member| member.state)
    }

    fn change(&self, id: SandboxId, from: &[MemberState], change: impl FnOnce(&mut Member)) -> bool {
        match self.0.lock().unwrap().get_mut(&id) {
            Some(member) if from.contains(&member.state) => {
                change(member);
                true
            }
            Some(_) | None => false,
        }
    }
}

#[async_trait]
impl Rows for MemoryRows {
    async fn all(&self) -> Result<Vec<Member>, PortError> {
        Ok(self.0.lock().unwrap().values().cloned().collect())
    }

    async fn insert(&self, member: &Member) -> Result<(), PortError> {
        self.0.lock().unwrap().insert(member.id, member.clone());
        Ok(())
    }

    async fn made(&self, id: SandboxId, at: Timestamp) -> Result<bool, PortError> {
        Ok(self.change(id, &[MemberState::Creating, MemberState::Claimed], |member| {
            if member.state == MemberState::Creating {
                member.state = MemberState::Ready;
            }
            (member.ready_at, member.checked_at) = (Some(at), Some(at));
        }))
    }

    async fn take(&self, hash: &TemplateHash, _at: Timestamp) -> Result<Option<Member>, PortError> {
        let mut rows = self.0.lock().unwrap();
        let ready = rows.values_mut().filter(|m| m.state == MemberState::Ready && m.template_hash == *hash);
        Ok(ready.min_by_key(|member| (member.ready_at, member.id)).map(|member| {
            member.state = MemberState::Claimed;
            member.clone()
        }))
    }

    async fn checked(&self, id: SandboxId, at: Timestamp) -> Result<(), PortError> {
        self.change(id, &[MemberState::Ready], |member| member.checked_at = Some(at));
        Ok(())
    }

    async fn is_ready(&self, id: SandboxId) -> Result<bool, PortError> {
        Ok(self.state(id) == Some(MemberState::Ready))
    }

    async fn retire(&self, id: SandboxId) -> Result<bool, PortError> {
        Ok(self.change(id, &[MemberState::Ready], |member| member.state = MemberState::Destroying))
    }

    async fn condemn(&self, id: SandboxId) -> Result<(), PortError> {
        if let Some(member) = self.0.lock().unwrap().get_mut(&id) {
            member.state = MemberState::Destroying;
        }
        Ok(())
    }

    async fn remove(&self, id: SandboxId) -> Result<(), PortError> {
        self.0.lock().unwrap().remove(&id);
        Ok(())
    }
}

/// Makes sandboxes that are a name in a set.
pub struct ScriptedMaker {
    pub create_ms: u64,
    pub failing: AtomicBool,
    pub alive: Mutex<HashSet<SandboxId>>,
    pub frozen: Mutex<HashSet<SandboxId>>,
    pub made: Mutex<Vec<SandboxId>>,
}

impl ScriptedMaker {
    pub fn new(create_ms: u64) -> Arc<Self> {
        Arc::new(Self {
            create_ms,
            failing: AtomicBool::new(false),
            alive: Mutex::default(),
            frozen: Mutex::default(),
            made: Mutex::default(),
        })
    }

    /// The dev server of a sandbox dies; the sandbox itself stays.
    pub fn kill(&self, id: SandboxId) {
        assert!(self.alive.lock().unwrap().remove(&id), "{id} does not live");
    }

    pub fn made_count(&self) -> usize {
        self.made.lock().unwrap().len()
    }
}

#[async_trait]
impl Maker for ScriptedMaker {
    fn template_hash(&self) -> Option<TemplateHash> {
        Some(TemplateHash::new("content"))
    }

    async fn create(&self, id: SandboxId) -> Result<(), PortError> {
        tokio::time::sleep(Duration::from_millis(self.create_ms)).await;
        self.made.lock().unwrap().push(id);
        if self.failing.load(Ordering::SeqCst) {
            return Err("no room on the host".into());
        }
        self.alive.lock().unwrap().insert(id);
        Ok(())
    }

    async fn destroy(&self, id: SandboxId) -> Result<(), PortError> {
        self.alive.lock().unwrap().remove(&id);
        self.frozen.lock().unwrap().remove(&id);
        Ok(())
    }

    async fn freeze(&self, id: SandboxId) -> Result<(), PortError> {
        self.frozen.lock().unwrap().insert(id);
        Ok(())
    }

    async fn thaw(&self, id: SandboxId) -> Result<(), PortError> {
        self.frozen.lock().unwrap().remove(&id);
        Ok(())
    }

    async fn probe(&self, id: SandboxId) -> Result<(), PortError> {
        assert!(!self.frozen.lock().unwrap().contains(&id), "a frozen sandbox can't answer");
        if self.alive.lock().unwrap().contains(&id) { Ok(()) } else { Err("no answer".into()) }
    }

    async fn list(&self) -> Result<Vec<SandboxId>, PortError> {
        Ok(self.alive.lock().unwrap().iter().copied().collect())
    }
}

/// A running pool and what it runs on.
pub struct Fixture {
    pub pool: Pool,
    pub rows: Arc<MemoryRows>,
    pub maker: Arc<ScriptedMaker>,
}

pub async fn start(maker: Arc<ScriptedMaker>, config: PoolConfig) -> Fixture {
    let rows = Arc::new(MemoryRows::default());
    let clock = Arc::new(TokioClock(tokio::time::Instant::now()));
    let entropy = Arc::new(domain::SeededEntropy::new(1));
    let pool =
        Pool::start(rows.clone(), maker.clone(), clock, entropy, config, &HashSet::new()).await.unwrap();
    Fixture { pool, rows, maker }
}

impl Fixture {
    /// Waits, in paused time, for the pool to look like this.
    pub async fn until(&self, what: impl FnMut(&PoolSnapshot) -> bool) -> PoolSnapshot {
        let mut watch = self.pool.watch();
        let reached = tokio::time::timeout(Duration::from_secs(3_600), watch.wait_for(what)).await;
        reached.expect("the pool never came to look like this").unwrap().clone()
    }
}
