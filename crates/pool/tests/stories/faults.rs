//! The pool under faults, driven at random in paused time: whatever happens, nothing is given twice, no bound is passed,
//! and when all is over nothing is left (H11).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::rows::FaultyRows;
use crate::support::{Fixture, Outcome, ScriptedMaker, cancelled_after, config, parts};
use domain::{Entropy, SandboxId, SeededEntropy};
use pool::{Acquired, Caps, CapsConfig, ColdTicket, Lease, Pool, PoolConfig, Shutdown};

/// Walks of the state-machine test, each from a seed of its own.
const WALKS: u64 = 60;
/// Steps of one walk.
const STEPS: u32 = 120;
const CAPS: CapsConfig = CapsConfig { max_total_sandboxes: 8, max_concurrent_creates: 3 };

/// A pool on slow rows.
async fn start(config: PoolConfig) -> (Fixture, Arc<FaultyRows>) {
    let (maker, rows, caps) = (ScriptedMaker::new(400), Arc::new(FaultyRows::default()), Caps::new(CAPS));
    let pool = Pool::start(parts(&maker, rows.clone(), config, &caps)).await.unwrap();
    (Fixture { pool, rows: Arc::clone(&rows.rows), maker, caps }, rows)
}

/// A pool on slow rows that is as warm as wanted.
async fn warmed(target_ready: u32) -> (Fixture, Arc<FaultyRows>) {
    let (fixture, rows) = start(config(target_ready)).await;
    fixture
        .until(|pool| pool.wanted == target_ready && pool.ready == target_ready && pool.creating == 0)
        .await;
    (fixture, rows)
}

/// H4: acquire, warm, cancelled at every await.
#[tokio::test(start_paused = true)]
async fn a_warm_acquire_may_be_cancelled_anywhere() {
    for polls in 1.. {
        let (fixture, _) = warmed(1).await;
        let done = cancelled_after(polls, fixture.pool.acquire()).await;
        let warm = done.map(|acquired| acquired.unwrap().is_warm());
        fixture.at_rest(0).await;
        if let Some(warm) = warm {
            return assert!(warm && polls > 3, "there were awaits to cancel at");
        }
    }
}

/// H4: acquire and redeem, cold, cancelled at every await.
#[tokio::test(start_paused = true)]
async fn a_cold_acquire_may_be_cancelled_anywhere() {
    for polls in 1.. {
        let (fixture, _) = warmed(0).await;
        let cold = async { fixture.pool.acquire().await.unwrap().ready().await };
        let done = cancelled_after(polls, cold).await.is_some();
        fixture.at_rest(0).await;
        if done {
            return assert!(polls > 6, "there were awaits to cancel at");
        }
    }
}

/// H3: release, cancelled at every await.
#[tokio::test(start_paused = true)]
async fn a_release_may_be_cancelled_anywhere() {
    for polls in 1.. {
        let (fixture, _) = warmed(1).await;
        let id = fixture.warm().await.keep();
        let done = cancelled_after(polls, fixture.pool.release(id)).await.is_some();
        fixture.at_rest(0).await;
        if done {
            return assert!(polls > 1, "there were awaits to cancel at");
        }
    }
}

/// H3, H11: a store that is away for a while loses nothing.
#[tokio::test(start_paused = true)]
async fn a_release_that_the_store_refuses_is_made_good_later() {
    let (fixture, rows) = warmed(1).await;
    let id = fixture.warm().await.keep();
    rows.failing.store(true, Ordering::SeqCst);
    fixture.pool.release(id).await;
    rows.failing.store(false, Ordering::SeqCst);
    fixture.at_rest(0).await;
}

/// What one walk holds at the moment.
struct Walk {
    fixture: Fixture,
    rows: Arc<FaultyRows>,
    random: SeededEntropy,
    given: HashSet<SandboxId>,
    leases: Vec<Lease>,
    kept: Vec<SandboxId>,
    tickets: Vec<ColdTicket>,
}

