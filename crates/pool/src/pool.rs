//! The pool as its users see it: start, warm up, release, look, stop.

use std::collections::HashSet;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::{Clock, Entropy, SandboxId, Timestamp};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::books::Books;
use crate::circuit::{Circuit, CircuitState};
use crate::demand::{Budget, DemandBook};
use crate::metrics::{Counters, read};
use crate::{
    Alert, Caps, Demand, Forecast, Inventory, Maker, PoolConfig, PoolError, PoolMetrics, PoolSnapshot,
    PortError, Rows, Supply, lock,
};

/// How many sandboxes are removed at once.
const REMOVALS_AT_ONCE_MAX: usize = 64;
/// How long making a sandbox is taken to last before one was made.
const CREATE_ASSUMED: Duration = Duration::from_secs(5);

/// What a pool is made of.
pub struct Parts {
    /// Where its rows are kept.
    pub rows: Arc<dyn Rows>,
    /// Who makes its sandboxes.
    pub maker: Arc<dyn Maker>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Its settings.
    pub config: PoolConfig,
    /// The bounds it shares with other pools.
    pub caps: Arc<Caps>,
    /// Sandboxes of an earlier run that still belong to somebody. Every other claimed one is removed at the start.
    pub claimed: HashSet<SandboxId>,
}

/// What becomes of the sandboxes when a pool stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// All are destroyed.
    Destroy,
    /// Those that are warm or belong to somebody stay, for the next start to take over.
    Keep,
}

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
    pub(crate) caps: Arc<Caps>,
    pub(crate) books: Books,
    pub(crate) counters: Counters,
    pub(crate) nudge: Notify,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    pub(crate) removals: Semaphore,
    pub(crate) checking: AtomicBool,
    pub(crate) circuit: Mutex<Circuit>,
    pub(crate) demand: Mutex<DemandBook>,
    budget: Mutex<Option<Budget>>,
    acquires_seen: Mutex<u64>,
    snapshot: watch::Sender<PoolSnapshot>,
    oldest_ready_at: Mutex<Option<Timestamp>>,
}

impl Pool {
    /// A pool and its reconciler, which begins at once to bring the rows to what the configuration wants.
    ///
    /// What an earlier run left is taken over first (H11): warm sandboxes that still answer stay ready, those in
    /// [`Parts::claimed`] stay claimed, and every other is removed, known to a row or only to the maker.
    ///
    /// # Errors
    /// When a setting can't work, or the rows or the maker can't be reached.
    pub async fn start(parts: Parts) -> Result<Self, PortError> {
        let Parts { rows, maker, clock, entropy, config, caps, claimed } = parts;
        config.check()?;
        let forecast = learnt(&*rows).await?;
        let pool = Self {
            inner: Arc::new(Inner {
                rows,
                maker,
                clock,
                entropy,
                config,
                caps,
                books: Books::default(),
                counters: Counters::default(),
                nudge: Notify::new(),
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
                removals: Semaphore::new(REMOVALS_AT_ONCE_MAX),
                checking: AtomicBool::new(false),
                circuit: Mutex::default(),
                demand: Mutex::new(DemandBook::with(forecast)),
                budget: Mutex::default(),
                acquires_seen: Mutex::default(),
                snapshot: watch::Sender::new(PoolSnapshot::default()),
                oldest_ready_at: Mutex::default(),
            }),
        };
        crate::adopt::adopt(&pool, &claimed).await?;
        pool.inner.tasks.spawn(crate::reconciler::run(pool.clone()));
        Ok(pool)
    }

    /// Waits until `target_ready` sandboxes are warm (H4).
    ///
    /// # Errors
    /// [`PoolError::WarmUpTimedOut`] or [`PoolError::ShuttingDown`].
    pub async fn warm_up(&self, within: Duration) -> Result<(), PoolError> {
        let wanted = self.inner.config.target_ready;
        let mut snapshot = self.watch();
        let warm = async { snapshot.wait_for(|pool| pool.ready >= wanted).await.map(|_| ()) };
        tokio::select! {
            () = self.inner.stop.cancelled() => Err(PoolError::ShuttingDown),
            warm = timeout(within, warm) => match warm {
                Ok(reached) => reached.map_err(|_| PoolError::ShuttingDown),
                Err(_) => {
                    let ready = self.inner.snapshot.borrow().ready;
                    Err(PoolError::WarmUpTimedOut { ready, wanted, waited: within })
                }
            },
        }
    }

    /// Gives a sandbox back to be destroyed; there is no return to the pool (H3). Never fails and may be cancelled: what
    /// can't be done now is done by the reconciler.
    pub async fn release(&self, id: SandboxId) {
        let unsettled = crate::Lease::new(self.clone(), id);
        match self.inner.rows.condemn(id).await {
            Ok(()) => {
                unsettled.keep();
                self.nudge();
            }
            Err(error) => {
                tracing::warn!(sandbox.id = %id, error = %error, "a sandbox could not be marked for removal yet");
            }
        }
    }

