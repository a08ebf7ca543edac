//! The service that holds everything together, its start and its end.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use agent::Agent;
use domain::wire::Availability;
use domain::{
    Clock, EndReason, Entropy, Event, EventKind, PreviewId, SessionId, SessionView, Tier, Timestamp,
};
use pool::{Caps, Pool, PoolConfig, PoolMetrics, PoolSnapshot, PortError, Shutdown};
use sandbox::Provider;
use store::{PoolId, Store};
use tokio::sync::{Mutex as AsyncMutex, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::claim::Admissions;
use crate::live::LiveSession;
use crate::ports::{ProviderMaker, StoreRows};
use crate::{SessionError, SessionsConfig, availability};

/// How many events of a session are read to find its last number.
const JOURNAL_EVENTS_MAX: u32 = 10_000;

/// What the service is made of.
pub struct Parts {
    /// Where rows and journals are kept.
    pub store: Arc<dyn Store>,
    /// Who makes sandboxes.
    pub provider: Arc<dyn Provider>,
    /// Who works on prompts.
    pub agent: Agent,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Settings of sessions.
    pub config: SessionsConfig,
    /// Settings of the demo's pool.
    pub pool: PoolConfig,
    /// The bounds that all pools share.
    pub caps: Arc<Caps>,
}

/// The use cases. Cheap to clone; all clones are the same service.
#[derive(Clone)]
pub struct Sessions {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) maker: Arc<ProviderMaker>,
    pub(crate) pool: Pool,
    pub(crate) agent: Agent,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) config: SessionsConfig,
    pub(crate) sandboxes_max: u32,
    pub(crate) live: LiveSessions,
    pub(crate) admitting: AsyncMutex<()>,
    pub(crate) availability: watch::Sender<Availability>,
    pub(crate) demos: watch::Sender<u32>,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    admissions: Mutex<Admissions>,
}

impl Sessions {
    /// Starts the service: sessions of an earlier run are ended honestly, what it left behind is removed, and the pool
    /// begins to fill.
    ///
    /// # Errors
    /// When the store or the provider can't be reached.
    pub async fn start(parts: Parts) -> Result<Self, PortError> {
        let Parts { store, provider, agent, clock, entropy, config, pool: config_of_pool, caps } = parts;
        end_sessions_of_an_earlier_run(&*store, &*clock).await?;
        let pool_id = PoolId::new(provider.name(), config.demo.template.clone());
        let rows = Arc::new(StoreRows { store: Arc::clone(&store), pool: pool_id.clone() });
        let maker = Arc::new(ProviderMaker::new(Arc::clone(&provider), pool_id));
        let sandboxes_max = caps.config().max_total_sandboxes;
        let pool = Pool::start(pool::Parts {
            rows,
            maker: Arc::clone(&maker) as _,
            clock: Arc::clone(&clock),
            entropy: Arc::clone(&entropy),
            config: config_of_pool,
            caps,
            claimed: HashSet::new(),
        })
        .await?;
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
            maker,
            pool,
            agent,
            clock,
            entropy,
            config,
            sandboxes_max,
            live: LiveSessions::default(),
            admitting: AsyncMutex::default(),
            availability: watch::Sender::new(nothing_yet),
            demos: watch::Sender::new(0),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            admissions: Mutex::default(),
        });
        inner.tasks.spawn(availability::keep_true(Arc::clone(&inner)));
        Ok(Self { inner })
    }

    /// The settings in force.
    pub fn config(&self) -> &SessionsConfig {
        &self.inner.config
    }

    /// What the demo's pool holds now, and every later state.
    pub fn pool(&self) -> watch::Receiver<PoolSnapshot> {
        self.inner.pool.watch()
    }

    /// Everything the demo's pool counts (H10).
    pub fn pool_metrics(&self) -> PoolMetrics {
        self.inner.pool.metrics()
    }

    /// Looks at the pool now: something it depends on, such as a template, has changed.
    pub fn nudge_pool(&self) {
        self.inner.pool.nudge();
    }

    /// Ends every session, destroys every sandbox and waits for it.
    pub async fn shutdown(&self) {
        for live in self.inner.live.all() {
            self.end(&live, EndReason::Shutdown).await;
        }
        self.inner.stop.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        self.inner.pool.shutdown(Shutdown::Destroy).await;
    }
}

impl Inner {
    pub(crate) fn admissions(&self) -> MutexGuard<'_, Admissions> {
        self.admissions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells how many demos run now.
    pub(crate) fn publish_demos(&self) {
        self.demos.send_replace(self.live.count());
    }
}

async fn end_sessions_of_an_earlier_run(store: &dyn Store, clock: &dyn Clock) -> Result<(), SessionError> {
    for record in store.live_sessions().await? {
        let journal = store.events(record.id, 0, JOURNAL_EVENTS_MAX).await?;
        let last_seq = SessionView::of(&journal).map_or(0, |view| view.last_seq);
        let kind = EventKind::SessionEnded { reason: EndReason::Shutdown };
        store.end_session(record.id, &Event { seq: last_seq + 1, at: clock.now(), kind }).await?;
        tracing::info!(session.id = %record.id, "a session of an earlier run was ended");
    }
    Ok(())
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

    /// When the first of them is over at the latest.
    pub(crate) fn first_deadline(&self) -> Option<Timestamp> {
        self.all().iter().map(|live| live.look(|view| view.lifetime.deadline)).min()
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
