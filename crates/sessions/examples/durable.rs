//! Measures claims and releases through the pool's library, on simulated sandboxes with rows on disk:
//! `cargo run --release -p sessions --example durable`.
//!
//! Every acquire is answered after its row is committed as claimed, every release after its row is committed as given up.
//! Each round begins with a full pool; the refill waits until it is over, the removals do not.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a harness that is run by hand and prints a table"
)]

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::{Clock, SeededEntropy, Timestamp};
use pool::{Acquired, Caps, CapsConfig, Parts, Pool, PoolConfig, Shutdown};
use sandbox::sim::{SimConfig, SimProvider};
use store::{SqliteStore, Tariff};
use tokio::time::Instant;

const ROUNDS: u32 = 5;
const TASKS: [u32; 3] = [64, 256, 1_024];
const PREFILLED: u32 = 4_096;

struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        Timestamp::from_unix_ms(i64::try_from(since.as_millis()).unwrap())
    }
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    println!("{ROUNDS} rounds of {PREFILLED} claims and releases each");
    println!("{:>8} {:>22}", "tasks", "claims + releases / s");
    for tasks in TASKS {
        let mut rates = Vec::new();
        for _ in 0..ROUNDS {
            rates.push(round(tasks).await);
        }
        rates.sort_unstable();
        println!("{tasks:>8} {:>10} to {:>8}", rates[0], rates[rates.len() - 1]);
    }
}

/// Claims and releases a second.
async fn round(tasks: u32) -> u64 {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Beside the program: on a disk, and not among the sources when it is ended early.
    let beside = std::env::current_exe().unwrap();
    let folder = tempfile::tempdir_in(beside.parent().unwrap()).unwrap();
    let store = SqliteStore::open(&folder.path().join("sandglass.db"), Tariff::free()).await.unwrap();
    let provider = SimProvider::new(SimConfig::new(root.join("templates"))).unwrap();
    let clock: Arc<dyn Clock> = Arc::new(WallClock);
    let template = "react-vite".parse().unwrap();
    let (rows, maker) = sessions::doors(Arc::new(store), Arc::new(provider), template, Arc::clone(&clock));
    let pool = Pool::start(Parts {
        rows,
        maker,
        clock,
        entropy: Arc::new(SeededEntropy::new(1)),
        config: PoolConfig {
            target_ready: PREFILLED,
            max_ready: PREFILLED,
            warm_creates_max: 256,
            replenish_delay: Duration::from_secs(3_600),
            health_check_interval: Duration::from_secs(3_600),
            ..PoolConfig::default()
        },
        caps: Caps::new(CapsConfig { max_total_sandboxes: 2 * PREFILLED, max_concurrent_creates: 256 }),
        claimed: HashSet::new(),
    })
    .await
    .unwrap();
    pool.warm_up(Duration::from_secs(120)).await.unwrap();
    let begun = Instant::now();
    let working: Vec<_> = (0..tasks)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                for _ in 0..PREFILLED / tasks {
                    let Acquired::Warm(lease) = pool.acquire().await.unwrap() else {
                        panic!("none was warm")
                    };
                    pool.release(lease.keep()).await;
                }
            })
        })
        .collect();
    for task in working {
        task.await.unwrap();
    }
    let took = begun.elapsed();
    pool.shutdown(Shutdown::Destroy).await;
    u64::from(PREFILLED) * 1_000_000 / u64::try_from(took.as_micros()).unwrap()
}
