//! A pool on a maker whose creations follow a script, and on rows that can be slow or fail.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod maker;
pub mod rows;

use std::collections::HashSet;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use domain::{Clock, SandboxId, Timestamp};
use pool::{
    Acquired, Caps, CapsConfig, Lease, MemberState, MemoryRows, Parts, Pool, PoolConfig, PoolSnapshot, Rows,
};

pub use maker::{Outcome, ScriptedMaker};

/// How long anything may take in paused time before a test is given up.
const PATIENCE: Duration = Duration::from_secs(36_000);
/// At least one look at the pool happens within this time after a nudge.
const LOOK: Duration = Duration::from_millis(20);

/// A clock that follows tokio's paused time.
pub struct TokioClock(tokio::time::Instant);

impl TokioClock {
    pub fn started() -> Arc<Self> {
        Arc::new(Self(tokio::time::Instant::now()))
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(i64::try_from(self.0.elapsed().as_millis()).unwrap())
    }
}

/// A running pool and what it runs on.
pub struct Fixture {
    pub pool: Pool,
    pub rows: Arc<MemoryRows>,
    pub maker: Arc<ScriptedMaker>,
    pub caps: Arc<Caps>,
}

pub fn config(target_ready: u32) -> PoolConfig {
    PoolConfig { target_ready, ..PoolConfig::default() }
}

pub fn parts(maker: &Arc<ScriptedMaker>, rows: Arc<dyn Rows>, config: PoolConfig, caps: &Arc<Caps>) -> Parts {
    Parts {
        rows,
        maker: maker.clone(),
        clock: TokioClock::started(),
        entropy: Arc::new(domain::SeededEntropy::new(1)),
        config,
        caps: Arc::clone(caps),
        claimed: HashSet::new(),
    }
}

pub async fn start(maker: Arc<ScriptedMaker>, config: PoolConfig) -> Fixture {
    start_within(maker, config, CapsConfig::default()).await
}

pub async fn start_within(maker: Arc<ScriptedMaker>, config: PoolConfig, caps: CapsConfig) -> Fixture {
    let (rows, caps) = (Arc::new(MemoryRows::default()), Caps::new(caps));
    let pool = Pool::start(parts(&maker, rows.clone(), config, &caps)).await.unwrap();
    Fixture { pool, rows, maker, caps }
}

impl Fixture {
    /// Waits, in paused time, for the pool to look like this.
    pub async fn until(&self, what: impl FnMut(&PoolSnapshot) -> bool) -> PoolSnapshot {
        let mut watch = self.pool.watch();
        let reached = tokio::time::timeout(PATIENCE, watch.wait_for(what)).await;
        reached.expect("the pool never came to look like this").unwrap().clone()
    }

    /// Lets time pass until so many are in use and nothing is under way, and every row has a sandbox and the reverse.
    pub async fn at_rest(&self, in_use: u32) {
        let begun = tokio::time::Instant::now();
        while !self.rests(in_use).await {
            assert!(begun.elapsed() < PATIENCE, "the pool never came to rest: {:?}", self.rows.all().await);
            self.pool.nudge();
            tokio::time::advance(LOOK).await;
        }
    }

    async fn rests(&self, in_use: u32) -> bool {
        let pool = self.pool.watch().borrow().clone();
        let rows = self.rows.all().await.unwrap();
        let count = |state| rows.iter().filter(|row| row.state == state && row.ready_at.is_some()).count();
        let (ready, claimed) = (count(MemberState::Ready), count(MemberState::Claimed));
        let ids: HashSet<SandboxId> = rows.iter().map(|row| row.id).collect();
        let nothing_else = ready + claimed == rows.len() && self.caps.total() as usize == rows.len();
        let told = pool.ready as usize == ready && pool.wanted == pool.ready && pool.in_use == in_use;
        nothing_else && told && claimed == in_use as usize && ids == self.maker.existing()
    }

    pub async fn warm(&self) -> Lease {
        match self.pool.acquire().await.unwrap() {
            Acquired::Warm(lease) => lease,
            Acquired::Cold(ticket) => panic!("{ticket:?} with a warm one there"),
        }
    }
}

/// Polls a future so many times and drops it then; its answer when it was done by then.
pub async fn cancelled_after<T>(polls: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = Box::pin(work);
    let mut polled = 0;
    std::future::poll_fn(|context| {
        polled += 1;
        match work.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if polled >= polls => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
