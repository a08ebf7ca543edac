//! Measures how fast a pool in memory gives sandboxes away: `cargo run --release -p pool --example throughput`.
//!
//! Many tasks acquire from a prefilled pool while its reconciler runs; making, thawing and probing cost nothing here. Every
//! round has a pool of its own.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a harness that is run by hand and prints a table"
)]

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{Clock, Entropy, ManualClock, SandboxId, SeededEntropy, TemplateHash, Timestamp};
use pool::{
    Acquired, Caps, CapsConfig, Maker, Member, MemberState, MemoryRows, Parts, Pool, PoolConfig, PortError,
    Shutdown, Urgency,
};
use tokio::time::Instant;

const ROUNDS: usize = 5;
const TASKS: u32 = 64;
const ACQUIRES_PER_TASK: u32 = 5_000;
const PREFILLED: u32 = TASKS * ACQUIRES_PER_TASK;

/// Makes nothing, at once.
struct Nothing(Vec<SandboxId>);

#[async_trait]
impl Maker for Nothing {
    fn template_hash(&self) -> Option<TemplateHash> {
        Some(TemplateHash::new("content"))
    }
    async fn create(&self, _id: SandboxId, _urgency: Urgency) -> Result<(), PortError> {
        Ok(())
    }
    async fn destroy(&self, _id: SandboxId) -> Result<(), PortError> {
        Ok(())
    }
    async fn freeze(&self, _id: SandboxId) -> Result<(), PortError> {
        Ok(())
    }
    async fn thaw(&self, _id: SandboxId) -> Result<(), PortError> {
        Ok(())
    }
    async fn probe(&self, _id: SandboxId) -> Result<(), PortError> {
        Ok(())
    }
    async fn list(&self) -> Result<Vec<SandboxId>, PortError> {
        Ok(self.0.clone())
    }
}

async fn prefilled(clock: Arc<ManualClock>) -> Pool {
    let entropy = Arc::new(SeededEntropy::new(1));
    let now = clock.now();
    let members: Vec<Member> = (0..PREFILLED)
        .map(|_| Member {
            id: SandboxId::generate(&*clock, &*entropy as &dyn Entropy),
            state: MemberState::Ready,
            template_hash: TemplateHash::new("content"),
            created_at: now,
            ready_at: Some(now),
            checked_at: Some(now),
        })
        .collect();
    let maker = Nothing(members.iter().map(|member| member.id).collect());
    let max_total_sandboxes = 2 * PREFILLED;
    Pool::start(Parts {
        rows: Arc::new(MemoryRows::with(members)),
        maker: Arc::new(maker),
        clock,
        entropy,
        config: PoolConfig { target_ready: PREFILLED, max_ready: PREFILLED, ..PoolConfig::default() },
        caps: Caps::new(CapsConfig { max_total_sandboxes, ..CapsConfig::default() }),
        claimed: HashSet::new(),
    })
    .await
    .unwrap()
}

/// How long each acquire took, and all of them together.
async fn round() -> (Vec<Duration>, Duration) {
    let pool = prefilled(Arc::new(ManualClock::new(Timestamp::from_unix_ms(1)))).await;
    let begun = Instant::now();
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut took = Vec::with_capacity(ACQUIRES_PER_TASK as usize);
                for _ in 0..ACQUIRES_PER_TASK {
                    let asked = Instant::now();
                    let acquired = pool.acquire().await.unwrap();
                    took.push(asked.elapsed());
                    match acquired {
                        Acquired::Warm(lease) => lease.keep(),
                        Acquired::Cold(ticket) => panic!("{ticket:?} from a prefilled pool"),
                    };
                }
                took
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    let together = begun.elapsed();
    pool.shutdown(Shutdown::Keep).await;
    (all, together)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    println!(
        "{ROUNDS} rounds of {PREFILLED} acquires by {TASKS} tasks on 2 threads, from memory, making costs nothing"
    );
    println!("{:>8} {:>8} {:>14}", "p50 ns", "p99 ns", "acquires/s");
    for _ in 0..ROUNDS {
        let (mut took, together) = round().await;
        took.sort_unstable();
        let at = |share: usize| took[took.len() * share / 100].as_nanos();
        let rate = f64::from(PREFILLED) / together.as_secs_f64();
        println!("{:>8} {:>8} {rate:>14.0}", at(50), at(99));
    }
}