impl Walk {
    fn draw(&self, below: usize) -> usize {
        let mut bytes = [0; 8];
        self.random.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % below as u64).unwrap()
    }

    fn any<T>(&self, from: &mut Vec<T>) -> Option<T> {
        if from.is_empty() { None } else { Some(from.swap_remove(self.draw(from.len()))) }
    }

    fn got(&mut self, acquired: Acquired) {
        assert!(self.given.insert(acquired.id()), "{} was given twice", acquired.id());
        match acquired {
            Acquired::Warm(lease) => self.leases.push(lease),
            Acquired::Cold(ticket) => self.tickets.push(ticket),
        }
    }

    async fn step(&mut self) {
        let pool = self.fixture.pool.clone();
        let maker = Arc::clone(&self.fixture.maker);
        match self.draw(14) {
            0..=2 => {
                if let Ok(acquired) = pool.acquire().await {
                    self.got(acquired);
                }
            }
            3 => {
                if let Some(Ok(acquired)) = cancelled_after(1 + self.draw(8), pool.acquire()).await {
                    self.got(acquired);
                }
            }
            4 => {
                let mut tickets = std::mem::take(&mut self.tickets);
                if let Some(ticket) = self.any(&mut tickets)
                    && let Some(Ok(lease)) = cancelled_after(1 + self.draw(30), ticket.redeem()).await
                {
                    self.leases.push(lease);
                }
                self.tickets = tickets;
            }
            5 => drop(self.tickets.pop()),
            6 => drop(self.leases.pop()),
            7 => self.kept.extend(self.leases.pop().map(Lease::keep)),
            8 => {
                let mut kept = std::mem::take(&mut self.kept);
                if let Some(id) = self.any(&mut kept) {
                    // Cancelled or not, it is released.
                    cancelled_after(1 + self.draw(5), pool.release(id)).await;
                }
                self.kept = kept;
            }
            9 => {
                let outcomes = [Outcome::Ready, Outcome::Fail, Outcome::Hang, Outcome::Lie];
                maker.script((0..3).map(|_| outcomes[self.draw(outcomes.len())]));
            }
            10 => maker.existing().into_iter().min().into_iter().for_each(|id| maker.kill(id)),
            11 => self.rows.failing.store(self.draw(3) == 0, Ordering::SeqCst),
            12 => maker.destroys_failing.store(self.draw(3), Ordering::SeqCst),
            _ => {
                let content = ["one", "another"][usize::from(self.draw(8) == 0)];
                maker.set_template(content);
                tokio::time::advance(Duration::from_secs(self.draw(90) as u64)).await;
            }
        }
        for _ in 0..self.draw(20) {
            tokio::task::yield_now().await;
        }
        let CapsConfig { max_total_sandboxes, max_concurrent_creates } = CAPS;
        assert!(maker.existing_peak.load(Ordering::SeqCst) <= max_total_sandboxes as usize);
        assert!(maker.making_peak.load(Ordering::SeqCst) <= max_concurrent_creates as usize);
    }

    /// Everything works again and everybody goes: nothing is left but what is wanted.
    async fn end(mut self) {
        self.rows.failing.store(false, Ordering::SeqCst);
        self.fixture.maker.destroys_failing.store(0, Ordering::SeqCst);
        self.tickets.clear();
        self.leases.clear();
        for id in self.kept.drain(..) {
            self.fixture.pool.release(id).await;
        }
        self.fixture.at_rest(0).await;
        self.fixture.pool.shutdown(Shutdown::Destroy).await;
        assert_eq!((self.fixture.maker.existing(), self.fixture.caps.total()), (HashSet::new(), 0));
    }
}

/// H3, H4, H6, H11
#[tokio::test(start_paused = true)]
async fn whatever_fails_nothing_is_given_twice_and_nothing_is_left_over() {
    for seed in 0..WALKS {
        let config = PoolConfig {
            max_ready: 4,
            warm_creates_max: 2,
            create_timeout: Duration::from_secs(5),
            ..config(2)
        };
        let (fixture, rows) = start(config).await;
        let (given, leases, kept, tickets) = Default::default();
        let random = SeededEntropy::new(seed);
        let mut walk = Walk { fixture, rows, random, given, leases, kept, tickets };
        for _ in 0..STEPS {
            walk.step().await;
        }
        walk.end().await;
    }
}
