//! The service that holds everything together, its start and its end.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::wire::Availability;
use domain::{
    Clock, EndReason, Entropy, PreviewId, SessionId, SessionKind, TemplateName, Tier, Timestamp, UserId,
};
use pool::{Caps, PoolMetrics, PortError, Shutdown};
use sandbox::Provider;
use store::{Store, Tariff};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::admission::{Admissions, HOUR_MS};
use crate::adopt::Adopter;
use crate::budget::{self, Budget};
use crate::funnel::Views;
use crate::live::LiveSession;
use crate::pools::{Ground, Pools, TemplateParts};
use crate::tally::Tally;
use crate::{Challenge, SessionsConfig, WayOut, availability};

/// How long prompts that are worked on may go on after the service was told to stop.
const WORK_TIMEOUT: Duration = Duration::from_secs(10);

/// What the service is made of.
pub struct Parts {
    /// Where rows and journals are kept.
    pub store: Arc<dyn Store>,
    /// Who makes sandboxes.
    pub provider: Arc<dyn Provider>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Settings of sessions.
    pub config: SessionsConfig,
    /// What the demo starts from.
    pub demo: TemplateParts,
    /// What else sessions may start from.
    pub others: Vec<TemplateParts>,
    /// What must be solved before a prototype is opened (B4).
    pub challenge: Challenge,
    /// The bounds that all pools share.
    pub caps: Arc<Caps>,
    /// What sandboxes cost; the store counts by the same.
    pub tariff: Tariff,
    /// What workspaces may reach; `None`: nothing.
    pub way_out: Option<WayOut>,
}

/// The use cases. Cheap to clone; all clones are the same service.
#[derive(Clone)]
pub struct Sessions {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) pools: Pools,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) config: SessionsConfig,
    pub(crate) challenge: Challenge,
    pub(crate) caps: Arc<Caps>,
    pub(crate) way_out: Option<WayOut>,
    pub(crate) live: LiveSessions,
    pub(crate) budget: Budget,
    pub(crate) tally: Arc<Tally>,
    pub(crate) views: Views,
    pub(crate) availability: watch::Sender<Availability>,
    pub(crate) running: watch::Sender<Running>,
    /// Cancelled when no further session may begin.
    pub(crate) draining: CancellationToken,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    admissions: Mutex<Admissions>,
}

impl Sessions {
    /// Starts the service: sessions of an earlier run go on where their sandbox still runs and are ended where it does not,
    /// what else that run left behind is removed, and the pool begins to fill (H11).
    ///
    /// # Errors
    /// When the store or the provider can't be reached.
    pub async fn start(parts: Parts) -> Result<Self, PortError> {
        let Parts { store, provider, clock, entropy, config, demo, others, challenge, caps, tariff, way_out } =
            parts;
        let tally = Arc::<Tally>::default();
        let adopter = Adopter {
            store: Arc::clone(&store),
            provider: Arc::clone(&provider),
            clock: Arc::clone(&clock),
            templates: std::iter::once(&demo).chain(&others).map(|parts| parts.name.clone()).collect(),
        };
        let running = adopter.running().await?;
        let claimed = running.iter().map(|one| one.record.sandbox_id).collect();
        let sandboxes_max = caps.config().max_total_sandboxes;
        let ground = Ground {
            store: Arc::clone(&store),
            provider: Arc::clone(&provider),
            clock: Arc::clone(&clock),
            entropy: Arc::clone(&entropy),
            caps: Arc::clone(&caps),
            claimed,
        };
        let pools = Pools::start(ground, demo, others).await?;
        let mut adopted = Vec::with_capacity(running.len());
        for one in running {
            // Only sessions whose template is here were found to go on.
            let Some(home) = pools.of(one.view.template.as_str()).map(Arc::clone) else { continue };
            let (id, sandbox_id) = (one.record.id, one.record.sandbox_id);
            match adopter.take_up(one, Arc::clone(&home)).await {
                Ok(live) => adopted.push(live),
                Err(error) => {
                    tracing::error!(session.id = %id, error = ?error, "a session of an earlier run could not be taken up");
                    home.pool.release(sandbox_id).await;
                }
            }
        }
        let now = clock.now();
        let cap = config.demo.daily_cost_cap;
        let budget = Budget::open(Arc::clone(&store), tariff, cap, sandboxes_max, now).await?;
        let admissions = Admissions::of(&store.claims_since(now.plus_ms(-HOUR_MS)).await?);
        let nothing_yet = Availability {
            tier: Tier::Disabled,
            warm: 0,
            wait_seconds: 0,
            building_now: 0,
            reason: Some("The demo is being prepared.".into()),
        };
        let inner = Arc::new(Inner {
            store,
            provider,
            pools,
            clock,
            entropy,
            config,
            challenge,
            caps,
            way_out,
            live: LiveSessions::default(),
            budget,
            tally,
            views: Views::default(),
            availability: watch::Sender::new(nothing_yet),
            running: watch::Sender::default(),
            draining: CancellationToken::new(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            admissions: Mutex::new(admissions),
        });
        inner.tasks.spawn(availability::keep_true(Arc::clone(&inner)));
        inner.tasks.spawn(budget::keep_books(Arc::clone(&inner)));
        let sessions = Self { inner };
        for live in adopted {
            sessions.inner.live.insert(Arc::clone(&live));
            sessions.lead_out(&live);
            sessions.watch_over(Arc::clone(&live));
            sessions.go_on_with_queue(&live).await;
        }
        Ok(sessions)
    }

    /// The settings in force.
    pub fn config(&self) -> &SessionsConfig {
        &self.inner.config
    }

    /// Sandboxes that exist or are in the making, in every pool and state together.
    pub fn sandboxes(&self) -> u32 {
        self.inner.caps.total()
    }

    /// Everything each pool counts, the demo's first (H10).
    pub fn pool_metrics(&self) -> Vec<(TemplateName, PoolMetrics)> {
        self.inner.pools.all().map(|one| (one.template.clone(), one.pool.metrics())).collect()
    }

    /// Looks at the pools now: something they depend on, such as a template, has changed.
    pub fn nudge_pools(&self) {
        self.inner.pools.nudge();
    }

    /// Lets no further session begin; those that live go on. Pages are told.
    pub fn drain(&self) {
        self.inner.draining.cancel();
    }

    /// Begins, beside all else, what a session's sandbox needs once it serves its kind.
    pub(crate) fn begin_work(&self, live: &Arc<LiveSession>) {
        self.keep_first_version(live);
        self.lead_out(live);
    }

    /// Begins to watch over a session that is held.
    pub(crate) fn watch_over(&self, live: Arc<LiveSession>) {
        self.inner.publish_running();
        self.inner.tasks.spawn(self.clone().supervise(live));
    }

    /// Stops the service and waits for it: its sessions end or stay as `sessions` says, and so do the sandboxes.
    pub async fn shutdown(&self, sessions: OnShutdown) {
        self.drain();
        self.inner.stop.cancel();
        if sessions == OnShutdown::End {
            for live in self.inner.live.all() {
                self.end(&live, EndReason::Shutdown).await;
            }
        }
        self.inner.tasks.close();
        if tokio::time::timeout(WORK_TIMEOUT, self.inner.tasks.wait()).await.is_err() {
            tracing::warn!("a prompt is still worked on; it is closed when its session is taken up again");
        }
        let sandboxes = match sessions {
            OnShutdown::End => Shutdown::Destroy,
            OnShutdown::Keep => Shutdown::Keep,
        };
        self.inner.pools.shutdown(sandboxes).await;
        self.inner.store.close().await;
    }
}

/// What becomes of living sessions when the server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnShutdown {
    /// They end, their visitors are told, and every sandbox is destroyed.
    End,
    /// Their sandboxes run on, warm ones stay as they are, and the next server takes all of them up.
    Keep,
}

