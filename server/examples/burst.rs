//! Measures a burst through REST: `cargo run --release -p server --example burst` (also `scripts/burst`).
//!
//! A real server with simulated sandboxes and its database on disk, and as many clients as sandboxes are warm, each on a
//! connection of its own that is already open; all claim at the same moment. Client and server share this process and
//! its processors, and the times are the clients'. Argument: the number of rounds.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a harness that is run by hand and prints a table"
)]

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use server::config::{Config, ProviderName};
use server::serve;
use store::{SqliteStore, Store as _, Tariff};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Barrier;
use tokio::time::Instant;

/// Sandboxes that are warm, and clients that claim them.
const CLAIMS: usize = 100;
/// Rounds without an argument.
const ROUNDS: usize = 20;
/// How often the pool is asked whether it is full again.
const REFILL_POLL: Duration = Duration::from_millis(20);

#[tokio::main]
async fn main() {
    let rounds = std::env::args().nth(1).map_or(ROUNDS, |text| text.parse().unwrap());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir_in(&root).unwrap();
    let running = serve::start(config(folder.path().join("data"), &root)).await.unwrap();
    let rows = SqliteStore::open(&folder.path().join("data/sandglass.db"), Tariff::free()).await.unwrap();

    let mut clients = Vec::new();
    for _ in 0..CLAIMS {
        clients.push(Client::connect(running.addr).await);
    }
    let mut took_us = Vec::new();
    let mut all_us = Vec::new();
    for _ in 0..rounds {
        refilled(&mut clients[0]).await;
        let begun = Instant::now();
        let claims = burst(clients).await;
        all_us.push(begun.elapsed().as_micros());
        check(&rows, &claims).await;
        clients = Vec::new();
        for claim in claims {
            took_us.push(claim.took_us);
            clients.push(claim.end().await);
        }
    }
    rows.close().await;
    running.stop().await.unwrap();
    print("claim, as its client sees it", &mut took_us);
    print("all of them", &mut all_us);
    println!("{rounds} rounds of {CLAIMS} claims at once: every one served warm, no sandbox given twice");
}

fn config(data: PathBuf, root: &std::path::Path) -> Config {
    let mut config = Config::default();
    config.server.addr = "127.0.0.1:0".parse().unwrap();
    config.data.dir = data;
    config.sandbox.provider = ProviderName::Sim;
    config.sandbox.template_dir = root.join("templates");
    let claims = u32::try_from(CLAIMS).unwrap();
    config.pool.max_total_sandboxes = claims * 4;
    config.pool.max_concurrent_creates = claims;
    config.demo.pool_size = claims;
    config.demo.max_concurrent_demos = claims * 2;
    config.demo.sessions_per_visitor_per_hour = 0;
    config
}

fn print(what: &str, took_us: &mut [u128]) {
    took_us.sort_unstable();
    let at = |percent: usize| took_us[(took_us.len() - 1) * percent / 100] as f64 / 1_000.0;
    println!("{what:<30} p50 {:>6.1} ms, p99 {:>6.1} ms, worst {:>6.1} ms", at(50), at(99), at(100));
}

/// Waits until nothing is left of the last round and every sandbox is warm again.
async fn refilled(client: &mut Client) {
    let full = format!("\"warm\":{CLAIMS},");
    loop {
        let offer = client.send("GET", "/api/v1/demo/availability", "").await;
        let metrics = client.send("GET", "/metrics", "").await;
        let settled = metrics.contains("sandglass_pool_creating 0.0\n")
            && metrics.contains("sandglass_pool_in_use 0.0\n");
        if offer.contains(&full) && settled {
            return;
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

/// Every client claims at the same moment.
async fn burst(clients: Vec<Client>) -> Vec<Claim> {
    let start = Arc::new(Barrier::new(clients.len()));
    let tasks: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let start = Arc::clone(&start);
            tokio::spawn(async move {
                start.wait().await;
                let begun = Instant::now();
                let body = client.send("POST", "/api/v1/demo/claim", "content-length: 0\r\n").await;
                let took_us = begun.elapsed().as_micros();
                Claim { client, json: serde_json::from_str(&body).unwrap(), took_us }
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
    assert_eq!((live.len(), sandboxes.len()), (CLAIMS, CLAIMS));
}

/// HTTP/1.1 over one connection that stays open, as little of it as is needed: the client's time is in the figures.
struct Client {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Client {
    async fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: Vec::with_capacity(16 * 1024) }
    }

    /// The body of the answer.
    async fn send(&mut self, method: &str, path: &str, headers: &str) -> String {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        self.stream.write_all(request.as_bytes()).await.unwrap();
        self.read.clear();
        loop {
            assert!(
                self.stream.read_buf(&mut self.read).await.unwrap() > 0,
                "the server closed the connection"
            );
            let Some(head_bytes) = self.read.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&self.read[..head_bytes]).to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            let body_bytes: usize = length.map_or(0, |text| text.trim().parse().unwrap());
            if self.read.len() >= head_bytes + 4 + body_bytes {
                return String::from_utf8_lossy(&self.read[head_bytes + 4..]).into_owned();
            }
        }
    }
}
