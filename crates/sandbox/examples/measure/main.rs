//! Measures the local provider on this machine and prints a table: `cargo run --release -p sandbox --example measure`.
//!
//! Arguments: the `sandboxd` program to measure, by default the one built beside this example.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a harness that is run by hand and prints a table"
)]

#[path = "../../tests/sandboxes/hmr.rs"]
mod hmr;
mod inside;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use domain::{ManualClock, SandboxId, SeededEntropy, Timestamp};
use sandbox::local::{LocalConfig, LocalProvider};
use sandbox::{CreateSpec, Provider, Sandbox};
use tokio::time::Instant;

use hmr::Updates;

/// How many sandboxes are made, kept and destroyed.
const SANDBOXES: usize = 10;

/// How many changes are written.
const WRITES: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let runtime = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let beside = || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("sandboxd");
    let sandboxd = std::env::args().nth(1).map_or_else(beside, PathBuf::from);
    let config = LocalConfig::new(
        sandboxd,
        runtime.path().to_owned(),
        root.join("templates"),
        root.join(".cache/templates"),
    );
    let provider = LocalProvider::new(config).await.unwrap();
    for manifest in provider.manifests() {
        let started = Instant::now();
        provider.prepare(&manifest.name).await.unwrap();
        println!("{} was ready to start from after {:.1} s", manifest.name, elapsed_ms(started) / 1_000.0);
    }
    measure(&provider).await;
    inside::measure(&provider, runtime.path()).await;
    for id in provider.list().await.unwrap() {
        provider.destroy(id).await.unwrap();
    }
}

/// A new sandbox.
async fn create(provider: &LocalProvider, template: &str) -> Arc<dyn Sandbox> {
    let made = provider.list().await.unwrap().len() as u64;
    let clock = ManualClock::new(Timestamp::from_unix_ms(1));
    let id = SandboxId::generate(&clock, &SeededEntropy::new(made));
    provider.create(CreateSpec { id, template: template.parse().unwrap(), awaited: true }).await.unwrap()
}

async fn measure(provider: &LocalProvider) {
    let (mut made, mut creates, mut freezes) = (Vec::<Arc<dyn Sandbox>>::new(), Vec::new(), Vec::new());
    for _ in 0..SANDBOXES {
        let started = Instant::now();
        let sandbox = create(provider, "react-vite").await;
        creates.push(elapsed_ms(started));
        // The first includes the rest of the warm-up; the second is freezing alone.
        provider.freeze(sandbox.id()).await.unwrap();
        provider.thaw(sandbox.id()).await.unwrap();
        sandbox.probe().await.unwrap();
        let started = Instant::now();
        provider.freeze(sandbox.id()).await.unwrap();
        freezes.push(elapsed_ms(started));
        made.push(sandbox);
    }
    let charged = charged_mib(&made).await;

    let (mut thaws, mut writes, mut destroys) = (Vec::new(), Vec::new(), Vec::new());
    for sandbox in &made {
        let started = Instant::now();
        provider.thaw(sandbox.id()).await.unwrap();
        sandbox.probe().await.unwrap();
        thaws.push(elapsed_ms(started));
    }
    let mut updates = Updates::connect(&*made[0]).await;
    let app = "src/App.css".parse().unwrap();
    for round in 0..WRITES {
        let started = Instant::now();
        made[0].write(&app, Bytes::from(format!(".app {{ order: {round} }}"))).await.unwrap();
        updates.next().await;
        writes.push(elapsed_ms(started));
    }
    for sandbox in &made {
        let started = Instant::now();
        provider.destroy(sandbox.id()).await.unwrap();
        destroys.push(elapsed_ms(started));
    }

    println!("{:<58} {:>9} {:>9}", format!("{SANDBOXES} sandboxes, template react-vite"), "p50", "max");
    print("create → the dev server answers", "ms", creates);
    print("freeze", "ms", freezes);
    print("thaw → the dev server answers", "ms", thaws);
    print("write in the sandbox → live update at the browser's socket", "ms", writes);
    print("destroy", "ms", destroys);
    print("memory charged, warm and frozen", "MiB", charged);
}

const MIB: f64 = 1024.0 * 1024.0;

async fn charged_mib(sandboxes: &[Arc<dyn Sandbox>]) -> Vec<f64> {
    let mut charged = Vec::new();
    for sandbox in sandboxes {
        charged.push(sandbox.stats().await.unwrap().memory_bytes as f64 / MIB);
    }
    charged
}

fn elapsed_ms(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1_000.0
}

fn print(what: &str, unit: &str, mut values: Vec<f64>) {
    values.sort_unstable_by(f64::total_cmp);
    let (middle, largest) = (values[values.len() / 2], values[values.len() - 1]);
    println!("{what:<58} {middle:>9.1} {largest:>9.1} {unit}");
}
