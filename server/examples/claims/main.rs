//! Measures claims through REST: `cargo run --release -p server --example claims -- warm|burst [ROUNDS]`.
//!
//! - `warm`: real sandboxes, a pool of ten, five claims one after the other, as five visitors who come together cause;
//!   then all are closed and the pool fills again.
//! - `burst`: a hundred simulated sandboxes are warm, a hundred clients claim at the same moment.
//!
//! A real server with its database on disk; each client has a connection of its own that is already open. Clients and server
//! share this process and its processors, and the times are the clients'.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a harness that is run by hand and prints a table"
)]

mod client;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use server::config::{Config, ProviderName};
use server::serve;
use store::{SqliteStore, Store as _, Tariff};
use tokio::sync::Barrier;
use tokio::time::Instant;

use client::Client;

/// How often the pool is asked whether it is full again.
const REFILL_POLL: Duration = Duration::from_millis(20);
/// How long a full pool is left alone before the next round: what filling it left to be done is done then.
const REST: Duration = Duration::from_millis(500);

/// What a burst aims at.
const AIM_US: u128 = 20_000;

/// One way to measure.
#[derive(Clone, Copy)]
struct Mode {
    provider: ProviderName,
    pool_size: u32,
    claims: usize,
    at_once: bool,
    rounds: usize,
}

const WARM: Mode =
    Mode { provider: ProviderName::Local, pool_size: 10, claims: 5, at_once: false, rounds: 40 };
const BURST: Mode =
    Mode { provider: ProviderName::Sim, pool_size: 100, claims: 100, at_once: true, rounds: 20 };

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mode = match arguments.next().as_deref() {
        Some("warm") => WARM,
        Some("burst") => BURST,
        Some(_) | None => panic!("say `warm` or `burst`"),
    };
    let rounds = arguments.next().map_or(mode.rounds, |text| text.parse().unwrap());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    // Beside the program: on a disk, and not among the sources when it is ended early.
    let beside = std::env::current_exe().unwrap();
    let folder = tempfile::tempdir_in(beside.parent().unwrap()).unwrap();
    let running = serve::start(config(mode, folder.path().join("data"), &root)).await.unwrap();
    let rows = SqliteStore::open(&folder.path().join("data/sandglass.db"), Tariff::free()).await.unwrap();

    let mut clients = Vec::new();
    for _ in 0..mode.claims {
        clients.push(Client::connect(running.addr).await);
    }
    let mut took_us = Vec::new();
    let mut all_us = Vec::new();
    let mut p99_us = Vec::new();
    for _ in 0..rounds {
        refilled(&mut clients[0], mode.pool_size).await;
        let begun = Instant::now();
        let claims = if mode.at_once { burst(clients).await } else { in_a_row(clients).await };
        all_us.push(begun.elapsed().as_micros());
        check(&rows, &claims).await;
        clients = Vec::new();
        p99_us.push(p99(&claims));
        for claim in claims {
            took_us.push(claim.took_us);
            clients.push(claim.end().await);
        }
    }
    rows.close().await;
    running.stop().await.unwrap();
    print("claim, as its client sees it", &mut took_us);
    print("all of a round", &mut all_us);
    print("a round's own p99", &mut p99_us);
    let within = p99_us.iter().filter(|us| **us <= AIM_US).count();
    println!("{within} of {rounds} rounds had a p99 of at most {} ms", AIM_US / 1_000);
    println!("{rounds} rounds of {} claims: every one served warm, no sandbox given twice", mode.claims);
}