    /// What the pool holds now, and every later state.
    pub fn watch(&self) -> watch::Receiver<PoolSnapshot> {
        self.inner.snapshot.subscribe()
    }

    /// Everything the pool counts (H10).
    pub fn metrics(&self) -> PoolMetrics {
        let inner = &self.inner;
        let now = inner.clock.now();
        let snapshot = inner.snapshot.borrow().clone();
        let oldest = *lock(&inner.oldest_ready_at);
        PoolMetrics {
            ready: snapshot.ready,
            wanted: snapshot.wanted,
            creating: snapshot.creating,
            in_use: snapshot.in_use,
            oldest_age: oldest.map(|since| Duration::from_millis(now.ms_since(since))),
            circuit: lock(&inner.circuit).state(now, &inner.config),
            ..inner.counters.metrics()
        }
    }

    /// Says what may be spent on warm sandboxes from now on (H9); `None`, as at the start, is no bound.
    pub fn set_budget(&self, budget: Option<Budget>) {
        *lock(&self.inner.budget) = budget;
        self.nudge();
    }

    /// Looks at the pool now rather than at the next tick.
    pub fn nudge(&self) {
        self.inner.nudge.notify_one();
    }

    /// Stops giving and making sandboxes, ends what is under way, and waits for it (H4).
    pub async fn shutdown(&self, shutdown: Shutdown) {
        let inner = &self.inner;
        inner.stop.cancel();
        inner.tasks.close();
        inner.tasks.wait().await;
        let left = async {
            crate::adopt::leave(self, shutdown == Shutdown::Keep).await?;
            self.save_forecast().await
        };
        if let Err(error) = left.await {
            tracing::warn!(error = %error, "the pool could not be left in order; the next start will");
        }
    }

    pub(crate) fn abandon(&self, id: SandboxId) {
        self.inner.books.abandon(id);
        self.nudge();
    }

    /// How fast the pool refills, as measured.
    pub(crate) fn supply(&self) -> Supply {
        let config = &self.inner.config;
        let create = self.inner.counters.create_time().unwrap_or(CREATE_ASSUMED);
        let at_once = self.inner.caps.config().max_concurrent_creates.min(config.warm_creates_max);
        Supply { refill: create + config.replenish_delay, creates_at_once: at_once }
    }

    /// What is wanted now, the acquires since the last time counted.
    pub(crate) async fn demand(&self, now: Timestamp) -> Demand {
        let inner = &self.inner;
        let supply = self.supply();
        let acquires = {
            let mut seen = lock(&inner.acquires_seen);
            let all = inner.counters.acquires();
            u32::try_from(all - std::mem::replace(&mut *seen, all)).unwrap_or(u32::MAX)
        };
        let (learnt, demand) = {
            let mut book = lock(&inner.demand);
            let learnt = book.observe(acquires, now, &inner.config);
            (learnt, book.demand(now, &inner.config, &supply, *lock(&inner.budget)))
        };
        if learnt && let Err(error) = self.save_forecast().await {
            tracing::warn!(error = %error, "what was learnt about demand could not be kept");
        }
        demand
    }

    async fn save_forecast(&self) -> Result<(), PortError> {
        let json = serde_json::to_string(lock(&self.inner.demand).forecast())?;
        self.inner.rows.save_forecast(&json).await
    }

    /// Tells the watchers what the rows say now.
    pub(crate) fn publish(&self, inventory: &Inventory, demand: &Demand) {
        let inner = &self.inner;
        let circuit = *lock(&inner.circuit);
        let stopped = circuit.state(inner.clock.now(), &inner.config) != CircuitState::Closed;
        let create_ms = inner.counters.create_time().map(|time| time.as_millis());
        *lock(&inner.oldest_ready_at) = inventory.oldest_ready_at;
        let warm = read(&inner.counters.acquires_warm);
        let snapshot = PoolSnapshot {
            ready: inventory.claimable,
            wanted: demand.wanted,
            creating: inventory.creating + inventory.claimed_making,
            in_use: inventory.claimed,
            total: inner.caps.total(),
            total_acquires: warm + read(&inner.counters.acquires_cold),
            acquires_from_pool: warm,
            create_failures: circuit.failures,
            template_ready: inner.maker.template_hash().is_some(),
            create_ms: create_ms.map(|ms| u64::try_from(ms).unwrap_or(u64::MAX)),
            alert: stopped.then_some(Alert::CreationStopped { failures: circuit.failures }),
        };
        inner.snapshot.send_if_modified(|present| {
            let changed = *present != snapshot;
            *present = snapshot;
            changed
        });
    }
}

/// What an earlier run learnt about demand; nothing when that can't be read any more.
async fn learnt(rows: &dyn Rows) -> Result<Forecast, PortError> {
    let Some(json) = rows.load_forecast().await? else { return Ok(Forecast::default()) };
    Ok(serde_json::from_str(&json).unwrap_or_else(|error| {
        tracing::warn!(error = %error, "what was learnt about demand can't be read and is learnt anew");
        Forecast::default()
    }))
}