impl Inner {
    pub(crate) fn admissions(&self) -> MutexGuard<'_, Admissions> {
        self.admissions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells how many sessions live now.
    pub(crate) fn publish_running(&self) {
        let (demos, _) = self.live.count_of(SessionKind::Demo, "");
        self.running.send_replace(Running { demos, sessions: self.live.count() });
    }
}

/// How many sessions live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Running {
    /// Demos.
    pub(crate) demos: u32,
    /// Of every kind.
    pub(crate) sessions: u32,
}

/// The sessions this process holds, by what they are asked for.
#[derive(Default)]
pub(crate) struct LiveSessions(Mutex<Index>);

#[derive(Default)]
struct Index {
    by_id: HashMap<SessionId, Arc<LiveSession>>,
    by_preview: HashMap<PreviewId, Arc<LiveSession>>,
}

impl LiveSessions {
    pub(crate) fn insert(&self, live: Arc<LiveSession>) {
        let mut index = self.index();
        index.by_preview.insert(live.record.preview_id.clone(), Arc::clone(&live));
        index.by_id.insert(live.record.id, live);
    }

    pub(crate) fn remove(&self, live: &LiveSession) {
        let mut index = self.index();
        index.by_preview.remove(&live.record.preview_id);
        index.by_id.remove(&live.record.id);
    }

    pub(crate) fn by_id(&self, id: SessionId) -> Option<Arc<LiveSession>> {
        self.index().by_id.get(&id).cloned()
    }

    pub(crate) fn by_preview(&self, id: &PreviewId) -> Option<Arc<LiveSession>> {
        self.index().by_preview.get(id).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Arc<LiveSession>> {
        self.index().by_id.values().cloned().collect()
    }

    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.index().by_id.len()).unwrap_or(u32::MAX)
    }

    /// How many of a kind there are, and how many of these `holder` has.
    pub(crate) fn count_of(&self, kind: SessionKind, holder: &str) -> (u32, u32) {
        let index = self.index();
        let of_kind = index.by_id.values().filter(|live| live.look(|view| view.kind) == kind);
        of_kind.fold((0, 0), |(all, held), live| (all + 1, held + u32::from(live.holder() == holder)))
    }

    /// Those that a user owns.
    pub(crate) fn of_owner(&self, owner: UserId) -> Vec<Arc<LiveSession>> {
        self.index().by_id.values().filter(|live| live.owner() == Some(owner)).cloned().collect()
    }

    /// When the first of a kind is over at the latest.
    pub(crate) fn first_deadline(&self, kind: SessionKind) -> Option<Timestamp> {
        let index = self.index();
        let of_kind = index
            .by_id
            .values()
            .filter_map(|live| live.look(|view| (view.kind == kind).then_some(view.lifetime.deadline)));
        of_kind.min()
    }

    /// When each of them is over at the latest.
    pub(crate) fn deadlines(&self) -> Vec<Timestamp> {
        self.index().by_id.values().map(|live| live.look(|view| view.lifetime.deadline)).collect()
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