fn config(mode: Mode, data: PathBuf, root: &std::path::Path) -> Config {
    let programs = std::env::current_exe().unwrap();
    let mut config = Config::default();
    config.server.addr = "127.0.0.1:0".parse().unwrap();
    config.data.dir = data;
    config.sandbox.provider = mode.provider;
    config.sandbox.template_dir = root.join("templates");
    config.sandbox.template_cache_dir = root.join(".cache/templates");
    config.sandbox.sandboxd = programs.ancestors().nth(2).map(|folder| folder.join("sandboxd"));
    config.pool.max_total_sandboxes = mode.pool_size * 4;
    config.pool.max_concurrent_creates = mode.pool_size;
    config.demo.pool_size = mode.pool_size;
    config.demo.max_concurrent_demos = mode.pool_size * 2;
    config.demo.sessions_per_visitor_per_hour = 0;
    // All clients are one network.
    config.limits.requests_per_second = 0;
    config
}

fn print(what: &str, took_us: &mut [u128]) {
    took_us.sort_unstable();
    let at = |percent: usize| took_us[(took_us.len() - 1) * percent / 100] as f64 / 1_000.0;
    println!("{what:<30} p50 {:>6.1} ms, p99 {:>6.1} ms, worst {:>6.1} ms", at(50), at(99), at(100));
}

/// The p99 of one round: with up to a hundred claims, all but the last.
fn p99(claims: &[Claim]) -> u128 {
    let mut took_us: Vec<u128> = claims.iter().map(|claim| claim.took_us).collect();
    took_us.sort_unstable();
    took_us[(took_us.len() - 1) * 99 / 100]
}

/// Waits until nothing is left of the last round and every sandbox is warm again, and a little longer.
async fn refilled(client: &mut Client, pool_size: u32) {
    loop {
        let offer = client.send("GET", "/api/v1/demo/availability", "").await;
        let metrics = client.send("GET", "/metrics", "").await;
        let settled = metrics.contains("sandglass_pool_creating{template=\"react-vite\"} 0.0\n")
            && metrics.contains("sandglass_pool_in_use{template=\"react-vite\"} 0.0\n");
        let offer: Value = serde_json::from_str(&offer).unwrap();
        if offer["warm"].as_u64() >= Some(pool_size.into()) && settled {
            return tokio::time::sleep(REST).await;
        }
        tokio::time::sleep(REFILL_POLL).await;
    }
}

/// A claimed session, and the client that holds it.
struct Claim {
    client: Client,
    json: Value,
    took_us: u128,
}

impl Claim {
    async fn end(mut self) -> Client {
        let (id, token) = (self.json["session_id"].as_str(), self.json["session_token"].as_str());
        let authorization = format!("authorization: Bearer {}\r\n", token.unwrap());
        let path = format!("/api/v1/demo/{}", id.unwrap());
        self.client.send("DELETE", &path, &authorization).await;
        self.client
    }
}

/// One client claims after the other.
async fn in_a_row(clients: Vec<Client>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for client in clients {
        claims.push(claim(client).await);
    }
    claims
}

async fn claim(mut client: Client) -> Claim {
    let begun = Instant::now();
    let body = client.send("POST", "/api/v1/demo/claim", "content-length: 0\r\n").await;
    let took_us = begun.elapsed().as_micros();
    Claim { client, json: serde_json::from_str(&body).unwrap(), took_us }
}

/// Every client claims at the same moment.
async fn burst(clients: Vec<Client>) -> Vec<Claim> {
    let start = Arc::new(Barrier::new(clients.len()));
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|client| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                claim(client).await
            })
        })
        .collect();
    let mut claims = Vec::new();
    for task in tasks {
        claims.push(task.await.unwrap());
    }
    claims
}

/// Every one served warm, none twice: by the sessions' rows.
async fn check(rows: &SqliteStore, claims: &[Claim]) {
    for claim in claims {
        assert_eq!(
            (&claim.json["warm"], &claim.json["state"]),
            (&true.into(), &"ready".into()),
            "{}",
            claim.json
        );
    }
    let live = rows.live_sessions().await.unwrap();
    let sandboxes: HashSet<_> = live.iter().map(|session| session.sandbox_id).collect();
    assert_eq!((live.len(), sandboxes.len()), (claims.len(), claims.len()));
}
