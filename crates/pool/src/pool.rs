//! The pool as its users see it: acquire, release, look.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Clock, Entropy, SandboxId};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::planner::Backoff;
use crate::{Maker, Member, MemberState, PoolConfig, PoolError, PortError, Rows};

/// How many of the newest creations the measured wait is taken from.
const CREATE_SAMPLES_MAX: usize = 16;

/// Warm sandboxes of one template. Cheap to clone; all clones are the same pool.
#[derive(Clone)]
pub struct Pool {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) rows: Arc<dyn Rows>,
    pub(crate) maker: Arc<dyn Maker>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) config: PoolConfig,
    pub(crate) nudge: Notify,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    pub(crate) backoff: Mutex<Backoff>,
    pub(crate) snapshot: watch::Sender<PoolSnapshot>,
    /// Sandboxes that a task is removing or probing right now: they are not planned for again meanwhile.
    pub(crate) busy: Mutex<HashSet<SandboxId>>,
    create_ms: Mutex<VecDeque<u64>>,
    handling: Mutex<HashMap<SandboxId, Arc<tokio::sync::Mutex<()>>>>,
    total_acquires: AtomicU64,
    acquires_from_pool: AtomicU64,
}

/// What a pool holds and has done (H10).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoolSnapshot {
    /// Warm sandboxes waiting.
    pub ready: u32,
    /// Sandboxes in the making.
    pub creating: u32,
    /// Sandboxes that belong to sessions.
    pub in_use: u32,
    /// Sandboxes in every state together.
    pub total: u32,
    /// Successful acquires since the start.
    pub total_acquires: u64,
    /// Those that got a warm one.
    pub acquires_from_pool: u64,
    /// Creations that failed in a row.
    pub create_failures: u32,
    /// Whether a template is there to make sandboxes from.
    pub template_ready: bool,
    /// The median of the newest creations in milliseconds; `None` before the first.
    pub create_ms: Option<u64>,
}

/// What [`Pool::acquire`] gives. Either way the sandbox belongs to the caller, who must [`Pool::release`] it.
#[derive(Debug)]
pub enum Acquired {
    /// A warm sandbox, thawed, whose dev server has just answered.
    Warm(SandboxId),
    /// No warm one was there; this one is made when the ticket is redeemed.
    Cold(ColdTicket),
}

/// A place for a sandbox that is still to be made.
pub struct ColdTicket {
    id: SandboxId,
    pool: Pool,
}

impl std::fmt::Debug for ColdTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ColdTicket").field(&self.id).finish()
    }
}

impl ColdTicket {
    /// The sandbox that will be made.
    pub fn id(&self) -> SandboxId {
        self.id
    }

    /// Makes the sandbox, and thaws it as a warm one is at its claim.
    ///
    /// # Errors
    /// [`PoolError::Create`] or [`PoolError::Rows`]; its row is marked for removal then.
    pub async fn redeem(self) -> Result<SandboxId, PoolError> {
        let outcome = match self.pool.make(self.id).await {
            Ok(()) => self.pool.inner.maker.thaw(self.id).await.map_err(PoolError::Create),
            Err(error) => Err(error),
        };
        if outcome.is_err() {
            self.pool.release(self.id).await;
        }
        outcome.map(|()| self.id)
    }
}

impl Pool {
    /// A pool and its reconciler, which begins at once to bring the rows to what the configuration wants.
    ///
    /// Sandboxes of an earlier run, known to a row or only to the maker, are removed first (H11); those in `claimed` stay,
    /// because sessions that go on still use them.
    ///
    /// # Errors
    /// When the rows or the maker can't be reached, or something of an earlier run can't be removed.
    pub async fn start(
        rows: Arc<dyn Rows>,
        maker: Arc<dyn Maker>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        config: PoolConfig,
        claimed: &HashSet<SandboxId>,
    ) -> Result<Self, PortError> {
        let pool = Self {
            inner: Arc::new(Inner {
                rows,
                maker,
                clock,
                entropy,
                config,
                nudge: Notify::new(),
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
                backoff: Mutex::default(),
                snapshot: watch::Sender::new(PoolSnapshot::default()),
                busy: Mutex::default(),
                create_ms: Mutex::default(),
                handling: Mutex::default(),
                total_acquires: AtomicU64::new(0),
                acquires_from_pool: AtomicU64::new(0),
            }),
        };
        crate::reconciler::remove_everything(&pool, claimed).await?;
        pool.inner.tasks.spawn(crate::reconciler::run(pool.clone()));
        Ok(pool)
    }

    /// A sandbox of the caller's own: a warm one that answers, else a place to make one.
    ///
    /// # Errors
    /// [`PoolError::Exhausted`], [`PoolError::NoTemplate`], [`PoolError::ShuttingDown`] or [`PoolError::Rows`].
    pub async fn acquire(&self) -> Result<Acquired, PoolError> {
        if self.inner.stop.is_cancelled() {
            return Err(PoolError::ShuttingDown);
        }
        let hash = self.inner.maker.template_hash().ok_or(PoolError::NoTemplate)?;
        let acquired = loop {
            let now = self.inner.clock.now();
            let Some(member) = self.inner.rows.take(&hash, now).await.map_err(PoolError::Rows)? else {
                break Acquired::Cold(self.reserve().await?);
            };
            if self.wake(member.id).await {
                self.inner.acquires_from_pool.fetch_add(1, Ordering::Relaxed);
                break Acquired::Warm(member.id);
            }
            self.release(member.id).await;
        };
        self.inner.total_acquires.fetch_add(1, Ordering::Relaxed);
        self.inner.nudge.notify_one();
        Ok(acquired)
    }

