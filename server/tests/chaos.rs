//! The real server, killed again and again under load: nothing leaks, nothing that was promised is lost (H11).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod chaos {
    pub mod ledger;
    pub mod load;
    pub mod remains;
    pub mod victim;
}

use chaos::ledger::Ledger;
use chaos::load::Load;
use chaos::remains::Remains;
use chaos::victim::Victim;
use domain::{Entropy as _, SeededEntropy};

/// How often the server is killed.
const KILLS: usize = 50;
/// The most answers a server gets to give before it is killed.
const ANSWERS_MAX: u64 = 16;

/// H11: SIGKILL at any moment, fifty times, with claims, prompts and closes under way. After each, every session that was
/// promised is known, and those whose sandbox runs go on; at the end nothing is left: no process, control group, mount,
/// directory or row.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_fifty_times_leaks_nothing_and_loses_no_session() {
    let data = tempfile::tempdir().unwrap();
    let entropy = SeededEntropy::new(11);
    let (ledger, mut remains) = (Ledger::default(), Remains::of(data.path()));
    let mut carried_on = 0;
    for _ in 0..KILLS {
        let victim = Victim::start(data.path(), &[]).await;
        carried_on += ledger.check_against(&victim.url).await;
        let load = Load::start(&victim.url, &ledger);
        load.answered(1 + random(&entropy) % ANSWERS_MAX).await;
        victim.kill().await;
        load.stop().await;
        remains.note();
    }
    assert!(carried_on > 0, "no session ever outlived its server");

    let last = Victim::start(data.path(), &[]).await;
    ledger.check_against(&last.url).await;
    remains.note();
    last.terminate().await;
    remains.assert_nothing_is_left().await;
    ledger.assert_journals_hold(data.path()).await;
}

fn random(entropy: &SeededEntropy) -> u64 {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
