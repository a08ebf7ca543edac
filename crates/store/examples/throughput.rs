//! Measures durable claims on this machine: `cargo run --release -p store --example throughput`.
//!
//! Each claim takes a ready sandbox, condemns it and removes its row, each answered after its commit. Arguments: the
//! number of sandboxes, then how many claims are under way at once.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a harness that is run by hand and prints a table"
)]

use std::sync::Arc;

use domain::{ManualClock, MicroDollars, SandboxId, SeededEntropy, TemplateHash, Timestamp, UtcCalendar};
use store::{PoolId, SandboxRecord, SandboxRecordState, SqliteStore, Store, Tariff};
use tokio::time::Instant;

/// Sandboxes that are claimed in one run.
const SANDBOXES: usize = 50_000;
/// Claims under way at once, for each run.
const CLAIMS_AT_ONCE: [usize; 5] = [1, 8, 64, 256, 1_024];

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<usize>().unwrap());
    let sandboxes = arguments.next().unwrap_or(SANDBOXES);
    let at_once = arguments.next().map_or(CLAIMS_AT_ONCE.to_vec(), |one| vec![one]);
    println!("{:>14} {:>12} {:>14} {:>12}", "claims at once", "claims/s", "writes/s", "p50 / p99 µs");
    for claims in at_once {
        // One at a time is slow by nature; it need not take as long as the others.
        let sandboxes = if claims == 1 { sandboxes / 10 } else { sandboxes };
        let run = run(sandboxes, claims).await;
        println!(
            "{claims:>14} {:>12.0} {:>14.0} {:>12}",
            run.claims_per_second,
            run.claims_per_second * 3.0,
            format!("{} / {}", run.p50_us, run.p99_us)
        );
    }
}

struct Run {
    claims_per_second: f64,
    p50_us: u128,
    p99_us: u128,
}

async fn run(sandboxes: usize, claims: usize) -> Run {
    // Beside the program: on a disk, and not among the sources when it is ended early.
    let beside = std::env::current_exe().unwrap();
    let folder = tempfile::tempdir_in(beside.parent().unwrap()).unwrap();
    let tariff = Tariff { sandbox_hour: MicroDollars::new(50_000), calendar: Arc::new(UtcCalendar) };
    let store = Arc::new(SqliteStore::open(&folder.path().join("sandglass.db"), tariff).await.unwrap());
    let pool = PoolId::new("sim", "react-vite".parse().unwrap());
    let hash = TemplateHash::new("today");
    fill(&store, &pool, &hash, sandboxes).await;

    let begun = Instant::now();
    let tasks: Vec<_> = (0..claims)
        .map(|_| tokio::spawn(claim_all(Arc::clone(&store), pool.clone(), hash.clone())))
        .collect();
    let mut took_us = Vec::with_capacity(sandboxes);
    for task in tasks {
        took_us.extend(task.await.unwrap());
    }
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(took_us.len(), sandboxes, "every sandbox was claimed, none twice");
    assert_eq!(store.sandboxes(&pool).await.unwrap(), vec![]);
    store.close().await;
    took_us.sort_unstable();
    Run {
        claims_per_second: f64::from(u32::try_from(sandboxes).unwrap()) / seconds,
        p50_us: took_us[took_us.len() / 2],
        p99_us: took_us[took_us.len() * 99 / 100],
    }
}

async fn fill(store: &SqliteStore, pool: &PoolId, hash: &TemplateHash, sandboxes: usize) {
    let (clock, entropy) = (ManualClock::new(Timestamp::from_unix_ms(1)), SeededEntropy::new(1));
    for chunk in (0..sandboxes).collect::<Vec<_>>().chunks(1_000) {
        let inserts = chunk.iter().map(|_| {
            let created_at = Timestamp::from_unix_ms(1);
            let record = SandboxRecord {
                id: SandboxId::generate(&clock, &entropy),
                state: SandboxRecordState::Creating,
                template_hash: hash.clone(),
                created_at,
                ready_at: None,
                checked_at: None,
            };
            async move {
                store.insert_sandbox(pool, &record).await.unwrap();
                store.sandbox_made(record.id, created_at).await.unwrap();
            }
        });
        futures::future::join_all(inserts).await;
    }
}

/// Claims and releases until none is left; microseconds of each.
async fn claim_all(store: Arc<SqliteStore>, pool: PoolId, hash: TemplateHash) -> Vec<u128> {
    let mut took_us = Vec::new();
    loop {
        let begun = Instant::now();
        let Some(taken) = store.take_sandbox(&pool, &hash, Timestamp::from_unix_ms(2)).await.unwrap() else {
            return took_us;
        };
        store.condemn_sandbox(taken.id).await.unwrap();
        store.remove_sandbox(taken.id, Timestamp::from_unix_ms(3)).await.unwrap();
        took_us.push(begun.elapsed().as_micros());
    }
}