    /// Gives a sandbox back to be destroyed; there is no return to the pool (H3). Never fails: what can't be done now
    /// is done by the reconciler.
    pub async fn release(&self, id: SandboxId) {
        if let Err(error) = self.inner.rows.condemn(id).await {
            tracing::warn!(sandbox.id = %id, error = %error, "a sandbox could not be marked for removal");
        }
        self.inner.nudge.notify_one();
    }

    /// What the pool holds now, and every later state.
    pub fn watch(&self) -> watch::Receiver<PoolSnapshot> {
        self.inner.snapshot.subscribe()
    }

    /// Looks at the pool now rather than at the next tick.
    pub fn nudge(&self) {
        self.inner.nudge.notify_one();
    }

    /// Stops making sandboxes, destroys every one that is left but `claimed`, and waits for it (H4).
    pub async fn shutdown(&self, claimed: &HashSet<SandboxId>) {
        self.inner.stop.cancel();
        self.inner.nudge.notify_one();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        if let Err(error) = crate::reconciler::remove_everything(self, claimed).await {
            tracing::warn!(error = %error, "not every sandbox could be removed; the next start will");
        }
    }

    /// Thaws a sandbox and waits until it answers; `false` when it does not.
    async fn wake(&self, id: SandboxId) -> bool {
        let handling = self.handling(id);
        let _alone = handling.lock().await;
        let woken = async {
            self.inner.maker.thaw(id).await?;
            self.inner.maker.probe(id).await
        };
        let outcome = timeout(self.inner.config.claim_probe_timeout, woken).await;
        self.forget_handling(id);
        match outcome {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(sandbox.id = %id, error = %error, "a warm sandbox did not answer; the next is taken");
                false
            }
            Err(_) => {
                tracing::warn!(sandbox.id = %id, "a warm sandbox did not answer in time; the next is taken");
                false
            }
        }
    }

    /// A row for a sandbox that a claim waits for.
    async fn reserve(&self) -> Result<ColdTicket, PoolError> {
        let members = self.inner.rows.all().await.map_err(PoolError::Rows)?;
        let making = members.iter().filter(|member| member.in_the_making()).count();
        let config = &self.inner.config;
        if members.len() >= config.max_total_sandboxes as usize
            || making >= config.max_concurrent_creates as usize
        {
            return Err(PoolError::Exhausted);
        }
        let id = self.record_new(MemberState::Claimed).await?;
        Ok(ColdTicket { id, pool: self.clone() })
    }

    /// Writes the row of a sandbox that is about to be made.
    pub(crate) async fn record_new(&self, state: MemberState) -> Result<SandboxId, PoolError> {
        let template_hash = self.inner.maker.template_hash().ok_or(PoolError::NoTemplate)?;
        let id = SandboxId::generate(&*self.inner.clock, &*self.inner.entropy);
        let created_at = self.inner.clock.now();
        let member = Member { id, state, template_hash, created_at, ready_at: None, checked_at: None };
        self.inner.rows.insert(&member).await.map_err(PoolError::Rows)?;
        Ok(id)
    }

    /// Makes a sandbox whose row exists, and keeps the books about it.
    pub(crate) async fn make(&self, id: SandboxId) -> Result<(), PoolError> {
        let begun = Instant::now();
        let made = self.inner.maker.create(id).await;
        let now = self.inner.clock.now();
        {
            let mut backoff = lock(&self.inner.backoff);
            *backoff = if made.is_ok() { Backoff::default() } else { backoff.failed(now) };
        }
        made.map_err(PoolError::Create)?;
        let create_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        {
            let mut samples = lock(&self.inner.create_ms);
            samples.push_back(create_ms);
            if samples.len() > CREATE_SAMPLES_MAX {
                samples.pop_front();
            }
        }
        tracing::debug!(sandbox.id = %id, duration_ms = create_ms, "made a sandbox");
        if self.inner.rows.made(id, now).await.map_err(PoolError::Rows)? {
            return Ok(());
        }
        // Its row was given up, perhaps removed, while it was being made: nobody else knows of it any more.
        self.inner.maker.destroy(id).await.map_err(PoolError::Create)?;
        Err(PoolError::Create("it was given up while it was being made".into()))
    }

    /// The lock that keeps a health check from freezing a sandbox that a claim has just taken.
    pub(crate) fn handling(&self, id: SandboxId) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(lock(&self.inner.handling).entry(id).or_default())
    }

    pub(crate) fn forget_handling(&self, id: SandboxId) {
        lock(&self.inner.handling).remove(&id);
    }

    /// Tells the watchers what the rows say now.
    pub(crate) fn publish(&self, members: &[Member]) {
        let count = |which: &dyn Fn(&Member) -> bool| {
            u32::try_from(members.iter().filter(|member| which(member)).count()).unwrap_or(u32::MAX)
        };
        let hash = self.inner.maker.template_hash();
        let fresh = |m: &Member| m.state == MemberState::Ready && hash.as_ref() == Some(&m.template_hash);
        let snapshot = PoolSnapshot {
            ready: count(&fresh),
            creating: count(&Member::in_the_making),
            in_use: count(&|member| member.state == MemberState::Claimed),
            total: count(&|_| true),
            total_acquires: self.inner.total_acquires.load(Ordering::Relaxed),
            acquires_from_pool: self.inner.acquires_from_pool.load(Ordering::Relaxed),
            create_failures: lock(&self.inner.backoff).failures,
            template_ready: hash.is_some(),
            create_ms: median(&lock(&self.inner.create_ms)),
        };
        self.inner.snapshot.send_if_modified(|present| {
            let changed = *present != snapshot;
            *present = snapshot;
            changed
        });
    }
}

/// A panic elsewhere leaves these plain values intact, so a poisoned lock is still good.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn median(samples: &VecDeque<u64>) -> Option<u64> {
    let mut sorted: Vec<u64> = samples.iter().copied().collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}
